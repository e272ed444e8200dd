/// The second 16 bits of a DNS message (RFC 1035, section 4.1.1; RFC 4035, section 3.2).
///
/// ```
/// | QR 1 bit | opcode 4 | AA 1 | TC 1 | RD 1 | RA 1 | Z 1 | AD 1 | CD 1 | response code 4 |
/// ```
public struct DNSFlags: OptionSet, Hashable, Sendable {
  /// The 16 bits.
  public var rawValue: UInt16
  /// Flags with these bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// QR: the message is a response.
  public static let response = DNSFlags(rawValue: 0x8000)
  /// AA: from a server that has authority for the name.
  public static let authoritative = DNSFlags(rawValue: 0x0400)
  /// TC: the message was too long for what carries it.
  public static let truncated = DNSFlags(rawValue: 0x0200)
  /// RD: the client wants recursion.
  public static let recursionDesired = DNSFlags(rawValue: 0x0100)
  /// RA: the server offers recursion.
  public static let recursionAvailable = DNSFlags(rawValue: 0x0080)
  /// AD: the data is authentic (RFC 4035).
  public static let authenticData = DNSFlags(rawValue: 0x0020)
  /// CD: the client checks signatures itself (RFC 4035).
  public static let checkingDisabled = DNSFlags(rawValue: 0x0010)

  /// 0 for a standard query.
  public var opcode: UInt8 {
    get { UInt8(rawValue >> 11 & 0xf) }
    set { rawValue = rawValue & ~0x7800 | UInt16(newValue & 0xf) << 11 }
  }

  /// The lower four bits of the response code; EDNS may add eight (`DNSMessage.responseCode`).
  public var responseCode: UInt8 {
    get { UInt8(rawValue & 0xf) }
    set { rawValue = rawValue & ~0xf | UInt16(newValue & 0xf) }
  }
}
