/// What an IP packet carries, and IPv6 extension headers (`linux/in.h`, `IPPROTO_*`).
public struct IPProtocol: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: UInt8
  /// The protocol with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// RFC 8200, section 4.3. The corresponding kernel constant is `IPPROTO_HOPOPTS`.
  public static let hopByHopOptions = IPProtocol(rawValue: 0)
  /// RFC 792. The corresponding kernel constant is `IPPROTO_ICMP`.
  public static let icmp = IPProtocol(rawValue: 1)
  /// RFC 9293. The corresponding kernel constant is `IPPROTO_TCP`.
  public static let tcp = IPProtocol(rawValue: 6)
  /// RFC 768. The corresponding kernel constant is `IPPROTO_UDP`.
  public static let udp = IPProtocol(rawValue: 17)
  /// RFC 8200, section 4.4. The corresponding kernel constant is `IPPROTO_ROUTING`.
  public static let routing = IPProtocol(rawValue: 43)
  /// RFC 8200, section 4.5. The corresponding kernel constant is `IPPROTO_FRAGMENT`.
  public static let fragment = IPProtocol(rawValue: 44)
  /// RFC 4302. The corresponding kernel constant is `IPPROTO_AH`.
  public static let authentication = IPProtocol(rawValue: 51)
  /// RFC 4443. The corresponding kernel constant is `IPPROTO_ICMPV6`.
  public static let icmpv6 = IPProtocol(rawValue: 58)
  /// RFC 8200, section 4.6. The corresponding kernel constant is `IPPROTO_DSTOPTS`.
  public static let destinationOptions = IPProtocol(rawValue: 60)
}
