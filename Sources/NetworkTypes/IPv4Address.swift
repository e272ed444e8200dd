/// A 32-bit Internet address (RFC 791).
public struct IPv4Address: Hashable, Sendable {
  /// The address as a number, first octet most significant.
  public let rawValue: UInt32

  /// The address with this number.
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// The address a.b.c.d.
  public init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    self.init(UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d))
  }

  /// The four octets in the order of transmission.
  public var octets: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: rawValue >> (24 - 8 * UInt32($0))) } }

  /// 0.0.0.0
  public static let any = IPv4Address(0)
  /// 127.0.0.1
  public static let loopback = IPv4Address(127, 0, 0, 1)

  /// The address `offset` further on.
  public func advanced(by offset: UInt32) -> IPv4Address { IPv4Address(rawValue &+ offset) }
}

extension IPv4Address: Comparable {
  /// Numeric order.
  public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.rawValue < right.rawValue }
}

extension IPv4Address: LosslessStringConvertible {
  /// Parses four decimal octets between dots; no leading zeros, which some programs read as octal.
  public init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        part.utf8.count == 1 || part.first != "0", let octet = UInt8(part)
      else { return nil }
      value = value << 8 | UInt32(octet)
    }
    self.init(value)
  }

  /// Dotted decimal.
  public var description: String { octets.map(String.init).joined(separator: ".") }
}
