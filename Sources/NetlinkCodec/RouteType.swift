/// What happens to packets (`RTN_*`, `linux/rtnetlink.h`).
public struct RouteType: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt8
  /// The value with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Not said. The corresponding kernel constant is `RTN_UNSPEC`.
  public static let unspecified = RouteType(rawValue: 0)
  /// They are sent on. The corresponding kernel constant is `RTN_UNICAST`.
  public static let unicast = RouteType(rawValue: 1)
  /// They are for this host. The corresponding kernel constant is `RTN_LOCAL`.
  public static let local = RouteType(rawValue: 2)
  /// They are for this host, and are sent as broadcast. The corresponding kernel constant is `RTN_BROADCAST`.
  public static let broadcast = RouteType(rawValue: 3)
  /// They are for this host, and are sent as unicast. The corresponding kernel constant is `RTN_ANYCAST`.
  public static let anycast = RouteType(rawValue: 4)
  /// They are multicast. The corresponding kernel constant is `RTN_MULTICAST`.
  public static let multicast = RouteType(rawValue: 5)
  /// They are dropped silently. The corresponding kernel constant is `RTN_BLACKHOLE`.
  public static let blackhole = RouteType(rawValue: 6)
  /// They are refused as unreachable. The corresponding kernel constant is `RTN_UNREACHABLE`.
  public static let unreachable = RouteType(rawValue: 7)
  /// They are refused as prohibited. The corresponding kernel constant is `RTN_PROHIBIT`.
  public static let prohibit = RouteType(rawValue: 8)
  /// The next table is asked. The corresponding kernel constant is `RTN_THROW`.
  public static let tryNextTable = RouteType(rawValue: 9)
}
