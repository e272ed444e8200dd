public import NetworkTypes

/// An address family (`AF_*`, socket(2)).
public struct AddressFamily: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt8
  /// The value with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// None, or all. The corresponding kernel constant is `AF_UNSPEC`.
  public static let unspecified = AddressFamily(rawValue: 0)
  /// IPv4. The corresponding kernel constant is `AF_INET`.
  public static let v4 = AddressFamily(rawValue: 2)
  /// Bridges. The corresponding kernel constant is `AF_BRIDGE`.
  public static let bridge = AddressFamily(rawValue: 7)
  /// IPv6. The corresponding kernel constant is `AF_INET6`.
  public static let v6 = AddressFamily(rawValue: 10)
  /// IPv4 multicast routing. The corresponding kernel constant is `RTNL_FAMILY_IPMR`.
  public static let multicastRouting4 = AddressFamily(rawValue: 128)
  /// IPv6 multicast routing. The corresponding kernel constant is `RTNL_FAMILY_IP6MR`.
  public static let multicastRouting6 = AddressFamily(rawValue: 129)
}

extension AddressFamily {
  /// The kernel's number of an Internet address family.
  public init(_ family: IPFamily) { self = family == .v4 ? .v4 : .v6 }
}
