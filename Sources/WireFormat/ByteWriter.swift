/// Writes fields in order into bytes of its own.
///
/// Lengths are never computed beforehand: a length field is reserved, its contents are written by a
/// closure, and the length is filled in afterwards.
public struct ByteWriter: Sendable {
  /// What has been written so far.
  public private(set) var bytes: [UInt8] = []

  /// An empty writer.
  public init() {}

  /// How many bytes have been written.
  public var count: Int { bytes.count }

  /// Writes one byte.
  public mutating func write(_ byte: UInt8) { bytes.append(byte) }

  /// Writes bytes as they are.
  public mutating func write(_ contents: some Sequence<UInt8>) { bytes.append(contentsOf: contents) }

  /// Writes `count` zero bytes.
  public mutating func writeZeros(_ count: Int) { bytes.append(contentsOf: repeatElement(0, count: count)) }

  /// Writes an integer, most significant byte first.
  @inlinable
  public mutating func writeBigEndian<T: FixedWidthInteger & UnsignedInteger>(_ value: T) {
    var shift = T.bitWidth
    while shift > 0 {
      shift -= 8
      write(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }

  /// Writes an integer, least significant byte first.
  public mutating func writeLittleEndian<T: FixedWidthInteger & UnsignedInteger>(_ value: T) {
    writeBigEndian(value.byteSwapped)
  }

  /// Writes an integer in this machine's byte order, as the kernel's own structures have it.
  public mutating func writeNative<T: FixedWidthInteger & UnsignedInteger>(_ value: T) {
    writeBigEndian(value.nativeFromNetwork)
  }

  /// Writes zero bytes until the count is a multiple of `alignment`.
  public mutating func pad(to alignment: Int) {
    let excess = bytes.count % alignment
    if excess != 0 { writeZeros(alignment - excess) }
  }

  /// Replaces the integer at `offset`, most significant byte first.
  public mutating func patchBigEndian<T: FixedWidthInteger & UnsignedInteger>(_ value: T, at offset: Int) {
    var patch = ByteWriter()
    patch.writeBigEndian(value)
    for (index, byte) in patch.bytes.enumerated() { bytes[offset + index] = byte }
  }

  /// Replaces the integer at `offset`, in this machine's byte order.
  public mutating func patchNative<T: FixedWidthInteger & UnsignedInteger>(_ value: T, at offset: Int) {
    var patch = ByteWriter()
    patch.writeNative(value)
    for (index, byte) in patch.bytes.enumerated() { bytes[offset + index] = byte }
  }

  /// Writes a 16-bit length, most significant byte first, of what `contents` writes after it.
  public mutating func writeWithLengthBigEndian16<E: Error>(
    _ contents: (inout ByteWriter) throws(E) -> Void
  ) throws(E) {
    let start = bytes.count
    writeZeros(2)
    try contents(&self)
    patchBigEndian(UInt16(truncatingIfNeeded: bytes.count - start - 2), at: start)
  }
}
