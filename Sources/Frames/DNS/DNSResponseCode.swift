/// How a server fared (IANA, "DNS RCODEs"): 12 bits, of which the upper eight come with EDNS.
public struct DNSResponseCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public let rawValue: UInt16
  /// The code with this number.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// NOERROR
  public static let noError = DNSResponseCode(rawValue: 0)
  /// FORMERR: the server could not read the request.
  public static let formatError = DNSResponseCode(rawValue: 1)
  /// SERVFAIL
  public static let serverFailure = DNSResponseCode(rawValue: 2)
  /// NXDOMAIN: the name doesn't exist.
  public static let nameError = DNSResponseCode(rawValue: 3)
  /// NOTIMP: the server doesn't do that.
  public static let notImplemented = DNSResponseCode(rawValue: 4)
  /// REFUSED
  public static let refused = DNSResponseCode(rawValue: 5)
  /// BADVERS: the server doesn't know the version of EDNS (RFC 6891).
  public static let badVersion = DNSResponseCode(rawValue: 16)

  /// The mnemonic as dig(1) prints it, or RCODE and the number.
  public var description: String {
    switch self {
    case .noError: "NOERROR"
    case .formatError: "FORMERR"
    case .serverFailure: "SERVFAIL"
    case .nameError: "NXDOMAIN"
    case .notImplemented: "NOTIMP"
    case .refused: "REFUSED"
    case .badVersion: "BADVERS"
    default: "RCODE\(rawValue)"
    }
  }
}
