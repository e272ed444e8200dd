/// A 128-bit Internet address (RFC 4291).
public struct IPv6Address: Hashable, Sendable {
  // Two halves: a number of 128 bits would have everything that holds an address aligned to sixteen octets.
  @usableFromInline let high: UInt64
  @usableFromInline let low: UInt64

  /// The address as a number, first octet most significant.
  @inlinable public var rawValue: UInt128 { UInt128(high) << 64 | UInt128(low) }

  /// The address with this number.
  @inlinable
  public init(_ rawValue: UInt128) {
    high = UInt64(truncatingIfNeeded: rawValue >> 64)
    low = UInt64(truncatingIfNeeded: rawValue)
  }

  /// The address with these octets, or nil unless there are sixteen.
  public init?(octets: some Collection<UInt8>) {
    guard octets.count == 16 else { return nil }
    self.init(octets.reduce(0) { $0 << 8 | UInt128($1) })
  }

  /// The sixteen octets in the order of transmission.
  public var octets: [UInt8] {
    (0..<16).map { UInt8(truncatingIfNeeded: rawValue >> (120 - 8 * UInt128($0))) }
  }

  /// The eight 16-bit groups, first most significant.
  public var groups: [UInt16] {
    (0..<8).map { UInt16(truncatingIfNeeded: rawValue >> (112 - 16 * UInt128($0))) }
  }

  /// ::
  public static let any = IPv6Address(0)
  /// ::1
  public static let loopback = IPv6Address(1)

  /// Whether the address is in fe80::/10.
  public var isLinkLocal: Bool { rawValue >> 118 == 0x3fa }
  /// Whether the address is in ff00::/8.
  public var isMulticast: Bool { rawValue >> 120 == 0xff }

  /// The address `offset` further on.
  public func advanced(by offset: UInt128) -> IPv6Address { IPv6Address(rawValue &+ offset) }
}

extension IPv6Address: Comparable {
  /// Numeric order.
  public static func < (left: IPv6Address, right: IPv6Address) -> Bool { left.rawValue < right.rawValue }
}

extension IPv6Address: LosslessStringConvertible {
  /// Parses the text forms of RFC 4291 section 2.2, without a zone.
  public init?(_ text: String) {
    let halves = text.halvesAtDoubleColon
    guard let head = Self.parseGroups(halves[0]) else { return nil }
    var groups = head
    if halves.count == 2 {
      guard let tail = Self.parseGroups(halves[1]), head.count + tail.count <= 7 else { return nil }
      groups += Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }
    guard groups.count == 8 else { return nil }
    self.init(groups.reduce(0) { $0 << 16 | UInt128($1) })
  }

  private static func parseGroups(_ text: Substring) -> [UInt16]? {
    if text.isEmpty { return [] }
    var groups: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains(".") {
        guard let tail = IPv4Address(String(part)) else { return nil }
        groups += [UInt16(tail.rawValue >> 16), UInt16(tail.rawValue & 0xffff)]
        continue
      }
      guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
        let group = UInt16(part, radix: 16)
      else { return nil }
      groups.append(group)
    }
    return groups
  }

  /// The canonical text form (RFC 5952).
  public var description: String {
    let groups = groups
    if rawValue >> 32 == 0xffff {
      return "::ffff:" + IPv4Address(UInt32(truncatingIfNeeded: rawValue)).description
    }
    var longest = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > longest.count { longest = start..<end }
      start = max(end, start + 1)
    }
    func text(_ range: Range<Int>) -> String {
      groups[range].map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard longest.count >= 2 else { return text(0..<8) }
    return text(0..<longest.lowerBound) + "::" + text(longest.upperBound..<8)
  }
}

extension String {
  /// The parts before and after the first "::", or the whole.
  fileprivate var halvesAtDoubleColon: [Substring] {
    var index = startIndex
    while index < endIndex {
      if self[index...].hasPrefix("::") {
        return [self[..<index], self[self.index(index, offsetBy: 2)...]]
      }
      index = self.index(after: index)
    }
    return [self[...]]
  }
}
