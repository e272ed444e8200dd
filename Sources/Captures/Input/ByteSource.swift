/// Where a capture's octets come from, in order.
protocol ByteSource {
  /// Reads what is there, at least one octet, into a buffer from a place on; how many, 0 at the end.
  mutating func read(into target: inout [UInt8], at place: Int) throws(CaptureError) -> Int
}

/// Octets in memory.
struct MemorySource: ByteSource {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func read(into target: inout [UInt8], at place: Int) throws(CaptureError) -> Int {
    let count = min(target.count - place, bytes.count - position)
    target.replaceSubrange(place..<place + count, with: bytes[position..<position + count])
    position += count
    return count
  }
}
