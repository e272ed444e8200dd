internal import NetworkTypes
public import WireFormat

extension Link {
  /// Decodes what follows the message header: `struct ifinfomsg` and attributes.
  public init(_ reader: inout ByteReader) throws(WireError) { try self.init(&reader, depth: 0) }

  /// A veth's peer is itself described as a link, one level deep.
  init(_ reader: inout ByteReader, depth: Int) throws(WireError) {
    guard depth <= 1 else { throw WireError(.tooDeep, offset: reader.offset, field: "VETH_INFO_PEER") }
    try reader.require(16, field: "ifinfomsg")
    family = AddressFamily(rawValue: try reader.readByte())
    try reader.skip(1)
    hardwareType = try reader.readNative()
    index = InterfaceIndex(try reader.readNative())
    flags = LinkFlags(rawValue: try reader.readNative())
    changedFlags = LinkFlags(rawValue: try reader.readNative())
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch LinkAttribute(rawValue: type & attributeTypeMask) {
      case .address where value.remaining == 6: try value.take(&address)
      case .broadcast where value.remaining == 6: try value.take(&broadcast)
      case .name: try value.take(&name)
      case .mtu: try value.take(&mtu)
      case .linkedTo: try value.take(&linkedTo)
      case .queueDiscipline: try value.take(&queueDiscipline)
      case .master: try value.take(&master)
      case .transmitQueueLength: try value.take(&transmitQueueLength)
      case .operationalState: try value.take(&operationalState)
      case .linkMode: try value.take(&linkMode)
      case .namespaceProcess: try value.take(&namespaceProcess)
      case .alias: try value.take(&alias)
      case .group: try value.take(&group)
      case .namespaceDescriptor: try value.take(&namespaceDescriptor)
      case .extensions: try value.take(&extensions)
      case .promiscuity: try value.take(&promiscuity)
      case .transmitQueues: try value.take(&transmitQueues)
      case .receiveQueues: try value.take(&receiveQueues)
      case .carrier: try value.take(&carrier)
      case .carrierChanges: try value.take(&carrierChanges)
      case .linkNamespace: try value.take(&linkNamespace)
      case .physicalPortName: try value.take(&physicalPortName)
      case .protocolDown: try value.take(&protocolDown)
      case .segmentationSegments: try value.take(&segmentationSegments)
      case .segmentationSize: try value.take(&segmentationSize)
      case .event: try value.take(&event)
      case .newNamespace: try value.take(&newNamespace)
      case .targetNamespace: try value.take(&targetNamespace)
      case .carrierUpCount: try value.take(&carrierUpCount)
      case .carrierDownCount: try value.take(&carrierDownCount)
      case .newIndex: try value.take(&newIndex)
      case .minimumMTU: try value.take(&minimumMTU)
      case .maximumMTU: try value.take(&maximumMTU)
      case .alternativeName: try value.take(&alternativeName)
      case .permanentAddress where value.remaining == 6: try value.take(&permanentAddress)
      case .parentDevice: try value.take(&parentDevice)
      case .parentBus: try value.take(&parentBus)
      case .receiveAggregationSize: try value.take(&receiveAggregationSize)
      case .hardwareSegmentationSize: try value.take(&hardwareSegmentationSize)
      case .hardwareSegmentationSegments: try value.take(&hardwareSegmentationSegments)
      case .allMulticast: try value.take(&allMulticast)
      case .statistics: statistics = try LinkStatistics(attribute: &value)
      case .information: try readInformation(&value, depth: depth)
      case .properties: try readProperties(&value)
      case .protocolInformation where family == .bridge: bridgePort = try BridgePort(attributes: &value)
      default: try unknown.append(type, &value)
      }
    }
  }

  /// Encodes what follows the message header. Throws if an attribute exceeds 65,531 bytes.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    writer.write(family.rawValue)
    writer.write(0)
    writer.writeNative(hardwareType)
    writer.writeNative(index.rawValue)
    writer.writeNative(flags.rawValue)
    writer.writeNative(changedFlags.rawValue)
    try writer.put(LinkAttribute.address, address)
    try writer.put(LinkAttribute.broadcast, broadcast)
    try writer.put(LinkAttribute.name, name)
    try writer.put(LinkAttribute.mtu, mtu)
    try writer.put(LinkAttribute.linkedTo, linkedTo)
    try writer.put(LinkAttribute.queueDiscipline, queueDiscipline)
    try writer.put(LinkAttribute.master, master)
    try writer.put(LinkAttribute.transmitQueueLength, transmitQueueLength)
    try writer.put(LinkAttribute.operationalState, operationalState)
    try writer.put(LinkAttribute.linkMode, linkMode)
    try writer.put(LinkAttribute.namespaceProcess, namespaceProcess)
    try writer.put(LinkAttribute.alias, alias)
    try writer.put(LinkAttribute.group, group)
    try writer.put(LinkAttribute.namespaceDescriptor, namespaceDescriptor)
    try writer.put(LinkAttribute.extensions, extensions)
    try writer.put(LinkAttribute.promiscuity, promiscuity)
    try writer.put(LinkAttribute.transmitQueues, transmitQueues)
    try writer.put(LinkAttribute.receiveQueues, receiveQueues)
    try writer.put(LinkAttribute.carrier, carrier)
    try writer.put(LinkAttribute.carrierChanges, carrierChanges)
    try writer.put(LinkAttribute.linkNamespace, linkNamespace)
    try writer.put(LinkAttribute.physicalPortName, physicalPortName)
    try writer.put(LinkAttribute.protocolDown, protocolDown)
    try writer.put(LinkAttribute.segmentationSegments, segmentationSegments)
    try writer.put(LinkAttribute.segmentationSize, segmentationSize)
    try writer.put(LinkAttribute.event, event)
    try writer.put(LinkAttribute.newNamespace, newNamespace)
    try writer.put(LinkAttribute.targetNamespace, targetNamespace)
    try writer.put(LinkAttribute.carrierUpCount, carrierUpCount)
    try writer.put(LinkAttribute.carrierDownCount, carrierDownCount)
    try writer.put(LinkAttribute.newIndex, newIndex)
    try writer.put(LinkAttribute.minimumMTU, minimumMTU)
    try writer.put(LinkAttribute.maximumMTU, maximumMTU)
    try writer.put(LinkAttribute.alternativeName, alternativeName)
    try writer.put(LinkAttribute.permanentAddress, permanentAddress)
    try writer.put(LinkAttribute.parentDevice, parentDevice)
    try writer.put(LinkAttribute.parentBus, parentBus)
    try writer.put(LinkAttribute.receiveAggregationSize, receiveAggregationSize)
    try writer.put(LinkAttribute.hardwareSegmentationSize, hardwareSegmentationSize)
    try writer.put(LinkAttribute.hardwareSegmentationSegments, hardwareSegmentationSegments)
    try writer.put(LinkAttribute.allMulticast, allMulticast)
    try writer.put(LinkAttribute.statistics, statistics)
    if family == .bridge, let bridgePort {
      try writer.putNest(LinkAttribute.protocolInformation, flagged: true) {
        writer throws(WireError) in try bridgePort.write(to: &writer)
      }
    }
    if !alternativeNames.isEmpty || !unknownProperties.isEmpty {
      try writer.putNest(LinkAttribute.properties, flagged: true) { writer throws(WireError) in
        for name in alternativeNames { try writer.put(LinkAttribute.alternativeName, name) }
        unknownProperties.write(to: &writer)
      }
    }
    unknown.write(to: &writer)
    if hasInformation {
      try writer.putNest(LinkAttribute.information) {
        writer throws(WireError) in try writeInformation(to: &writer)
      }
    }
  }
}
