import Frames
import NetworkTypes
import Observation
import Sensing
import Testing
import WireFormat

@Suite struct SightingTests {
  static let client = MACAddress(0x0242_ac12_0002)
  static let gateway = MACAddress(0x0200_0000_0001)
  static let time = Timestamp(nanoseconds: 1_764_000_000_123_456_789)

  func frame(_ type: EtherType, _ contents: (inout ByteWriter) -> Void) -> [UInt8] {
    var writer = ByteWriter()
    EthernetHeader(destination: Self.gateway, source: Self.client, type: type).write(to: &writer)
    contents(&writer)
    return writer.bytes
  }

  func sighting(_ frame: [UInt8]) -> Sighting? {
    Sighting(frame: frame.span, time: Self.time, interface: InterfaceIndex(7), packetType: .otherHost)
  }

  func query(_ name: String, _ identifier: UInt16) throws -> DNSMessage {
    DNSMessage(query: DNSQuestion(try #require(DNSName(name)), .a), identifier: identifier)
  }

  func udp(_ message: DNSMessage, to port: UInt16 = 53) -> [UInt8] {
    frame(.ipv4) { writer in
      let header = IPv4Header(
        protocol: .udp,
        source: IPv4Address(172, 18, 0, 2),
        destination: IPv4Address(10, 0, 0, 53)
      )
      header.write(to: &writer) { writer in
        UDPHeader(sourcePort: 40_000, destinationPort: port).write(
          to: &writer,
          over: header.pseudoHeader
        ) { message.write(to: &$0) }
      }
    }
  }

  func tcp(_ data: [UInt8]) -> [UInt8] {
    frame(.ipv6) { writer in
      let header = IPv6Header(protocol: .tcp, source: IPv6Address(2), destination: IPv6Address(1))
      header.write(to: &writer) { writer in
        TCPHeader(sourcePort: 53, destinationPort: 40_000).write(to: &writer, over: header.pseudoHeader) {
          $0.write(data)
        }
      }
    }
  }

  @Test func `a request over UDP and IPv4`() throws {
    let sighting = try #require(self.sighting(udp(query("Registry.Example.", 0xbeef))))
    #expect(sighting.time == Self.time)
    #expect(sighting.interface == InterfaceIndex(7))
    #expect(sighting.packetType == .otherHost)
    #expect(sighting.linkSource == Self.client)
    #expect(sighting.linkDestination == Self.gateway)
    let expected = Sighting.Message(
      source: SocketAddress(.v4(IPv4Address(172, 18, 0, 2)), port: 40_000),
      destination: SocketAddress(.v4(IPv4Address(10, 0, 0, 53)), port: 53),
      transaction: 0xbeef,
      isResponse: false,
      responseCode: 0,
      question: NameDigest.of("registry.example"),
      type: 1,
      transport: .udp,
      // Ethernet, IPv4, UDP and DNS have headers of 14, 20, 8 and 12 octets.
      nameOffset: 54
    )
    #expect(sighting.content == .dns(expected))
  }

  @Test func `a response over TCP and IPv6, after its length`() throws {
    var message = try query("a.example", 7)
    message.flags = [.response, .recursionAvailable]
    message.flags.responseCode = 3
    var data = ByteWriter()
    data.writeWithLengthBigEndian16 { message.write(to: &$0) }
    guard case .dns(let seen) = try #require(sighting(tcp(data.bytes))).content else {
      Issue.record("no DNS message")
      return
    }
    #expect(seen.transport == .tcp)
    #expect(seen.isResponse)
    #expect(seen.responseCode == 3)
    #expect(seen.transaction == 7)
    #expect(seen.source == SocketAddress(.v6(IPv6Address(2)), port: 53))
  }

  @Test func `a segment without data, another port and cut frames are nothing`() throws {
    #expect(sighting(tcp([])) == nil)
    #expect(try sighting(udp(query("a.example", 1), to: 443)) == nil)
    let whole = try udp(query("a.example", 1))
    for length in 0..<whole.count { #expect(sighting(Array(whole.prefix(length))) == nil) }
  }

  @Test func `an ARP reply says who has the address`() throws {
    let frame = frame(.arp) { writer in
      ARPPacket(
        .reply,
        senderLink: Self.client,
        sender: IPv4Address(172, 18, 0, 2),
        targetLink: Self.gateway,
        target: IPv4Address(172, 18, 0, 1)
      ).write(to: &writer)
    }
    let expected = Sighting.Resolution(
      isReply: true,
      sender: .v4(IPv4Address(172, 18, 0, 2)),
      senderLink: Self.client,
      target: .v4(IPv4Address(172, 18, 0, 1))
    )
    #expect(sighting(frame)?.content == .resolution(expected))
  }

  @Test(arguments: [NeighbourMessage.Kind.solicitation, .advertisement])
  func `neighbour discovery says the same for IPv6`(_ kind: NeighbourMessage.Kind) throws {
    let frame = frame(.ipv6) { writer in
      let header = IPv6Header(protocol: .icmpv6, source: IPv6Address(2), destination: IPv6Address(1))
      let message = NeighbourMessage(kind, target: IPv6Address(9), link: Self.client)
      header.write(to: &writer) { message.write(to: &$0, over: header.pseudoHeader) }
    }
    let expected = Sighting.Resolution(
      isReply: kind == .advertisement,
      sender: .v6(IPv6Address(2)),
      senderLink: Self.client,
      target: .v6(IPv6Address(9))
    )
    #expect(sighting(frame)?.content == .resolution(expected))
  }
}
