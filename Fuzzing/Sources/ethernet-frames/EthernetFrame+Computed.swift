import Frames
import NetworkTypes
import WireFormat

extension EthernetFrame {
  init?(decoding bytes: [UInt8]) {
    var reader = ByteReader(bytes.span)
    guard let frame = try? EthernetFrame(parsing: &reader) else { return nil }
    self = frame
  }

  var encoded: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }

  /// The same with all lengths and checksums to be computed.
  var computed: EthernetFrame {
    var frame = self
    switch content {
    case .ipv4(var header, let content):
      header.totalLength = .computed
      header.checksum = .computed
      frame.content = .ipv4(header, content.computed)
    case .ipv6(var header, let content):
      header.payloadLength = .computed
      frame.content = .ipv6(header, content.computed)
    case .arp, .other: break
    }
    return frame
  }

  /// The bytes of what the frame carries.
  var packet: ArraySlice<UInt8> { encoded.dropFirst(14 + 4 * header.tags.count).dropLast(trailer.count) }

  /// Whether the checksums that are there are right: a sum over data with a right one is 0 (RFC 1071).
  var hasRightChecksums: Bool {
    let packet = packet
    switch content {
    case .ipv4(let header, let content):
      return sum(packet.prefix(header.headerLength)) == 0
        && content.hasRightChecksum(packet.dropFirst(header.headerLength), header.pseudoHeader)
    case .ipv6(let header, let content):
      return content.hasRightChecksum(packet.dropFirst(header.encodedLength), header.pseudoHeader)
    case .arp, .other: return true
    }
  }
}

extension TransportContent {
  fileprivate var computed: TransportContent {
    switch self {
    case .udp(var header, let data):
      header.length = .computed
      header.checksum = .computed
      return .udp(header, data)
    case .tcp(var header, let data):
      header.checksum = .computed
      return .tcp(header, data)
    case .icmp(var header, let body):
      header.checksum = .computed
      return .icmp(header, body)
    case .other: return self
    }
  }

  fileprivate func hasRightChecksum(_ segment: ArraySlice<UInt8>, _ pseudoHeader: PseudoHeader) -> Bool {
    switch self {
    case .udp, .tcp: sum(segment, over: pseudoHeader) == 0
    case .icmp: sum(segment, over: pseudoHeader.protocol == .icmp ? nil : pseudoHeader) == 0
    case .other: true
    }
  }
}

extension IPv6Header {
  /// Length in bytes of the header with its extension headers.
  fileprivate var encodedLength: Int {
    var writer = ByteWriter()
    write(to: &writer) { _ in }
    return writer.count
  }
}

/// The checksum over a segment and, laid out as RFC 8200, section 8.1 has it, its pseudo-header.
func sum(_ segment: ArraySlice<UInt8>, over pseudoHeader: PseudoHeader? = nil) -> UInt16 {
  var covered = ByteWriter()
  if let pseudoHeader {
    covered.write(pseudoHeader.source.octets)
    covered.write(pseudoHeader.destination.octets)
    covered.writeBigEndian(UInt32(segment.count))
    covered.writeBigEndian(UInt32(pseudoHeader.protocol.rawValue))
  }
  covered.write(segment)
  var sum = InternetChecksum()
  sum.add(covered.bytes.span)
  return sum.value
}
