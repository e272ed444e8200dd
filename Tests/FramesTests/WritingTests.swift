import Frames
import NetworkTypes
import Testing
import WireFormat

@Suite struct WritingTests {
  private let pseudoHeader = PseudoHeader(
    source: .v4(IPv4Address(10, 0, 0, 1)),
    destination: .v4(IPv4Address(10, 0, 0, 2)),
    protocol: .udp
  )

  private func bytes(_ write: (inout ByteWriter) -> Void) -> [UInt8] {
    var writer = ByteWriter()
    write(&writer)
    return writer.bytes
  }

  @Test func `a wrong checksum and a wrong length are written if they are stated`() {
    var header = UDPHeader(sourcePort: 1, destinationPort: 2)
    header.checksum = .stated(0xdead)
    header.length = .stated(9)
    let written = bytes { header.write(to: &$0, over: pseudoHeader) { $0.write([1, 2, 3]) } }
    #expect(written == [0, 1, 0, 2, 0, 9, 0xde, 0xad, 1, 2, 3])
  }

  @Test func `a UDP checksum of zero is written as its complement`() {
    // The data makes the sum 0xffff: 0x0a00 + 0x0001 + 0x0a00 + 0x0002 + 17 + 10 + 1 + 2 + 10 + x = 0xffff.
    let x: UInt16 = 0xffff - (0x0a00 + 1 + 0x0a00 + 2 + 17 + 10 + 1 + 2 + 10)
    let header = UDPHeader(sourcePort: 1, destinationPort: 2)
    let written = bytes { header.write(to: &$0, over: pseudoHeader) { $0.writeBigEndian(x) } }
    #expect(written[6...7] == [0xff, 0xff])
  }

  @Test func `IPv4 options and IPv6 options are padded`() throws {
    var header = IPv4Header(protocol: .udp, source: .any, destination: .loopback)
    header.options = [1, 1, 1, 1, 1]
    let written = bytes { header.write(to: &$0) { $0.write([9]) } }
    #expect(written.count == 29)
    #expect(written[0] == 0x47)
    #expect(written[3] == 29)
    var header6 = IPv6Header(protocol: .udp, source: .any, destination: .loopback)
    header6.extensions = [.hopByHopOptions([]), .destinationOptions(Array(repeating: 0, count: 7))]
    let written6 = bytes { header6.write(to: &$0) { $0.write([9]) } }
    #expect(written6.count == 40 + 8 + 16 + 1)
    #expect(written6[5] == 25)
    var reader = ByteReader(written6.span)
    let read = try IPv6Header(parsing: &reader)
    let payload = read.payloadCount(of: reader.remaining)
    #expect(payload == 1)
    #expect(read.extensions.map(\.number) == [.hopByHopOptions, .destinationOptions])
  }

  @Test func `padding after a packet is not its payload`() throws {
    let header = IPv4Header(protocol: .udp, source: .any, destination: .loopback)
    let written = bytes { header.write(to: &$0) { $0.write([9]) } } + [0, 0, 0, 0, 0]
    var reader = ByteReader(written.span)
    let read = try IPv4Header(parsing: &reader)
    let payload = read.payloadCount(of: reader.remaining)
    #expect(payload == 1)
  }

  @Test func `endless tags and extension headers are errors`() {
    let tags = Array(repeating: [0x81, 0, 0, 1] as [UInt8], count: 9).joined()
    let frame = [UInt8](repeating: 0, count: 12) + tags + [8, 0]
    #expect { try EthernetFrame(frame) } throws: { ($0 as? WireError)?.reason == .tooDeep }
    var header = IPv6Header(protocol: .udp, source: .any, destination: .loopback)
    header.extensions = Array(repeating: .destinationOptions([]), count: 17)
    let written = bytes { header.write(to: &$0) { _ in } }
    var reader = ByteReader(written.span)
    var thrown: WireError?
    do { _ = try IPv6Header(parsing: &reader) } catch { thrown = error }
    #expect(thrown?.reason == .tooDeep)
  }

