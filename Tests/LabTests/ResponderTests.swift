import Frames
import Lab
import NetworkTypes
import Observation
import Testing
import WireFormat

@Suite struct ResponderTests {
  private func responder(_ zone: Zone = Zone(origin: "lab.test"), seed: UInt64 = 1) throws -> Responder {
    Responder(try ZoneAnswers(zone), seed: seed)
  }

  private func query(
    _ name: String,
    _ type: DNSRecordType = .a,
    bufferSize: UInt16? = nil,
    change: (inout DNSMessage) -> Void = { _ in }
  ) throws -> [UInt8] {
    let question = DNSQuestion(try #require(DNSName(name)), type)
    var message = DNSMessage(query: question, identifier: 0x1234, bufferSize: bufferSize)
    change(&message)
    var writer = ByteWriter()
    message.write(to: &writer)
    return writer.bytes
  }

  private func decode(_ bytes: [UInt8]?) throws -> DNSMessage {
    let bytes = try #require(bytes)
    var reader = ByteReader(bytes.span)
    return try DNSMessage(parsing: &reader)
  }

  private func respond(
    _ responder: inout Responder,
    _ request: [UInt8],
    over transport: DNSTransport = .udp
  ) throws -> Responder.Response {
    let response = responder.respond(to: request.span, over: transport, LabResolver.Behaviour())
    return try #require(response)
  }

  @Test func `an answer repeats id and question and follows from the name`() throws {
    var responder = try responder()
    let request = try query("Web.lab.test")
    let response = try respond(&responder, request)
    let message = try decode(response.message)
    #expect(response.deed == .answered)
    #expect(response.delay == .zero)
    #expect(message.identifier == 0x1234)
    #expect(message.flags == [.response, .authoritative, .recursionDesired, .recursionAvailable])
    #expect(message.questions.map(\.name.description) == ["Web.lab.test"])
    let digest = NameDigest.of("web.lab.test")
    #expect(message.answers.map(\.data) == [.a(ZoneAnswers.address(of: digest))])
    #expect(message.edns == nil)
  }

  @Test func `addresses are in the blocks for tests`() throws {
    let block = try #require(IPPrefix("198.18.0.0/15"))
    let block6 = try #require(IPPrefix("2001:db8::/32"))
    for digest in [0, 1, UInt64.max, 0x8000_0000_0000_0000] {
      #expect(block.contains(.v4(ZoneAnswers.address(of: digest))))
      #expect(block6.contains(.v6(ZoneAnswers.address6(of: digest))))
    }
  }

  @Test func `fixed addresses are given to every name`() throws {
    let zone = Zone(
      origin: "lab.test",
      address: IPv4Address(192, 0, 2, 7),
      address6: .loopback,
      timeToLive: 9
    )
    var responder = try responder(zone)
    let request = try query("a.b.lab.test", .any)
    let response = try respond(&responder, request)
    let message = try decode(response.message)
    #expect(message.answers.map(\.data) == [.a(IPv4Address(192, 0, 2, 7)), .aaaa(.loopback)])
    #expect(message.answers.map(\.timeToLive) == [9, 9])
  }

  @Test(
    arguments: [
      ("mute.lab.test", .muted, nil, 0), ("SERVFAIL.lab.test", .servfail, 2, 0),
      ("x.refused.lab.test", .refused, 5, 0), ("nxdomain.lab.test", .answered, 3, 0),
      ("other.test", .answered, 3, 0), ("lab.test", .answered, 0, 0), ("d50.a.lab.test", .answered, 0, 50),
      ("d7.servfail.lab.test", .servfail, 2, 7), ("d.lab.test", .answered, 0, 0),
      ("dx5.lab.test", .answered, 0, 0), ("d999999999999999999999.lab.test", .answered, 0, 0),
      ("d99999999.lab.test", .answered, 0, 60_000),
    ] as [(String, LabResolver.Deed, UInt16?, Int)]
  )
  func `labels steer their own lookup`(
    name: String,
    deed: LabResolver.Deed,
    code: UInt16?,
    milliseconds: Int
  ) throws {
    var responder = try responder()
    let request = try query(name)
    let response = try respond(&responder, request)
    #expect(response.deed == deed)
    #expect(response.delay == .milliseconds(milliseconds))
    #expect(try response.message.map { try decode($0).responseCode.rawValue } == code)
  }

  @Test func `a type that the zone lacks has no records, and says so`() throws {
    var responder = try responder()
    let request = try query("a.lab.test", .mx)
    let response = try respond(&responder, request)
    let message = try decode(response.message)
    #expect(message.responseCode == .noError)
    #expect(message.answers.isEmpty)
    #expect(message.authorities.map(\.type) == [.soa])
  }

  @Test(
    arguments: [
      (nil, DNSTransport.udp, true), (700, .udp, true), (1400, .udp, false), (100, .udp, true),
      (nil, .tcp, false),
    ] as [(UInt16?, DNSTransport, Bool)]
  )
  func `what doesn't fit is truncated`(bufferSize: UInt16?, transport: DNSTransport, truncated: Bool) throws {
    var responder = try responder()
    let request = try query("s1000.lab.test", .txt, bufferSize: bufferSize)
    let response = try respond(&responder, request, over: transport)
    let message = try decode(response.message)
    #expect(message.flags.contains(.truncated) == truncated)
    #expect(message.answers.isEmpty == truncated)
    #expect(response.deed == (truncated ? .truncated : .answered))
    #expect((message.edns == nil) == (bufferSize == nil))
  }

  @Test func `trunc truncates over UDP alone`() throws {
    var responder = try responder()
    let request = try query("trunc.lab.test")
    let deeds = [DNSTransport.udp, .tcp].map {
      responder.respond(to: request.span, over: $0, LabResolver.Behaviour())?.deed
    }
    #expect(deeds == [.truncated, .answered])
  }

  @Test func `what isn't understood is rejected with the right code`() throws {
    var responder = try responder()
    let changes: [@Sendable (inout DNSMessage) -> Void] = [
      { $0.flags.opcode = 5 }, { $0.questions = [] },
      { $0.additional = [EDNS(bufferSize: 512, version: 1).record] },
    ]
    var codes: [DNSResponseCode] = []
    for change in changes {
      let request = try query("a.lab.test", change: change)
      let response = responder.respond(to: request.span, over: .udp, LabResolver.Behaviour())
      #expect(response?.deed == .rejected)
      codes.append(try decode(response?.message).responseCode)
    }
    let cut = try Array(query("a.lab.test").dropLast(3))
    codes.append(
      try decode(respond(&responder, cut).message).responseCode
    )
    #expect(codes == [.notImplemented, .formatError, .badVersion, .formatError])
  }

  @Test func `responses and scraps are ignored`() throws {
    var responder = try responder()
    let response = try query("a.lab.test") { $0.flags.insert(.response) }
    let scrap: [UInt8] = [1, 2, 3]
    let deeds = [response, scrap].map {
      responder.respond(to: $0.span, over: .udp, LabResolver.Behaviour())?.deed
    }
    #expect(deeds == [nil, nil])
  }

  @Test func `shares come out near what was asked for, and the same for the same seed`() throws {
    let behaviour = LabResolver.Behaviour(
      muteShare: 0.1,
      servfailShare: 0.2,
      refusedShare: 0.05,
      truncateShare: 0.15
    )
    let request = try query("a.lab.test")
    func deeds(seed: UInt64) throws -> [LabResolver.Deed] {
      var responder = try responder(seed: seed)
      return (0..<20_000).compactMap { _ in responder.respond(to: request.span, over: .udp, behaviour)?.deed }
    }
    let first = try deeds(seed: 5)
    #expect(try first == deeds(seed: 5))
    #expect(try first != deeds(seed: 6))
    let counts = Dictionary(grouping: first) { $0 }.mapValues { Double($0.count) / 20_000 }
    let expected: [LabResolver.Deed: Double] = [
      .muted: 0.1, .servfail: 0.2, .refused: 0.05, .truncated: 0.15, .answered: 0.5,
    ]
    for (deed, share) in expected {
      // Four standard deviations of a share of 20,000.
      let tolerance = 4 * (share * (1 - share) / 20_000).squareRoot()
      #expect(abs(counts[deed, default: 0] - share) < tolerance, "\(deed)")
    }
  }

  @Test func `an origin that is no name is an error`() {
    #expect(throws: Zone.InvalidOrigin.self) { try ZoneAnswers(Zone(origin: "a..b")) }
  }
}
