/// A class of DNS records (RFC 1035, section 3.2.4).
public struct DNSClass: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: UInt16
  /// The class with this number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The Internet.
  public static let internet = DNSClass(rawValue: 1)
}