  @Test func `neighbour options of length zero are errors, unknown ones are kept`() throws {
    let option = NeighbourOption.unknown(type: 5, [0, 0, 0, 0, 5, 0xdc])
    let written = bytes { NeighbourSolicitation(target: .loopback, options: [option]).write(to: &$0) }
    var reader = ByteReader(written.span)
    let read = try NeighbourSolicitation(parsing: &reader)
    #expect(read.options == [option])
    #expect(read.sourceLink == nil)
    let broken = Array(written.prefix(20)) + [1, 0, 0, 0, 0, 0, 0, 0]
    var second = ByteReader(broken.span)
    var thrown: WireError?
    do { _ = try NeighbourSolicitation(parsing: &second) } catch { thrown = error }
    #expect(thrown == WireError(.invalidLength(0), offset: 21, field: "neighbour option"))
  }
}

@Suite struct DNSMessageTests {
  private let name = DNSName(labels: [[0x61]]) ?? .root

  @Test func `every kind of record survives`() throws {
    let soa = DNSStartOfAuthority(
      primary: name,
      mailbox: name,
      serial: 1,
      refresh: 2,
      retry: 3,
      expire: 4,
      minimum: 5
    )
    let data: [DNSRecordData] = [
      .a(.loopback), .aaaa(.loopback), .cname(name), .ns(name), .ptr(name),
      .mx(preference: 5, exchange: name), .soa(soa), .txt([[], [1, 2, 255]]),
      .unknown(DNSRecordType(rawValue: 65), [0xc0, 0, 1]), .unknown(.a, []),
    ]
    let message = DNSMessage(
      identifier: 1,
      flags: [.response],
      questions: [DNSQuestion(name, .any)],
      answers: data.map { DNSRecord(name, timeToLive: 6, $0) },
      authorities: [DNSRecord(.root, class: DNSClass(rawValue: 3), timeToLive: 0, .unknown(.a, [1]))]
    )
    #expect(try DNSMessage(message.encoded) == message)
  }

  @Test func `EDNS extends the response code, and says why`() throws {
    let error = ExtendedDNSError(23, text: Array("timed out\u{1b}[2J".utf8))
    let options: [EDNSOption] = [.extendedError(error), .unknown(code: 10, [1, 2]), .unknown(code: 15, [1])]
    let edns = EDNS(bufferSize: 1232, upperResponseCode: 1, flags: 0x8000, options: options)
    var message = DNSMessage(identifier: 1, flags: .response, additional: [edns.record])
    message.flags.responseCode = 7
    let read = try DNSMessage(message.encoded)
    #expect(read.edns == edns)
    #expect(read.responseCode == DNSResponseCode(rawValue: 23))
    #expect(error.description == "23 (Network Error): timed out?[2J")
    #expect(ExtendedDNSError(999).description == "999")
  }

  @Test func `a record whose data has the wrong length is an error`() throws {
    let record = DNSRecord(name, timeToLive: 0, .a(.loopback))
    var bytes = DNSMessage(identifier: 1, flags: .response, answers: [record]).encoded
    bytes[bytes.count - 5] = 3
    #expect { try DNSMessage(bytes) } throws: { ($0 as? WireError)?.reason == .invalidLength(3) }
  }

  @Test func `a message is read where it begins`() throws {
    let message = DNSMessage(
      identifier: 1,
      flags: .response,
      questions: [DNSQuestion(name, .a)],
      answers: [DNSRecord(name, timeToLive: 0, .a(.loopback))]
    )
    let bytes = [7, 7, 7] + message.encoded + [9]
    var reader = ByteReader(bytes.span)
    try reader.skip(3)
    let read = try DNSMessage(parsing: &reader)
    let rest = reader.readRemainingBytes()
    #expect(read == message)
    #expect(rest == [9])
  }

  @Test(arguments: [("A", 1), ("aaaa", 28), ("TYPE65280", 65_280), ("HTTPS", 65)] as [(String, UInt16)])
  func `types have names`(text: String, number: UInt16) {
    #expect(DNSRecordType(text)?.rawValue == number)
    #expect(DNSRecordType(rawValue: number).description == text.uppercased())
  }
}
