public import WireFormat

/// A whole Ethernet frame, decoded as deep as its bytes allow: what isn't understood at one layer is kept as
/// that layer's payload.
///
/// For tools and tests; following lookups reads headers only, which needs no copies.
public struct EthernetFrame: Hashable, Sendable {
  /// What a frame carries.
  public enum Content: Hashable, Sendable {
    /// RFC 826.
    case arp(ARPPacket)
    /// RFC 791.
    case ipv4(IPv4Header, TransportContent)
    /// RFC 8200.
    case ipv6(IPv6Header, TransportContent)
    /// Anything else.
    case other([UInt8])
  }

  /// The header.
  public var header: EthernetHeader
  /// What it carries.
  public var content: Content
  /// What follows, such as padding to the shortest length of a frame.
  public var trailer: [UInt8]

  /// A frame.
  public init(_ header: EthernetHeader, _ content: Content, trailer: [UInt8] = []) {
    self.header = header
    self.content = content
    self.trailer = trailer
  }

  /// Reads a frame to the reader's end. Only a broken Ethernet header is an error.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    header = try EthernetHeader(parsing: &reader)
    var attempt = reader
    let parsed: Content? =
      switch header.type {
      case .arp: (try? ARPPacket(parsing: &attempt)).map { .arp($0) }
      case .ipv4: try? Self.parseIPv4(&attempt)
      case .ipv6: try? Self.parseIPv6(&attempt)
      default: nil
      }
    if let parsed {
      try reader.skip(reader.remaining - attempt.remaining)
      content = parsed
      trailer = reader.readRemainingBytes()
    } else {
      content = .other(reader.readRemainingBytes())
      trailer = []
    }
  }

  private static func parseIPv4(_ reader: inout ByteReader) throws(WireError) -> Content {
    let header = try IPv4Header(parsing: &reader)
    var payload = try reader.readReader(header.payloadCount(of: reader.remaining))
    return .ipv4(header, TransportContent(header.protocol, isFragment: header.isFragment, &payload))
  }

  private static func parseIPv6(_ reader: inout ByteReader) throws(WireError) -> Content {
    let header = try IPv6Header(parsing: &reader)
    var payload = try reader.readReader(header.payloadCount(of: reader.remaining))
    return .ipv6(header, TransportContent(header.protocol, isFragment: header.isFragment, &payload))
  }

  /// Writes the frame.
  public func write(to writer: inout ByteWriter) {
    header.write(to: &writer)
    switch content {
    case .arp(let packet): packet.write(to: &writer)
    case .ipv4(let header, let content):
      header.write(to: &writer) { content.write(to: &$0, over: header.pseudoHeader) }
    case .ipv6(let header, let content):
      header.write(to: &writer) { content.write(to: &$0, over: header.pseudoHeader) }
    case .other(let bytes): writer.write(bytes)
    }
    writer.write(trailer)
  }
}
