public import WireFormat

extension ByteWriter {
  /// Writes a message: `header` with the length filled in, then what `contents` writes.
  public mutating func writeNetlinkMessage(
    _ header: NetlinkHeader,
    _ contents: (inout ByteWriter) throws(WireError) -> Void
  ) throws(WireError) {
    let start = count
    writeNative(header.length)
    writeNative(header.type.rawValue)
    writeNative(header.flags.rawValue)
    writeNative(header.sequence)
    writeNative(header.port)
    try contents(&self)
    patchNative(UInt32(truncatingIfNeeded: count - start), at: start)
    pad(to: netlinkAlignment)
  }

  /// Writes an attribute of this type, flag bits included, whose value `contents` writes. An attribute has
  /// room for 65,531 bytes.
  mutating func writeAttribute(
    _ type: UInt16,
    _ contents: (inout ByteWriter) throws(WireError) -> Void
  ) throws(WireError) {
    let start = count
    writeNative(0 as UInt16)
    writeNative(type)
    try contents(&self)
    guard let length = UInt16(exactly: count - start) else {
      throw WireError(
        .invalidLength(count - start),
        offset: start,
        field: "nlattr \(type & attributeTypeMask)"
      )
    }
    patchNative(length, at: start)
    pad(to: netlinkAlignment)
  }

  /// Writes an attribute, if there is a value.
  mutating func put<Type: RawRepresentable<UInt16>, Value: AttributeValue>(
    _ type: Type,
    _ value: Value?
  ) throws(WireError) {
    guard let value else { return }
    try writeAttribute(type.rawValue) { value.write(to: &$0) }
  }

  /// Writes an attribute with the raw value of an enumeration or option set, if there is one.
  mutating func put<Type: RawRepresentable<UInt16>, Value: RawRepresentable>(
    _ type: Type,
    _ value: Value?
  ) throws(WireError) where Value.RawValue: AttributeValue {
    try put(type, value?.rawValue)
  }

  /// Writes an attribute in hundredths of a second (the kernel's `clock_t`), if there is a value.
  mutating func putClock<
    Type: RawRepresentable<UInt16>,
    Ticks: AttributeValue & FixedWidthInteger & UnsignedInteger
  >(
    _ type: Type,
    _ value: Duration?,
    as ticks: Ticks.Type
  ) throws(WireError) {
    try put(type, value?.clock(as: ticks))
  }

  /// Writes an attribute, most significant byte first, if there is a value.
  mutating func putBigEndian<Type: RawRepresentable<UInt16>, Value: FixedWidthInteger & UnsignedInteger>(
    _ type: Type,
    _ value: Value?
  ) throws(WireError) {
    guard let value else { return }
    try writeAttribute(type.rawValue) { $0.writeBigEndian(value) }
  }

  /// Writes an attribute without a value, if `isSet`.
  mutating func putFlag<Type: RawRepresentable<UInt16>>(_ type: Type, _ isSet: Bool) throws(WireError) {
    if isSet { try writeAttribute(type.rawValue) { _ in } }
  }

  /// Writes an attribute that holds attributes.
  mutating func putNest<Type: RawRepresentable<UInt16>>(
    _ type: Type,
    flagged: Bool = false,
    _ contents: (inout ByteWriter) throws(WireError) -> Void
  ) throws(WireError) {
    try writeAttribute(flagged ? type.rawValue | nestedFlag : type.rawValue, contents)
  }
}
