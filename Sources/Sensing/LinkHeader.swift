internal import Frames
internal import NetworkTypes
internal import Observation
internal import WireFormat

/// What a frame's link layer tells, whichever it is.
struct LinkHeader {
  /// Who sent it; nil where a format has no link addresses.
  let source: MACAddress?
  /// Whom it is for; nil in cooked frames too.
  let destination: MACAddress?
  /// What follows.
  let type: EtherType
  /// Where it was seen.
  let interface: InterfaceIndex
  /// What the kernel took it for, if anything says so.
  let packetType: Sighting.PacketType?

  /// Reads a link layer's header; a type of it that isn't known is an error.
  init(
    _ linkType: LinkType,
    _ interface: InterfaceIndex?,
    _ packetType: Sighting.PacketType?,
    _ reader: inout ByteReader
  ) throws(WireError) {
    let number = interface ?? InterfaceIndex(0)
    switch linkType {
    case .ethernet:
      let header = try EthernetHeader(parsing: &reader)
      self.init(number, packetType, header.type, from: header.source, to: header.destination)
    case .cooked:
      let header = try CookedHeader(parsing: &reader)
      self.init(number, Self.packetType(header), header.type, from: header.source)
    case .cooked2:
      let header = try CookedHeader(parsingSecondForm: &reader)
      self.init(
        interface ?? header.interface ?? number,
        Self.packetType(header),
        header.type,
        from: header.source
      )
    case .null, .loop:
      // A family before the packet, whose numbers and byte order differ between systems: the packet says it better.
      try reader.skip(4, field: "loopback header")
      self.init(number, packetType, try Self.version(reader))
    case .raw, .rawBSD, .ipv4, .ipv6: self.init(number, packetType, try Self.version(reader))
    default:
      throw WireError(.invalidValue(UInt64(linkType.rawValue)), offset: reader.offset, field: "link type")
    }
  }

  private init(
    _ interface: InterfaceIndex,
    _ packetType: Sighting.PacketType?,
    _ type: EtherType,
    from source: MACAddress? = nil,
    to destination: MACAddress? = nil
  ) {
    self.source = source
    self.destination = destination
    self.type = type
    self.interface = interface
    self.packetType = packetType
  }

  private static func packetType(_ header: CookedHeader) -> Sighting.PacketType? {
    UInt8(exactly: header.packetType).flatMap { Sighting.PacketType(rawValue: $0) }
  }

  /// What an IP packet says that it is.
  private static func version(_ reader: borrowing ByteReader) throws(WireError) -> EtherType {
    let first = try reader.peekByte(field: "IP version")
    switch first >> 4 {
    case 4: return .ipv4
    case 6: return .ipv6
    default: throw WireError(.invalidValue(UInt64(first >> 4)), offset: reader.offset, field: "IP version")
    }
  }
}
