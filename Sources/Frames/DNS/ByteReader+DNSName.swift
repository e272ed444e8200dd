internal import WireFormat

extension ByteReader {
  /// Compression pointers that one name may contain. A name has at most 127 labels, so no honest one has more.
  private static var maximumHops: Int { 127 }

  /// Reads a name and hands over its bytes in wire form, lengths included, without the final zero.
  /// Nothing is allocated. Pointers must lead back before the place that they are part of, which rules loops
  /// out (RFC 1035, section 4.1.4: "a prior occurrence").
  mutating func walkDNSName(_ byte: (UInt8) -> Void) throws(WireError) {
    var start = offset
    var length = 1
    var pointer = try walkDNSLabels(length: &length, byte)
    var hops = 0
    while let target = pointer {
      hops += 1
      guard hops <= Self.maximumHops else {
        throw WireError(.tooDeep, offset: start, field: "DNS name")
      }
      var earlier = try reader(at: target, field: "DNS name")
      guard earlier.offset < start else {
        throw WireError(.invalidValue(UInt64(target)), offset: start, field: "DNS name pointer")
      }
      start = earlier.offset
      pointer = try earlier.walkDNSLabels(length: &length, byte)
    }
  }

  /// Reads labels up to the final zero or a pointer, whose target is the answer.
  private mutating func walkDNSLabels(
    length: inout Int,
    _ byte: (UInt8) -> Void
  ) throws(WireError) -> Int? {
    while true {
      let count = try readByte(field: "DNS name")
      if count == 0 { return nil }
      switch count >> 6 {
      case 0:
        length += 1 + Int(count)
        guard length <= DNSName.maximumLength else {
          throw WireError(.invalidLength(length), offset: offset - 1, field: "DNS name")
        }
        try require(Int(count), field: "DNS label")
        byte(count)
        for _ in 0..<count { byte(try readByte(field: "DNS label")) }
      case 3:
        return Int(count & 0x3f) << 8 | Int(try readByte(field: "DNS name pointer"))
      default:
        throw WireError(.invalidValue(UInt64(count)), offset: offset - 1, field: "DNS label type")
      }
    }
  }
}
