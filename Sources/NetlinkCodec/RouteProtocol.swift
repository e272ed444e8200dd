/// Who made a route or a rule (`RTPROT_*`, `linux/rtnetlink.h`).
public struct RouteProtocol: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt8
  /// The value with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Not said. The corresponding kernel constant is `RTPROT_UNSPEC`.
  public static let unspecified = RouteProtocol(rawValue: 0)
  /// An ICMP redirect. The corresponding kernel constant is `RTPROT_REDIRECT`.
  public static let redirect = RouteProtocol(rawValue: 1)
  /// The kernel. The corresponding kernel constant is `RTPROT_KERNEL`.
  public static let kernel = RouteProtocol(rawValue: 2)
  /// A command that didn't say. The corresponding kernel constant is `RTPROT_BOOT`.
  public static let boot = RouteProtocol(rawValue: 3)
  /// The administrator. The corresponding kernel constant is `RTPROT_STATIC`.
  public static let administrator = RouteProtocol(rawValue: 4)
  /// A router advertisement. The corresponding kernel constant is `RTPROT_RA`.
  public static let routerAdvertisement = RouteProtocol(rawValue: 9)
  /// A DHCP client. The corresponding kernel constant is `RTPROT_DHCP`.
  public static let dhcp = RouteProtocol(rawValue: 16)
}
