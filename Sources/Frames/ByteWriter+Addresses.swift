internal import NetworkTypes
internal import WireFormat

extension ByteWriter {
  /// Writes the six octets.
  mutating func write(_ address: MACAddress) {
    writeBigEndian(UInt16(truncatingIfNeeded: address.rawValue >> 32))
    writeBigEndian(UInt32(truncatingIfNeeded: address.rawValue))
  }

  /// Writes the four octets.
  mutating func write(_ address: IPv4Address) { writeBigEndian(address.rawValue) }

  /// Writes the sixteen octets.
  mutating func write(_ address: IPv6Address) { writeBigEndian(address.rawValue) }

  /// The Internet checksum of what was written from `start` on, and of a pseudo-header.
  func checksum(from start: Int, over pseudoHeader: PseudoHeader? = nil) -> UInt16 {
    var sum = InternetChecksum()
    pseudoHeader?.add(to: &sum, length: count - start)
    sum.add(bytes.span.extracting(start..<count))
    return sum.value
  }
}
