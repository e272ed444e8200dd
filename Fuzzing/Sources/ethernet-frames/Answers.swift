import Frames
import NetworkTypes
import WireFormat

/// A request is answered by whoever has its target.
func answer(_ packet: ARPPacket, _ header: EthernetHeader) {
  let reply = ARPPacket(
    .reply,
    senderLink: header.destination,
    sender: packet.target,
    targetLink: packet.senderLink,
    target: packet.sender
  )
  precondition(reply.isAnnouncement == packet.isAnnouncement, "who asks for itself announces itself")
  check(EthernetFrame(header.answer, .arp(reply)))
}

/// A datagram or a segment is answered, anything else met with an error.
func answer(_ header: IPv4Header, _ content: TransportContent, _ frame: EthernetFrame) {
  let packet = Array(frame.packet)
  checkFlow(of: packet, content, header.pseudoHeader)
  if let answer = content.answer {
    let header = IPv4Header(
      protocol: header.protocol,
      source: header.destination,
      destination: header.source
    )
    check(EthernetFrame(frame.header.answer, .ipv4(header, answer)))
  } else {
    let error = IPv4Header(protocol: .icmp, source: header.destination, destination: header.source)
    let quotation = TransportContent.icmp(
      ICMPHeader(type: ICMPType.destinationUnreachable, code: 3),
      quotation(of: packet)
    )
    check(EthernetFrame(frame.header.answer, .ipv4(error, quotation)))
  }
  if case .icmp(let message, let body) = content, ICMPType.isError(message.type) { readQuotation(body) }
}

/// As over IPv4; and what is neighbour discovery is answered as such.
func answer(_ header: IPv6Header, _ content: TransportContent, _ frame: EthernetFrame) {
  let packet = Array(frame.packet)
  checkFlow(of: packet, content, header.pseudoHeader)
  if let answer = content.answer {
    let header = IPv6Header(
      protocol: header.protocol,
      source: header.destination,
      destination: header.source
    )
    check(EthernetFrame(frame.header.answer, .ipv6(header, answer)))
  } else {
    let error = IPv6Header(protocol: .icmpv6, source: header.destination, destination: header.source)
    let quotation = TransportContent.icmp(
      ICMPHeader(type: ICMPv6Type.destinationUnreachable, code: 4),
      quotation(of: packet)
    )
    check(EthernetFrame(frame.header.answer, .ipv6(error, quotation)))
  }
  guard case .icmp(let message, let body) = content else { return }
  if ICMPv6Type.isError(message.type) { readQuotation(body) }
  discover(header, Array(packet.suffix(body.count + 4)), frame.header)
}

/// Reads an ICMPv6 packet as neighbour discovery, and advertises what a solicitation asks for.
private func discover(_ header: IPv6Header, _ packet: [UInt8], _ link: EthernetHeader) {
  guard let message = NeighbourMessage(decoding: packet) else { return }
  let encoded = message.encoded(over: header.pseudoHeader)
  precondition(NeighbourMessage(decoding: encoded) == message, "neighbour discovery decoded differently")
  let whole = NeighbourMessage(
    message.kind,
    flags: message.flags,
    target: message.target,
    options: message.options
  )
  precondition(whole.link == message.link, "the link address is not among the options")
  let answer = NeighbourMessage(
    .advertisement,
    flags: [.solicited, .override],
    target: message.target,
    link: message.link ?? link.destination
  )
  let pseudoHeader = PseudoHeader(
    source: .v6(message.target),
    destination: .v6(header.source),
    protocol: .icmpv6
  )
  let advertisement = answer.encoded(over: pseudoHeader)
  precondition(sum(advertisement[...], over: pseudoHeader) == 0, "a wrong checksum")
  let decoded = NeighbourMessage(decoding: advertisement)
  precondition(decoded?.link == answer.link, "neighbour discovery decoded differently")
}

/// An error that quotes a packet tells whose it was.
private func checkFlow(of packet: [UInt8], _ content: TransportContent, _ pseudoHeader: PseudoHeader) {
  let ports: (source: UInt16, destination: UInt16)? =
    switch content {
    case .udp(let header, _): (header.sourcePort, header.destinationPort)
    case .tcp(let header, _): (header.sourcePort, header.destinationPort)
    case .icmp: (0, 0)
    // A fragment, or cut off: ports may be there or not.
    case .other: nil
    }
  guard let flow = readQuotation(quotation(of: packet)) else {
    precondition(ports == nil, "a whole packet has no flow")
    return
  }
  precondition(flow.source.address == pseudoHeader.source, "another source")
  precondition(flow.destination.address == pseudoHeader.destination, "another destination")
  precondition(flow.protocol == pseudoHeader.protocol, "another protocol")
  guard let ports else { return }
  precondition(flow.source.port == ports.source, "another source port")
  precondition(flow.destination.port == ports.destination, "another destination port")
}

private func quotation(of packet: [UInt8]) -> [UInt8] {
  var writer = ByteWriter()
  ICMPError(quoted: packet).write(to: &writer)
  return writer.bytes
}

@discardableResult
private func readQuotation(_ body: [UInt8]) -> QuotedFlow? {
  var reader = ByteReader(body.span)
  return (try? ICMPError(parsing: &reader))?.flow
}

extension EthernetHeader {
  /// The header of an answer.
  fileprivate var answer: EthernetHeader {
    EthernetHeader(destination: source, source: destination, tags: tags, type: type)
  }
}

extension TransportContent {
  /// What a host may answer: the same data, or a reset.
  fileprivate var answer: TransportContent? {
    switch self {
    case .udp(let header, let data):
      return .udp(UDPHeader(sourcePort: header.destinationPort, destinationPort: header.sourcePort), data)
    case .tcp(let header, _):
      var reset = TCPHeader(sourcePort: header.destinationPort, destinationPort: header.sourcePort)
      reset.sequence = header.acknowledgement
      reset.flags = .reset
      return .tcp(reset, [])
    case .icmp, .other: return nil
    }
  }
}

extension NeighbourMessage {
  fileprivate init?(decoding packet: [UInt8]) {
    var reader = ByteReader(packet.span)
    guard let message = try? NeighbourMessage(parsing: &reader) else { return nil }
    self = message
  }

  fileprivate func encoded(over pseudoHeader: PseudoHeader) -> [UInt8] {
    var writer = ByteWriter()
    write(to: &writer, over: pseudoHeader)
    return writer.bytes
  }
}
