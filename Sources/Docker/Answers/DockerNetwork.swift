public import NetworkTypes

/// A network in the answer to GET /networks.
public struct DockerNetwork: Hashable, Sendable, Decodable {
  /// A subnet that addresses are taken from.
  public struct Pool: Hashable, Sendable {
    /// The subnet.
    public let subnet: IPPrefix
    /// The part of it that addresses are taken from, if not all.
    public let range: IPPrefix?
    /// The gateway, if it was given or chosen.
    public let gateway: IPAddress?
  }

  /// Its id: 64 hexadecimal digits.
  public let id: String
  /// Its name.
  public let name: String
  /// "bridge", "host", "null", "macvlan", …
  public let driver: String
  /// Whether it has no way out.
  public let isInternal: Bool
  /// The driver's options.
  public let options: [String: String]
  /// Its subnets; without those that aren't written as one.
  public let pools: [Pool]

  private enum Key: String, CodingKey {
    case id = "Id"
    case name = "Name"
    case driver = "Driver"
    case isInternal = "Internal"
    case options = "Options"
    case ipam = "IPAM"
  }
  private struct AddressManagement: Decodable {
    let configurations: [Configuration]?
    enum CodingKeys: String, CodingKey { case configurations = "Config" }
  }
  private struct Configuration: Decodable {
    let subnet: String?
    let range: String?
    let gateway: String?
    enum CodingKeys: String, CodingKey {
      case subnet = "Subnet"
      case range = "IPRange"
      case gateway = "Gateway"
    }
  }

  /// Reads the answer; lists may be null.
  public init(from decoder: any Decoder) throws {
    let answer = try decoder.container(keyedBy: Key.self)
    id = try answer.decode(String.self, forKey: .id)
    name = try answer.decode(String.self, forKey: .name)
    driver = try answer.decode(String.self, forKey: .driver)
    isInternal = try answer.decodeIfPresent(Bool.self, forKey: .isInternal) ?? false
    options = try answer.decodeIfPresent([String: String].self, forKey: .options) ?? [:]
    let ipam = try answer.decodeIfPresent(AddressManagement.self, forKey: .ipam)
    pools = (ipam?.configurations ?? []).compactMap { configuration in
      guard let subnet = configuration.subnet.flatMap({ IPPrefix($0) }) else { return nil }
      return Pool(
        subnet: subnet,
        range: configuration.range.flatMap { IPPrefix($0) },
        // An engine may write a gateway with its prefix's length.
        gateway: configuration.gateway.flatMap { IPAddress($0) ?? IPPrefix($0)?.address }
      )
    }
  }
}
