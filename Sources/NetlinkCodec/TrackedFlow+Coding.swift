internal import NetworkTypes
public import WireFormat

extension TrackedFlow {
  /// Decodes what follows the message header: `struct nfgenmsg` and attributes. Throws if the original direction
  /// isn't said.
  public init(_ reader: inout ByteReader) throws(WireError) {
    try reader.require(4, field: "nfgenmsg")
    let start = reader.offset
    try reader.skip(4)
    var tuple = Tuple()
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch FlowAttribute(rawValue: type & attributeTypeMask) {
      case .original: try tuple.read(&value)
      case .zone: tuple.zone = try value.takeBigEndian()
      case nil: break
      }
    }
    guard let transport = tuple.transport, let source = tuple.source, let destination = tuple.destination
    else {
      throw WireError(.invalidLength(0), offset: start, field: "CTA_TUPLE_ORIG")
    }
    self.init(
      transport: transport,
      source: source,
      destination: destination,
      sourcePort: tuple.sourcePort,
      destinationPort: tuple.destinationPort,
      zone: tuple.zone
    )
  }

  /// Encodes what follows the message header, as a request about this flow says it.
  public func write(to writer: inout ByteWriter) throws(WireError) {
    writer.writeFlowHeader(AddressFamily(source.family))
    let (from, to): (AddressAttribute, AddressAttribute) =
      source.family == .v4 ? (.source4, .destination4) : (.source6, .destination6)
    try writer.putNest(FlowAttribute.original, flagged: true) { writer throws(WireError) in
      try writer.putNest(TupleAttribute.addresses, flagged: true) { writer throws(WireError) in
        try writer.put(from, source)
        try writer.put(to, destination)
      }
      try writer.putNest(TupleAttribute.transport, flagged: true) { writer throws(WireError) in
        try writer.put(TransportAttribute.number, transport)
        try writer.putBigEndian(TransportAttribute.sourcePort, sourcePort)
        try writer.putBigEndian(TransportAttribute.destinationPort, destinationPort)
      }
    }
    try writer.putBigEndian(FlowAttribute.zone, zone)
  }
}

extension ByteWriter {
  /// Writes `struct nfgenmsg` (`linux/netfilter/nfnetlink.h`): the family, and version 0.
  public mutating func writeFlowHeader(_ family: AddressFamily) {
    write(family.rawValue)
    writeZeros(3)
  }
}

/// What is read of one direction, attribute by attribute.
private struct Tuple {
  var transport: UInt8?
  var source: IPAddress?
  var destination: IPAddress?
  var sourcePort: UInt16?
  var destinationPort: UInt16?
  var zone: UInt16?

  mutating func read(_ reader: inout ByteReader) throws(WireError) {
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch TupleAttribute(rawValue: type & attributeTypeMask) {
      case .addresses: try readAddresses(&value)
      case .transport: try readTransport(&value)
      case nil: break
      }
    }
  }

  private mutating func readAddresses(_ reader: inout ByteReader) throws(WireError) {
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch AddressAttribute(rawValue: type & attributeTypeMask) {
      case .source4 where value.remaining == 4, .source6 where value.remaining == 16: try value.take(&source)
      case .destination4 where value.remaining == 4, .destination6 where value.remaining == 16:
        try value.take(&destination)
      default: break
      }
    }
  }

  private mutating func readTransport(_ reader: inout ByteReader) throws(WireError) {
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      switch TransportAttribute(rawValue: type & attributeTypeMask) {
      case .number: try value.take(&transport)
      case .sourcePort: sourcePort = try value.takeBigEndian()
      case .destinationPort: destinationPort = try value.takeBigEndian()
      case nil: break
      }
    }
  }
}

/// The numbers of an entry's attributes (`enum ctattr_type`, `linux/netfilter/nfnetlink_conntrack.h`).
private enum FlowAttribute: UInt16 {
  /// CTA_TUPLE_ORIG
  case original = 1
  /// CTA_ZONE
  case zone = 18
}

/// The numbers of a direction's attributes (`enum ctattr_tuple`).
private enum TupleAttribute: UInt16 {
  /// CTA_TUPLE_IP
  case addresses = 1
  /// CTA_TUPLE_PROTO
  case transport = 2
}

/// The numbers of addresses (`enum ctattr_ip`).
private enum AddressAttribute: UInt16 {
  /// CTA_IP_V4_SRC
  case source4 = 1
  /// CTA_IP_V4_DST
  case destination4 = 2
  /// CTA_IP_V6_SRC
  case source6 = 3
  /// CTA_IP_V6_DST
  case destination6 = 4
}

/// The numbers of what a protocol adds (`enum ctattr_l4proto`).
private enum TransportAttribute: UInt16 {
  /// CTA_PROTO_NUM
  case number = 1
  /// CTA_PROTO_SRC_PORT
  case sourcePort = 2
  /// CTA_PROTO_DST_PORT
  case destinationPort = 3
}
