internal import NetworkTypes
public import WireFormat

extension Neighbour {
  /// Decodes what follows the message header: `struct ndmsg` and attributes.
  public init(_ reader: inout ByteReader) throws(WireError) {
    try reader.require(12, field: "ndmsg")
    family = AddressFamily(rawValue: try reader.readByte())
    try reader.skip(3)
    index = InterfaceIndex(try reader.readNative())
    state = NeighbourState(rawValue: try reader.readNative())
    flags = NeighbourFlags(rawValue: try reader.readByte())
    self.type = RouteType(rawValue: try reader.readByte())
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch NeighbourAttribute(rawValue: type & attributeTypeMask) {
      case .address where value.remaining == 4 || value.remaining == 16: try value.take(&address)
      case .linkLayerAddress where value.remaining == 6: try value.take(&linkLayerAddress)
      case .ages: try value.take(&ages)
      case .probes: try value.take(&probes)
      case .vlan: try value.take(&vlan)
      case .port: port = try value.takeBigEndian()
      case .vni: try value.take(&vni)
      case .remoteInterface: try value.take(&remoteInterface)
      case .master: try value.take(&master)
      case .linkNamespace: try value.take(&linkNamespace)
      case .sourceVNI: try value.take(&sourceVNI)
      case .origin: try value.take(&origin)
      case .nextHop: try value.take(&nextHop)
      case .extendedFlags: try value.take(&extendedFlags)
      case .stateMask: try value.take(&stateMask)
      case .flagsMask: try value.take(&flagsMask)
      default: try unknown.append(type, &value)
      }
    }
  }

  /// Encodes what follows the message header. Throws if an attribute exceeds 65,531 bytes.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    writer.write(family.rawValue)
    writer.writeZeros(3)
    writer.writeNative(index.rawValue)
    writer.writeNative(state.rawValue)
    writer.write(flags.rawValue)
    writer.write(type.rawValue)
    try writer.put(NeighbourAttribute.address, address)
    try writer.put(NeighbourAttribute.linkLayerAddress, linkLayerAddress)
    try writer.put(NeighbourAttribute.ages, ages)
    try writer.put(NeighbourAttribute.probes, probes)
    try writer.put(NeighbourAttribute.vlan, vlan)
    try writer.putBigEndian(NeighbourAttribute.port, port)
    try writer.put(NeighbourAttribute.vni, vni)
    try writer.put(NeighbourAttribute.remoteInterface, remoteInterface)
    try writer.put(NeighbourAttribute.master, master)
    try writer.put(NeighbourAttribute.linkNamespace, linkNamespace)
    try writer.put(NeighbourAttribute.sourceVNI, sourceVNI)
    try writer.put(NeighbourAttribute.origin, origin)
    try writer.put(NeighbourAttribute.nextHop, nextHop)
    try writer.put(NeighbourAttribute.extendedFlags, extendedFlags)
    try writer.put(NeighbourAttribute.stateMask, stateMask)
    try writer.put(NeighbourAttribute.flagsMask, flagsMask)
    unknown.write(to: &writer)
  }
}
