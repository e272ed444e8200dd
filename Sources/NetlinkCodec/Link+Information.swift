internal import WireFormat

/// The numbers of the attributes in `IFLA_LINKINFO` (`linux/if_link.h`).
enum LinkInformationAttribute: UInt16 {
  /// IFLA_INFO_KIND
  case kind = 1
  /// IFLA_INFO_DATA
  case data = 2
  /// IFLA_INFO_SLAVE_KIND
  case portKind = 4
  /// IFLA_INFO_SLAVE_DATA
  case portData = 5
}

extension Link {
  /// Whether there is something to put into `IFLA_LINKINFO`.
  var hasInformation: Bool {
    kind != nil || portKind != nil || family != .bridge && bridgePort != nil || !unknownInformation.isEmpty
  }

  mutating func readInformation(_ reader: inout ByteReader, depth: Int) throws(WireError) {
    // Data can be understood only once its kind is known.
    var names = reader
    try names.forEachRawAttribute { (type, value) throws(WireError) in
      switch LinkInformationAttribute(rawValue: type & attributeTypeMask) {
      case .kind: kind = LinkKind(name: try String(attribute: &value))
      case .portKind: portKind = try String(attribute: &value)
      default: break
      }
    }
    let isBridgePort = portKind == "bridge" && family != .bridge
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch LinkInformationAttribute(rawValue: type & attributeTypeMask) {
      case .kind, .portKind: break
      case .data where kind != nil: try kind?.readData(&value, depth: depth)
      case .portData where isBridgePort: bridgePort = try BridgePort(attributes: &value)
      default: try unknownInformation.append(type, &value)
      }
    }
  }

  func writeInformation(to writer: inout ByteWriter) throws(WireError) {
    try writer.put(LinkInformationAttribute.kind, kind?.name)
    try kind?.writeData(LinkInformationAttribute.data, to: &writer)
    try writer.put(LinkInformationAttribute.portKind, portKind)
    if family != .bridge, let bridgePort {
      try writer.putNest(LinkInformationAttribute.portData) {
        writer throws(WireError) in try bridgePort.write(to: &writer)
      }
    }
    unknownInformation.write(to: &writer)
  }

  mutating func readProperties(_ reader: inout ByteReader) throws(WireError) {
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch LinkAttribute(rawValue: type & attributeTypeMask) {
      case .alternativeName: alternativeNames.append(try String(attribute: &value))
      default: try unknownProperties.append(type, &value)
      }
    }
  }
}
