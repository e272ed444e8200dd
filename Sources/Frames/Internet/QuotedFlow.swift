public import NetworkTypes
public import WireFormat

/// The flow of a packet that an ICMP error quotes: errors quote eight bytes after the IP header at least
/// (RFC 792), and these have the ports.
public struct QuotedFlow: Hashable, Sendable {
  /// Who sent the quoted packet.
  public let source: SocketAddress
  /// Whom it was for.
  public let destination: SocketAddress
  /// What it carried.
  public let `protocol`: IPProtocol

  /// Reads the beginning of an IP packet; ports are 0 where there are none.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let addresses: (source: IPAddress, destination: IPAddress)
    // Only the first of several fragments has the ports.
    let isBeginning: Bool
    if try reader.peekByte(field: "IP version") >> 4 == 6 {
      let header = try IPv6Header(parsing: &reader)
      addresses = (.v6(header.source), .v6(header.destination))
      self.protocol = header.protocol
      isBeginning = header.isBeginning
    } else {
      let header = try IPv4Header(parsing: &reader)
      addresses = (.v4(header.source), .v4(header.destination))
      self.protocol = header.protocol
      isBeginning = header.fragmentOffset == 0
    }
    var ports: (UInt16, UInt16) = (0, 0)
    if isBeginning, self.protocol == .udp || self.protocol == .tcp {
      ports = (try reader.readBigEndian(field: "port"), try reader.readBigEndian(field: "port"))
    }
    source = SocketAddress(addresses.source, port: ports.0)
    destination = SocketAddress(addresses.destination, port: ports.1)
  }
}
