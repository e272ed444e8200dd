internal import Frames
public import NetworkTypes
public import Observation
internal import WireFormat

extension Sighting {
  /// What a frame, or the first part of it, tells about name resolution; nil if it has nothing to do with it, or
  /// can't be understood.
  ///
  /// Of DNS over TCP the segments are seen that begin with a message, its length before it (RFC 1035, section
  /// 4.2.2). Later fragments, which don't have the header, are not seen.
  ///
  /// - Parameters:
  ///   - linkType: what the frame begins with; frames of types that aren't known are not understood.
  ///   - interface: where it was seen; nil for where a cooked frame of the second form says itself.
  ///   - packetType: what the kernel took it for; cooked frames say so themselves.
  public init?(
    frame: Span<UInt8>,
    linkType: LinkType = .ethernet,
    time: Timestamp,
    interface: InterfaceIndex?,
    packetType: PacketType?
  ) {
    if let plain = PlainFrame(frame, linkType: linkType) {
      self = plain.sighting(of: frame, at: time, interface: interface, packetType: packetType)
      return
    }
    self.init(anyFrame: frame, linkType: linkType, time: time, interface: interface, packetType: packetType)
  }

  /// The same by the general way, for frames of all kinds.
  init?(
    anyFrame frame: Span<UInt8>,
    linkType: LinkType,
    time: Timestamp,
    interface: InterfaceIndex?,
    packetType: PacketType?
  ) {
    var reader = ByteReader(frame)
    do {
      let link = try LinkHeader(linkType, interface, packetType, &reader)
      let content: Content? =
        switch link.type {
        case .arp: .resolution(Resolution(try ARPPacket(parsing: &reader)))
        case .ipv4: try Self.contentOfIPv4(&reader)
        case .ipv6: try Self.contentOfIPv6(&reader)
        default: nil
        }
      guard let content else { return nil }
      self.init(
        time: time,
        interface: link.interface,
        packetType: link.packetType,
        linkSource: link.source,
        linkDestination: link.destination,
        content: content
      )
    } catch {
      return nil
    }
  }

  private static func contentOfIPv4(_ reader: inout ByteReader) throws(WireError) -> Content? {
    let header = try IPv4Header(parsing: &reader)
    guard header.fragmentOffset == 0 else { return nil }
    var payload = try reader.readReader(header.payloadCount(of: reader.remaining))
    let message = try Message(
      &payload,
      header.protocol,
      from: .v4(header.source),
      to: .v4(header.destination)
    )
    return message.map(Content.dns)
  }

  private static func contentOfIPv6(_ reader: inout ByteReader) throws(WireError) -> Content? {
    let header = try IPv6Header(parsing: &reader)
    for case .fragment(let offset, _, _, _) in header.extensions where offset != 0 { return nil }
    var payload = try reader.readReader(header.payloadCount(of: reader.remaining))
    if header.protocol == .icmpv6 {
      guard NeighbourMessage.Kind(rawValue: try payload.peekByte()) != nil else { return nil }
      return .resolution(Resolution(try NeighbourMessage(parsing: &payload), from: header.source))
    }
    let message = try Message(
      &payload,
      header.protocol,
      from: .v6(header.source),
      to: .v6(header.destination)
    )
    return message.map(Content.dns)
  }
}

extension Sighting.Resolution {
  fileprivate init(_ packet: ARPPacket) {
    self.init(
      isReply: packet.operation == .reply,
      sender: .v4(packet.sender),
      senderLink: packet.senderLink,
      target: .v4(packet.target)
    )
  }

  fileprivate init(_ message: NeighbourMessage, from source: IPv6Address) {
    self.init(
      isReply: message.kind == .advertisement,
      sender: .v6(source),
      senderLink: message.link,
      target: .v6(message.target)
    )
  }
}

extension Sighting.Message {
  private static let domainPort: UInt16 = 53

  /// The message in a UDP datagram or at the beginning of a TCP segment's data; nil for other protocols and
  /// ports, and for segments without a message's beginning.
  fileprivate init?(
    _ reader: inout ByteReader,
    _ number: IPProtocol,
    from source: IPAddress,
    to destination: IPAddress
  ) throws(WireError) {
    let ports: (source: UInt16, destination: UInt16)
    let transport: DNSTransport
    let digest: DNSDigest
    let start: Int
    if number == .udp {
      let header = try UDPHeader(parsing: &reader)
      ports = (header.sourcePort, header.destinationPort)
      guard Self.areDomain(ports) else { return nil }
      transport = .udp
      var message = try reader.readReader(header.payloadCount(of: reader.remaining))
      start = message.offset
      digest = try DNSDigest(parsing: &message)
    } else if number == .tcp {
      let header = try TCPHeader(parsing: &reader)
      ports = (header.sourcePort, header.destinationPort)
      guard Self.areDomain(ports), !reader.isAtEnd else { return nil }
      transport = .tcp
      let length = Int(try reader.readBigEndian(UInt16.self, field: "DNS length"))
      var message = try reader.readReader(min(length, reader.remaining))
      start = message.offset
      digest = try DNSDigest(parsing: &message)
    } else {
      return nil
    }
    self.init(
      source: SocketAddress(source, port: ports.source),
      destination: SocketAddress(destination, port: ports.destination),
      transaction: digest.header.identifier,
      isResponse: digest.header.flags.contains(.response),
      responseCode: UInt16(digest.header.flags.responseCode),
      question: digest.question,
      type: digest.type.rawValue,
      transport: transport,
      nameOffset: digest.header.questionCount > 0 ? Int32(start + DNSHeader.size) : 0
    )
  }

  private static func areDomain(_ ports: (source: UInt16, destination: UInt16)) -> Bool {
    ports.source == domainPort || ports.destination == domainPort
  }
}
