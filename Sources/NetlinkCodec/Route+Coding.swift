internal import NetworkTypes
public import WireFormat

extension Route {
  /// Decodes what follows the message header: `struct rtmsg` and attributes.
  public init(_ reader: inout ByteReader) throws(WireError) {
    try reader.require(12, field: "rtmsg")
    family = AddressFamily(rawValue: try reader.readByte())
    destinationLength = try reader.readByte()
    sourceLength = try reader.readByte()
    typeOfService = try reader.readByte()
    headerTable = try reader.readByte()
    routeProtocol = RouteProtocol(rawValue: try reader.readByte())
    scope = RouteScope(rawValue: try reader.readByte())
    self.type = RouteType(rawValue: try reader.readByte())
    flags = try reader.readNative()
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch RouteAttribute(rawValue: type & attributeTypeMask) {
      case .destinationAddress where value.remaining == 4 || value.remaining == 16:
        try value.take(&destinationAddress)
      case .sourceAddress where value.remaining == 4 || value.remaining == 16: try value.take(&sourceAddress)
      case .inputInterface: try value.take(&inputInterface)
      case .outputInterface: try value.take(&outputInterface)
      case .gateway where value.remaining == 4 || value.remaining == 16: try value.take(&gateway)
      case .priority: try value.take(&priority)
      case .preferredSource where value.remaining == 4 || value.remaining == 16:
        try value.take(&preferredSource)
      case .flow: try value.take(&flow)
      case .cache: try value.take(&cache)
      case .extendedTable: try value.take(&extendedTable)
      case .mark: try value.take(&mark)
      case .preference: try value.take(&preference)
      case .expires: try value.take(&expires)
      case .user: try value.take(&user)
      case .propagatesTTL: try value.take(&propagatesTTL)
      case .ipProtocol: try value.take(&ipProtocol)
      case .sourcePort: sourcePort = try value.takeBigEndian()
      case .destinationPort: destinationPort = try value.takeBigEndian()
      case .nextHopObject: try value.take(&nextHopObject)
      case .metrics: metrics = try RouteMetrics(attributes: &value)
      case .multipath: nextHops = try NextHop.list(&value)
      default: try unknown.append(type, &value)
      }
    }
  }

  /// Encodes what follows the message header. Throws if an attribute exceeds 65,531 bytes.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    writer.write(family.rawValue)
    writer.write(destinationLength)
    writer.write(sourceLength)
    writer.write(typeOfService)
    writer.write(headerTable)
    writer.write(routeProtocol.rawValue)
    writer.write(scope.rawValue)
    writer.write(type.rawValue)
    writer.writeNative(flags)
    try writer.put(RouteAttribute.destinationAddress, destinationAddress)
    try writer.put(RouteAttribute.sourceAddress, sourceAddress)
    try writer.put(RouteAttribute.inputInterface, inputInterface)
    try writer.put(RouteAttribute.outputInterface, outputInterface)
    try writer.put(RouteAttribute.gateway, gateway)
    try writer.put(RouteAttribute.priority, priority)
    try writer.put(RouteAttribute.preferredSource, preferredSource)
    try writer.put(RouteAttribute.flow, flow)
    try writer.put(RouteAttribute.cache, cache)
    try writer.put(RouteAttribute.extendedTable, extendedTable)
    try writer.put(RouteAttribute.mark, mark)
    try writer.put(RouteAttribute.preference, preference)
    try writer.put(RouteAttribute.expires, expires)
    try writer.put(RouteAttribute.user, user)
    try writer.put(RouteAttribute.propagatesTTL, propagatesTTL)
    try writer.put(RouteAttribute.ipProtocol, ipProtocol)
    try writer.putBigEndian(RouteAttribute.sourcePort, sourcePort)
    try writer.putBigEndian(RouteAttribute.destinationPort, destinationPort)
    try writer.put(RouteAttribute.nextHopObject, nextHopObject)
    if let metrics {
      try writer.putNest(RouteAttribute.metrics) { writer throws(WireError) in try metrics.write(to: &writer)
      }
    }
    if !nextHops.isEmpty {
      try writer.putNest(RouteAttribute.multipath) { writer throws(WireError) in
        for hop in nextHops { try hop.write(to: &writer) }
      }
    }
    unknown.write(to: &writer)
  }
}
