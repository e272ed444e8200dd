internal import NetworkTypes
internal import WireFormat

/// What the value of an attribute can be. A value must fill its attribute exactly.
protocol AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError)
  func write(to writer: inout ByteWriter)
}

extension AttributeValue where Self: FixedWidthInteger & UnsignedInteger {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(Self.bitWidth / 8)
    self = try reader.readNative(Self.self)
  }
  func write(to writer: inout ByteWriter) { writer.writeNative(self) }
}

extension UInt8: AttributeValue {}
extension UInt16: AttributeValue {}
extension UInt32: AttributeValue {}
extension UInt64: AttributeValue {}

extension Int32: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    self = Int32(bitPattern: try UInt32(attribute: &reader))
  }
  func write(to writer: inout ByteWriter) { writer.writeNative(UInt32(bitPattern: self)) }
}

/// One byte, 0 or 1.
extension Bool: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) { self = try UInt8(attribute: &reader) != 0 }
  func write(to writer: inout ByteWriter) { writer.write(self ? 1 : 0) }
}

/// Text that ends with a zero byte. Bytes that aren't UTF-8 become U+FFFD.
extension String: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    let bytes = reader.readRemainingBytes()
    self = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
  func write(to writer: inout ByteWriter) {
    writer.write(utf8)
    writer.write(0)
  }
}

extension MACAddress: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(6)
    self.init(
      UInt64(try reader.readBigEndian(UInt16.self)) << 32 | UInt64(try reader.readBigEndian(UInt32.self))
    )
  }
  func write(to writer: inout ByteWriter) {
    writer.writeBigEndian(UInt16(truncatingIfNeeded: rawValue >> 32))
    writer.writeBigEndian(UInt32(truncatingIfNeeded: rawValue))
  }
}

extension IPAddress: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    if reader.remaining == 4 {
      self = .v4(IPv4Address(try reader.readBigEndian()))
    } else {
      self = .v6(try IPv6Address(attribute: &reader))
    }
  }
  func write(to writer: inout ByteWriter) {
    switch self {
    case .v4(let address): writer.writeBigEndian(address.rawValue)
    case .v6(let address): address.write(to: &writer)
    }
  }
}

extension IPv6Address: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(16)
    self.init(try reader.readBigEndian(UInt128.self))
  }
  func write(to writer: inout ByteWriter) { writer.writeBigEndian(rawValue) }
}

extension InterfaceIndex: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    self.init(try UInt32(attribute: &reader))
  }
  func write(to writer: inout ByteWriter) { writer.writeNative(rawValue) }
}

extension ByteReader {
  /// Throws unless exactly `count` bytes are left.
  @inline(__always)
  func requireExactly(_ count: Int) throws(WireError) {
    guard remaining == count else {
      throw WireError(.invalidLength(remaining), offset: offset, field: "value of \(count) bytes")
    }
  }

  /// The attribute's whole value.
  @inline(__always)
  mutating func take<Value: AttributeValue>(_ field: inout Value?) throws(WireError) {
    field = try Value(attribute: &self)
  }

  /// The attribute's whole value, in an enumeration or option set.
  @inline(__always)
  mutating func take<Value: RawRepresentable>(_ field: inout Value?) throws(WireError)
  where Value.RawValue: AttributeValue {
    field = Value(rawValue: try Value.RawValue(attribute: &self))
  }

  /// The attribute's whole value, in hundredths of a second (the kernel's `clock_t`).
  @inline(__always)
  mutating func takeClock<Ticks: AttributeValue & FixedWidthInteger>(
    _ field: inout Duration?,
    as type: Ticks.Type
  ) throws(WireError) {
    field = Duration(clock: UInt64(truncatingIfNeeded: try Ticks(attribute: &self)))
  }
}

extension ByteReader {
  /// The attribute's whole value, most significant byte first.
  @inline(__always)
  mutating func takeBigEndian<Value: FixedWidthInteger & UnsignedInteger>() throws(WireError) -> Value {
    try requireExactly(Value.bitWidth / 8)
    return try readBigEndian()
  }
}
