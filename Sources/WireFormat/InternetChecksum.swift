/// The Internet checksum (RFC 1071): the one's complement of the one's-complement sum of 16-bit words.
public struct InternetChecksum: Sendable {
  private var sum: UInt64 = 0

  /// A sum over nothing.
  public init() {}

  /// Adds bytes as 16-bit words, most significant byte first; an odd last byte is padded with zero.
  public mutating func add(_ bytes: Span<UInt8>) {
    var index = 0
    while index + 1 < bytes.count {
      sum += UInt64(bytes[index]) << 8 | UInt64(bytes[index + 1])
      index += 2
    }
    if index < bytes.count { sum += UInt64(bytes[index]) << 8 }
  }

  /// Adds one 16-bit word.
  public mutating func add(_ word: UInt16) { sum += UInt64(word) }

  /// The checksum of all that was added; 0 over data that includes a correct checksum.
  public var value: UInt16 {
    var folded = sum
    while folded > 0xffff { folded = (folded & 0xffff) + (folded >> 16) }
    return ~UInt16(folded)
  }
}
