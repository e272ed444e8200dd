internal import NetworkTypes
public import WireFormat

extension InterfaceAddress {
  /// Decodes what follows the message header: `struct ifaddrmsg` and attributes.
  public init(_ reader: inout ByteReader) throws(WireError) {
    try reader.require(8, field: "ifaddrmsg")
    family = AddressFamily(rawValue: try reader.readByte())
    prefixLength = try reader.readByte()
    headerFlags = try reader.readByte()
    scope = RouteScope(rawValue: try reader.readByte())
    index = InterfaceIndex(try reader.readNative())
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch InterfaceAddressAttribute(rawValue: type & attributeTypeMask) {
      case .local where value.remaining == 4 || value.remaining == 16: try value.take(&local)
      case .prefixAddress where value.remaining == 4 || value.remaining == 16: try value.take(&prefixAddress)
      case .label: try value.take(&label)
      case .broadcast where value.remaining == 4 || value.remaining == 16: try value.take(&broadcast)
      case .anycast where value.remaining == 4 || value.remaining == 16: try value.take(&anycast)
      case .lifetime: try value.take(&lifetime)
      case .multicast where value.remaining == 4 || value.remaining == 16: try value.take(&multicast)
      case .extendedFlags: try value.take(&extendedFlags)
      case .routePriority: try value.take(&routePriority)
      case .targetNamespace: try value.take(&targetNamespace)
      case .origin: try value.take(&origin)
      default: try unknown.append(type, &value)
      }
    }
  }

  /// Encodes what follows the message header. Throws if an attribute exceeds 65,531 bytes.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    writer.write(family.rawValue)
    writer.write(prefixLength)
    writer.write(headerFlags)
    writer.write(scope.rawValue)
    writer.writeNative(index.rawValue)
    try writer.put(InterfaceAddressAttribute.local, local)
    try writer.put(InterfaceAddressAttribute.prefixAddress, prefixAddress)
    try writer.put(InterfaceAddressAttribute.label, label)
    try writer.put(InterfaceAddressAttribute.broadcast, broadcast)
    try writer.put(InterfaceAddressAttribute.anycast, anycast)
    try writer.put(InterfaceAddressAttribute.lifetime, lifetime)
    try writer.put(InterfaceAddressAttribute.multicast, multicast)
    try writer.put(InterfaceAddressAttribute.extendedFlags, extendedFlags)
    try writer.put(InterfaceAddressAttribute.routePriority, routePriority)
    try writer.put(InterfaceAddressAttribute.targetNamespace, targetNamespace)
    try writer.put(InterfaceAddressAttribute.origin, origin)
    unknown.write(to: &writer)
  }
}
