public import WireFormat

/// A UDP header (RFC 768; `struct udphdr`, `linux/udp.h`).
///
/// ```
/// | source port 2 | destination port 2 | length 2 | checksum 2 |
/// ```
public struct UDPHeader: Hashable, Sendable {
  /// The sender's port.
  public var sourcePort: UInt16
  /// The receiver's port.
  public var destinationPort: UInt16
  /// Length in bytes of header and payload.
  public var length: DerivedField<UInt16> = .computed
  /// The checksum; 0 for none, which IPv6 forbids.
  public var checksum: DerivedField<UInt16> = .computed

  /// A header.
  public init(sourcePort: UInt16, destinationPort: UInt16) {
    self.sourcePort = sourcePort
    self.destinationPort = destinationPort
  }

  /// Reads a header; `payloadCount(of:)` says how much of what follows is the datagram's.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    try reader.require(8, field: "UDP header")
    sourcePort = try reader.readBigEndian()
    destinationPort = try reader.readBigEndian()
    let length = try reader.readBigEndian(UInt16.self)
    guard length == 0 || length >= 8 else {
      throw WireError(.invalidLength(Int(length)), offset: reader.offset - 2, field: "UDP length")
    }
    self.length = .stated(length)
    checksum = .stated(try reader.readBigEndian())
  }

  /// How many of `remaining` bytes after the header are the datagram's payload.
  public func payloadCount(of remaining: Int) -> Int {
    guard case .stated(let length) = length, length != 0 else { return remaining }
    return min(remaining, Int(length) - 8)
  }

  /// Writes the header and what `payload` writes after it.
  public func write(
    to writer: inout ByteWriter,
    over pseudoHeader: PseudoHeader,
    payload: (inout ByteWriter) -> Void
  ) {
    let start = writer.count
    writer.writeBigEndian(sourcePort)
    writer.writeBigEndian(destinationPort)
    writer.writeZeros(4)
    payload(&writer)
    let total = length.value { UInt16(truncatingIfNeeded: writer.count - start) }
    writer.patchBigEndian(total, at: start + 4)
    let sum = checksum.value {
      let sum = writer.checksum(from: start, over: pseudoHeader)
      // 0 would mean that there is none.
      return sum == 0 ? 0xffff : sum
    }
    writer.patchBigEndian(sum, at: start + 6)
  }
}
