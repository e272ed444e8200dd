internal import WireFormat

/// Writes names with pointers to their endings that were written before (RFC 1035, section 4.1.4).
struct DNSNameCompressor {
  /// Where the message begins.
  private let origin: Int
  /// Endings that were written, in the case in which they were, and where they are in the message.
  private var offsets: [ArraySlice<UInt8>: UInt16] = [:]

  init(origin: Int) { self.origin = origin }

  mutating func write(_ name: DNSName, to writer: inout ByteWriter) {
    var rest = name.wireForm[...]
    while let count = rest.first, count != 0 {
      if let offset = offsets[rest] {
        writer.writeBigEndian(0xc000 | offset)
        return
      }
      let here = writer.count - origin
      if here < 0x4000 { offsets[rest] = UInt16(here) }
      writer.write(rest.prefix(1 + Int(count)))
      rest = rest.dropFirst(1 + Int(count))
    }
    writer.write(0)
  }
}
