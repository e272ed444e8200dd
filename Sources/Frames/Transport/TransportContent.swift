internal import NetworkTypes
internal import WireFormat

/// What an IP packet carries, decoded; fragments are not.
public enum TransportContent: Hashable, Sendable {
  /// RFC 768.
  case udp(UDPHeader, [UInt8])
  /// RFC 9293.
  case tcp(TCPHeader, [UInt8])
  /// RFC 792 over IPv4, RFC 4443 over IPv6.
  case icmp(ICMPHeader, [UInt8])
  /// Anything else.
  case other([UInt8])

  /// Reads a packet's payload to the reader's end.
  init(_ number: IPProtocol, isFragment: Bool, _ reader: inout ByteReader) {
    var attempt = reader
    let parsed: TransportContent? = isFragment ? nil : Self.parse(number, &attempt)
    self = parsed ?? .other(reader.readRemainingBytes())
  }

  private static func parse(_ number: IPProtocol, _ reader: inout ByteReader) -> TransportContent? {
    switch number {
    case .udp:
      guard let header = try? UDPHeader(parsing: &reader),
        header.payloadCount(of: reader.remaining) == reader.remaining
      else { return nil }
      return .udp(header, reader.readRemainingBytes())
    case .tcp:
      guard let header = try? TCPHeader(parsing: &reader) else { return nil }
      return .tcp(header, reader.readRemainingBytes())
    case .icmp, .icmpv6:
      guard let header = try? ICMPHeader(parsing: &reader) else { return nil }
      return .icmp(header, reader.readRemainingBytes())
    default: return nil
    }
  }

  func write(to writer: inout ByteWriter, over pseudoHeader: PseudoHeader) {
    switch self {
    case .udp(let header, let data): header.write(to: &writer, over: pseudoHeader) { $0.write(data) }
    case .tcp(let header, let data): header.write(to: &writer, over: pseudoHeader) { $0.write(data) }
    case .icmp(let header, let body):
      let covered = pseudoHeader.protocol == .icmp ? nil : pseudoHeader
      header.write(to: &writer, over: covered) { $0.write(body) }
    case .other(let bytes): writer.write(bytes)
    }
  }
}
