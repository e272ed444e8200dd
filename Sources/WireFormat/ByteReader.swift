/// Reads fields in order from bytes that somebody else owns.
///
/// A read that does not fit throws and leaves the position where it was; nothing here traps on any input.
/// Offsets in errors count from the start of the outermost message, also in readers made by `readReader`.
public struct ByteReader: ~Escapable {
  @usableFromInline let bytes: Span<UInt8>
  @usableFromInline let base: Int
  @usableFromInline var position: Int

  /// A reader at the start of `bytes`, which themselves begin `base` bytes into the outermost message.
  @inlinable
  @_lifetime(copy bytes)
  public init(_ bytes: Span<UInt8>, base: Int = 0) {
    self.bytes = bytes
    self.base = base
    self.position = 0
  }

  /// Offset of the next byte from the start of the outermost message.
  @inlinable public var offset: Int { base + position }

  /// How many bytes are left.
  @inlinable public var remaining: Int { bytes.count - position }

  /// Whether nothing is left.
  @inlinable public var isAtEnd: Bool { remaining == 0 }

  /// Throws unless `count` bytes are left.
  @inlinable
  public func require(_ count: Int, field: String) throws(WireError) {
    guard count >= 0, count <= remaining else {
      throw WireError(.truncated(needed: count, remaining: remaining), offset: offset, field: field)
    }
  }

  /// The byte `distance` bytes ahead, without moving.
  @inlinable
  public func peekByte(at distance: Int = 0, field: String = "byte") throws(WireError) -> UInt8 {
    guard distance >= 0, distance < remaining else {
      throw WireError(.truncated(needed: distance &+ 1, remaining: remaining), offset: offset, field: field)
    }
    return bytes[position + distance]
  }

  /// The next byte.
  @inlinable
  public mutating func readByte(field: String = "byte") throws(WireError) -> UInt8 {
    try require(1, field: field)
    defer { position += 1 }
    return bytes[position]
  }

  /// The next integer, most significant byte first.
  @inlinable
  public mutating func readBigEndian<T: FixedWidthInteger & UnsignedInteger>(
    _ type: T.Type = T.self,
    field: String = "integer"
  ) throws(WireError) -> T {
    let size = T.bitWidth / 8
    try require(size, field: field)
    var value: T = 0
    for index in position..<position + size { value = value &<< 8 | T(truncatingIfNeeded: bytes[index]) }
    position += size
    return value
  }

  /// The next integer, least significant byte first.
  @inlinable
  public mutating func readLittleEndian<T: FixedWidthInteger & UnsignedInteger>(
    _ type: T.Type = T.self,
    field: String = "integer"
  ) throws(WireError) -> T {
    try readBigEndian(type, field: field).byteSwapped
  }

  /// The next integer in this machine's byte order, as the kernel's own structures have it.
  @inlinable
  public mutating func readNative<T: FixedWidthInteger & UnsignedInteger>(
    _ type: T.Type = T.self,
    field: String = "integer"
  ) throws(WireError) -> T {
    try readBigEndian(type, field: field).nativeFromNetwork
  }

  /// A copy of the next `count` bytes.
  @inlinable
  public mutating func readBytes(_ count: Int, field: String = "bytes") throws(WireError) -> [UInt8] {
    try require(count, field: field)
    return copy(count)
  }

  /// A copy of everything that is left.
  @inlinable
  public mutating func readRemainingBytes() -> [UInt8] {
    copy(remaining)
  }

  /// Appends a copy of everything that is left to `collected`.
  @inlinable
  public mutating func appendRemainingBytes(to collected: inout [UInt8]) {
    append(remaining, to: &collected)
  }

  @usableFromInline
  mutating func copy(_ count: Int) -> [UInt8] {
    var copied: [UInt8] = []
    append(count, to: &copied)
    return copied
  }

  @usableFromInline
  mutating func append(_ count: Int, to collected: inout [UInt8]) {
    let chosen = bytes.extracting(position..<position + count)
    // One copy instead of one append for each byte.
    unsafe chosen.withUnsafeBufferPointer { unsafe collected.append(contentsOf: $0) }
    position += count
  }

  /// Passes over `count` bytes.
  @inlinable
  public mutating func skip(_ count: Int, field: String = "bytes") throws(WireError) {
    try require(count, field: field)
    position += count
  }

  /// A reader over the next `count` bytes, which this reader passes over.
  @inlinable
  @_lifetime(copy self)
  public mutating func readReader(_ count: Int, field: String = "bytes") throws(WireError) -> ByteReader {
    try require(count, field: field)
    let start = position
    position += count
    return ByteReader(bytes.extracting(start..<start + count), base: base + start)
  }

  /// A reader over the same bytes, at `distance` from this reader's own start (for formats with pointers).
  @inlinable
  @_lifetime(copy self)
  public func reader(at distance: Int, field: String = "pointer") throws(WireError) -> ByteReader {
    guard distance >= 0, distance <= bytes.count else {
      throw WireError(.invalidLength(distance), offset: offset, field: field)
    }
    return ByteReader(bytes.extracting(distance..<bytes.count), base: base + distance)
  }
}

extension FixedWidthInteger {
  /// This value, read most significant byte first, as this machine would have read it.
  @inlinable var nativeFromNetwork: Self {
    #if _endian(little)
      byteSwapped
    #else
      self
    #endif
  }
}
