public import NetworkTypes

/// A running container in the answer to GET /containers/json: without its command, environment and labels.
public struct DockerContainer: Hashable, Sendable, Decodable {
  /// A port of the container, published or not.
  public struct Port: Hashable, Sendable, Decodable {
    /// The port inside.
    public let inside: UInt16
    /// The port of the host that it is published at, if it is.
    public let published: UInt16?
    /// "tcp", "udp", "sctp".
    public let transport: String

    private enum CodingKeys: String, CodingKey {
      case inside = "PrivatePort"
      case published = "PublicPort"
      case transport = "Type"
    }
  }

  /// An end on a network.
  public struct Endpoint: Hashable, Sendable {
    /// The network's name.
    public let network: String
    /// Its addresses with their networks' lengths.
    public let addresses: [IPPrefix]
    /// The IPv4 gateway, or else the IPv6 gateway.
    public let gateway: IPAddress?
    /// Its link address.
    public let linkAddress: MACAddress?
  }

  /// Its id: 64 hexadecimal digits.
  public let id: String
  /// Its name, or its id if it has none.
  public let name: String
  /// "default", "bridge", "host", "none", "container:ID", or a network's name.
  public let networkMode: String
  /// Its ports.
  public let ports: [Port]
  /// Its ends on networks, by the networks' names.
  public let endpoints: [Endpoint]

  private enum Key: String, CodingKey {
    case id = "Id"
    case names = "Names"
    case ports = "Ports"
    case host = "HostConfig"
    case settings = "NetworkSettings"
  }
  private struct Host: Decodable {
    let networkMode: String?
    enum CodingKeys: String, CodingKey { case networkMode = "NetworkMode" }
  }
  private struct Settings: Decodable {
    let networks: [String: End]?
    enum CodingKeys: String, CodingKey { case networks = "Networks" }
  }
  private struct End: Decodable {
    let address: String?
    let length: Int?
    let gateway: String?
    let address6: String?
    let length6: Int?
    let gateway6: String?
    let linkAddress: String?
    enum CodingKeys: String, CodingKey {
      case address = "IPAddress"
      case length = "IPPrefixLen"
      case gateway = "Gateway"
      case address6 = "GlobalIPv6Address"
      case length6 = "GlobalIPv6PrefixLen"
      case gateway6 = "IPv6Gateway"
      case linkAddress = "MacAddress"
    }

    func endpoint(_ network: String) -> Endpoint {
      let pairs = [(address, length), (address6, length6)]
      return Endpoint(
        network: network,
        addresses: pairs.compactMap { address, length in
          guard let address = address.flatMap({ IPAddress($0) }), let length else { return nil }
          return IPPrefix(address, length: length)
        },
        gateway: gateway.flatMap { IPAddress($0) } ?? gateway6.flatMap { IPAddress($0) },
        linkAddress: linkAddress.flatMap { MACAddress($0) }
      )
    }
  }

  /// Reads the answer; lists may be null.
  public init(from decoder: any Decoder) throws {
    let answer = try decoder.container(keyedBy: Key.self)
    id = try answer.decode(String.self, forKey: .id)
    let names = try answer.decodeIfPresent([String].self, forKey: .names) ?? []
    // A link (docker run --link) is another name, with the linking container's before it.
    let own = names.first { $0.dropFirst().contains("/") == false } ?? names.first ?? id
    name = own.hasPrefix("/") ? String(own.dropFirst()) : own
    ports = try answer.decodeIfPresent([Port].self, forKey: .ports) ?? []
    networkMode = try answer.decodeIfPresent(Host.self, forKey: .host)?.networkMode ?? "default"
    let networks = try answer.decodeIfPresent(Settings.self, forKey: .settings)?.networks ?? [:]
    endpoints = networks.sorted { $0.key < $1.key }.map { $1.endpoint($0) }
  }
}
