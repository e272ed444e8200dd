/// Why there is no better answer (RFC 8914).
public struct ExtendedDNSError: Hashable, Sendable {
  /// The option's code.
  public static let optionCode: UInt16 = 15

  /// The INFO-CODE.
  public var information: UInt16
  /// The EXTRA-TEXT as it came: it should be UTF-8, and may be anything.
  public var text: [UInt8]

  /// An error.
  public init(_ information: UInt16, text: [UInt8] = []) {
    self.information = information
    self.text = text
  }
}

extension ExtendedDNSError: CustomStringConvertible {
  /// The number, what RFC 8914 says it means, and the text; whatever is not printable ASCII is a question mark.
  public var description: String {
    let meaning = Self.meanings.indices.contains(Int(information)) ? Self.meanings[Int(information)] : nil
    let printable = String(decoding: text.map { (0x20...0x7e).contains($0) ? $0 : 0x3f }, as: UTF8.self)
    return "\(information)" + (meaning.map { " (\($0))" } ?? "") + (text.isEmpty ? "" : ": " + printable)
  }

  /// RFC 8914, section 4, in the order of the numbers.
  private static let meanings = [
    "Other Error", "Unsupported DNSKEY Algorithm", "Unsupported DS Digest Type", "Stale Answer",
    "Forged Answer", "DNSSEC Indeterminate", "DNSSEC Bogus", "Signature Expired", "Signature Not Yet Valid",
    "DNSKEY Missing", "RRSIGs Missing", "No Zone Key Bit Set", "NSEC Missing", "Cached Error", "Not Ready",
    "Blocked", "Censored", "Filtered", "Prohibited", "Stale NXDOMAIN Answer", "Not Authoritative",
    "Not Supported", "No Reachable Authority", "Network Error", "Invalid Data",
  ]
}
