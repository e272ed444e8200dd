import Frames
import NetworkTypes
import WireFormat

extension EthernetFrame {
  init(_ bytes: [UInt8]) throws {
    var reader = ByteReader(bytes.span)
    self = try EthernetFrame(parsing: &reader)
  }

  var encoded: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }

  /// The same frame with every length and checksum to be computed.
  var recomputed: EthernetFrame {
    var frame = self
    switch content {
    case .ipv4(var header, let inner):
      header.totalLength = .computed
      header.checksum = .computed
      frame.content = .ipv4(header, inner.recomputed)
    case .ipv6(var header, let inner):
      header.payloadLength = .computed
      frame.content = .ipv6(header, inner.recomputed)
    case .arp, .other: break
    }
    return frame
  }

  /// The payload of IP.
  var transport: TransportContent? {
    switch content {
    case .ipv4(_, let inner), .ipv6(_, let inner): inner
    case .arp, .other: nil
    }
  }

  /// The bytes of a DNS message over UDP.
  var dns: [UInt8]? {
    guard case .udp(let header, let data) = transport, header.sourcePort == 53 || header.destinationPort == 53
    else { return nil }
    return data
  }
}

extension TransportContent {
  var recomputed: TransportContent {
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
}

extension DNSMessage {
  init(_ bytes: [UInt8]) throws {
    var reader = ByteReader(bytes.span)
    self = try DNSMessage(parsing: &reader)
  }

  var encoded: [UInt8] {
    var writer = ByteWriter()
    write(to: &writer)
    return writer.bytes
  }
}
