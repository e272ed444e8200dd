public import WireFormat

/// An attribute that this library has no name for, or whose value has an unexpected shape.
public struct UnknownAttribute: Hashable, Sendable {
  /// The kernel's number, with the flag bits `NLA_F_NESTED` and `NLA_F_NET_BYTEORDER`.
  public let type: UInt16
  /// The value, without padding.
  public let value: [UInt8]

  /// An attribute of this type and value.
  public init(type: UInt16, value: [UInt8]) {
    self.type = type
    self.value = value
  }
}

/// Attributes that are kept as they came and written again as they were, in their order.
///
/// They are held in the form in which they came, one after the other, because a dump has many of them and
/// few are looked at.
public struct UnknownAttributes: Hashable, Sendable {
  private var encoded: [UInt8] = []

  /// None.
  public init() {}

  /// Whether there are none.
  public var isEmpty: Bool { encoded.isEmpty }

  /// Adds an attribute at the end. A value of more than 65,531 bytes is refused.
  public mutating func append(_ attribute: UnknownAttribute) throws(WireError) {
    var writer = ByteWriter()
    try writer.writeAttribute(attribute.type) { $0.write(attribute.value) }
    encoded += writer.bytes
  }

  /// Adds an attribute of this type whose value is all that is left in `value`.
  mutating func append(_ type: UInt16, _ value: inout ByteReader) throws(WireError) {
    let length = value.remaining + 4
    guard let length = UInt16(exactly: length) else {
      throw WireError(.invalidLength(length), offset: value.offset, field: "nlattr")
    }
    value.appendAttribute(type: type, length: length, to: &encoded)
  }

  /// All attributes in their order.
  public var all: [UnknownAttribute] {
    var found: [UnknownAttribute] = []
    var reader = ByteReader(encoded.span)
    do throws(WireError) {
      try reader.forEachRawAttribute { (type, value) throws(WireError) in
        found.append(UnknownAttribute(type: type, value: value.readRemainingBytes()))
      }
    } catch {
      // Only what this type wrote itself is read here.
      preconditionFailure("\(error)")
    }
    return found
  }

  /// The value of the first attribute with this number, whatever its flag bits.
  public subscript(number: UInt16) -> [UInt8]? {
    all.first { $0.type & attributeTypeMask == number & attributeTypeMask }?.value
  }

  func write(to writer: inout ByteWriter) { writer.write(encoded) }
}

extension ByteReader {
  /// Appends an attribute whose value is everything that is left.
  fileprivate mutating func appendAttribute(type: UInt16, length: UInt16, to bytes: inout [UInt8]) {
    let padding = (netlinkAlignment - Int(length) % netlinkAlignment) % netlinkAlignment
    unsafe withUnsafeBytes(of: (length, type)) { unsafe bytes.append(contentsOf: $0) }
    appendRemainingBytes(to: &bytes)
    for _ in 0..<padding { bytes.append(0) }
  }
}
