public import WireFormat

extension NamespaceIdentifier {
  /// Decodes what follows the message header: `struct rtgenmsg` and attributes.
  public init(_ reader: inout ByteReader) throws(WireError) {
    try reader.require(4, field: "rtgenmsg")
    family = AddressFamily(rawValue: try reader.readByte())
    try reader.skip(3)
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch NamespaceIdentifierAttribute(rawValue: type & attributeTypeMask) {
      case .identifier: try value.take(&identifier)
      case .process: try value.take(&process)
      case .descriptor: try value.take(&descriptor)
      case .target: try value.take(&target)
      case .current: try value.take(&current)
      default: try unknown.append(type, &value)
      }
    }
  }

  /// Encodes what follows the message header. Throws if an attribute exceeds 65,531 bytes.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    writer.write(family.rawValue)
    writer.writeZeros(3)
    try writer.put(NamespaceIdentifierAttribute.identifier, identifier)
    try writer.put(NamespaceIdentifierAttribute.process, process)
    try writer.put(NamespaceIdentifierAttribute.descriptor, descriptor)
    try writer.put(NamespaceIdentifierAttribute.target, target)
    try writer.put(NamespaceIdentifierAttribute.current, current)
    unknown.write(to: &writer)
  }
}
