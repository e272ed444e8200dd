/// How far a destination or an address is known (`RT_SCOPE_*`, `linux/rtnetlink.h`).
public struct RouteScope: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt8
  /// The value with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Everywhere. The corresponding kernel constant is `RT_SCOPE_UNIVERSE`.
  public static let universe = RouteScope(rawValue: 0)
  /// Within the site. The corresponding kernel constant is `RT_SCOPE_SITE`.
  public static let site = RouteScope(rawValue: 200)
  /// On the link. The corresponding kernel constant is `RT_SCOPE_LINK`.
  public static let link = RouteScope(rawValue: 253)
  /// On this host. The corresponding kernel constant is `RT_SCOPE_HOST`.
  public static let host = RouteScope(rawValue: 254)
  /// Nowhere. The corresponding kernel constant is `RT_SCOPE_NOWHERE`.
  public static let nowhere = RouteScope(rawValue: 255)
}
