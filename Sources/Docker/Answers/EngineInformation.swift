/// The answer to GET /info, as far as it bears upon the network.
public struct EngineInformation: Hashable, Sendable, Decodable {
  /// The engine's version.
  public let version: String
  /// Where it keeps its data.
  public let dataRoot: String
  /// Whether containers outlive the engine.
  public let keepsContainersAlive: Bool
  /// Whether the engine saw `net.ipv4.ip_forward` set.
  public let forwardsIPv4: Bool
  /// Whether bridged IPv4 frames pass the IP rules (`net.bridge.bridge-nf-call-iptables`). Absent since 28.2.
  public let filtersBridgedIPv4: Bool?
  /// "iptables", "nftables", "iptables+firewalld", …; absent before 29.
  public let firewall: String?
  /// Whether it runs without root's rights.
  public let isRootless: Bool
  /// What it warns of.
  public let warnings: [String]

  private enum Key: String, CodingKey {
    case version = "ServerVersion"
    case dataRoot = "DockerRootDir"
    case keepsContainersAlive = "LiveRestoreEnabled"
    case forwardsIPv4 = "IPv4Forwarding"
    case filtersBridgedIPv4 = "BridgeNfIptables"
    case firewall = "FirewallBackend"
    case securityOptions = "SecurityOptions"
    case warnings = "Warnings"
  }
  private struct Firewall: Decodable {
    let driver: String?
    enum CodingKeys: String, CodingKey { case driver = "Driver" }
  }

  /// Reads the answer; lists may be null.
  public init(from decoder: any Decoder) throws {
    let answer = try decoder.container(keyedBy: Key.self)
    version = try answer.decode(String.self, forKey: .version)
    dataRoot = try answer.decodeIfPresent(String.self, forKey: .dataRoot) ?? ""
    keepsContainersAlive = try answer.decodeIfPresent(Bool.self, forKey: .keepsContainersAlive) ?? false
    forwardsIPv4 = try answer.decodeIfPresent(Bool.self, forKey: .forwardsIPv4) ?? false
    filtersBridgedIPv4 = try answer.decodeIfPresent(Bool.self, forKey: .filtersBridgedIPv4)
    firewall = try answer.decodeIfPresent(Firewall.self, forKey: .firewall)?.driver
    let options = try answer.decodeIfPresent([String].self, forKey: .securityOptions) ?? []
    isRootless = options.contains { $0.split(separator: ",").contains("name=rootless") }
    warnings = try answer.decodeIfPresent([String].self, forKey: .warnings) ?? []
  }
}
