/// A type of DNS record (IANA, "Resource Record (RR) TYPEs").
public struct DNSRecordType: RawRepresentable, Hashable, Sendable {
  /// The number on the wire.
  public let rawValue: UInt16
  /// The type with this number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// An IPv4 address (RFC 1035).
  public static let a = DNSRecordType(rawValue: 1)
  /// A name server (RFC 1035).
  public static let ns = DNSRecordType(rawValue: 2)
  /// Another name for the same (RFC 1035).
  public static let cname = DNSRecordType(rawValue: 5)
  /// The start of a zone (RFC 1035).
  public static let soa = DNSRecordType(rawValue: 6)
  /// A name for an address (RFC 1035).
  public static let ptr = DNSRecordType(rawValue: 12)
  /// A mail exchange (RFC 1035).
  public static let mx = DNSRecordType(rawValue: 15)
  /// Text (RFC 1035).
  public static let txt = DNSRecordType(rawValue: 16)
  /// An IPv6 address (RFC 3596).
  public static let aaaa = DNSRecordType(rawValue: 28)
  /// Options of the message (RFC 6891).
  public static let opt = DNSRecordType(rawValue: 41)
  /// Everything there is (RFC 1035); only in questions.
  public static let any = DNSRecordType(rawValue: 255)

  private static let mnemonics: [UInt16: String] = [
    1: "A", 2: "NS", 5: "CNAME", 6: "SOA", 12: "PTR", 15: "MX", 16: "TXT", 28: "AAAA", 33: "SRV", 41: "OPT",
    64: "SVCB", 65: "HTTPS", 255: "ANY",
  ]
}

extension DNSRecordType: LosslessStringConvertible {
  /// Parses a mnemonic such as "AAAA", or TYPE and a number (RFC 3597).
  public init?(_ text: String) {
    let text = text.uppercased()
    if let number = Self.mnemonics.first(where: { $0.value == text })?.key {
      self.init(rawValue: number)
    } else if text.hasPrefix("TYPE"), let number = UInt16(text.dropFirst(4)) {
      self.init(rawValue: number)
    } else {
      return nil
    }
  }

  /// The mnemonic, or TYPE and the number (RFC 3597).
  public var description: String { Self.mnemonics[rawValue] ?? "TYPE\(rawValue)" }
}
