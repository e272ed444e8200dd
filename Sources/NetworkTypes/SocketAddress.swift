/// An Internet address with a port (`sockaddr_in`, `sockaddr_in6`; ip(7), ipv6(7)).
public struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
  /// The address.
  public let address: IPAddress
  /// The port.
  public let port: UInt16

  /// An address with a port.
  public init(_ address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// ADDRESS:PORT, an IPv6 address in brackets.
  public var description: String {
    switch address {
    case .v4: "\(address):\(port)"
    case .v6: "[\(address)]:\(port)"
    }
  }
}
