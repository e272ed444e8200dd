import Diagnosis
import Journeys
import NetworkTypes
import Observation
import Testing

/// Verdicts on requests through a host with a bridge, of which every interface was captured.
@Suite struct JourneyVerdictTests {
  private static let (port, bridge, uplink, otherPort) = (
    InterfaceIndex(0), InterfaceIndex(1), InterfaceIndex(2), InterfaceIndex(3)
  )
  private static let client = SocketAddress(.v4(IPv4Address(172, 18, 0, 2)), port: 40_000)
  private static let translated = SocketAddress(.v4(IPv4Address(198, 18, 0, 1)), port: 40_000)
  private static let server = SocketAddress(.v4(IPv4Address(192, 0, 2, 53)), port: 53)
  private static let (clientLink, gatewayLink, otherLink, uplinkLink, upstreamLink) = (
    MACAddress(0x0200_0000_0002), MACAddress(0x0200_0000_0001), MACAddress(0x0200_0000_0009),
    MACAddress(0x0200_0000_0010), MACAddress(0x0200_0000_0020)
  )

  /// A capture that is being made.
  private struct Capture: ~Copyable {
    var tracker = JourneyTracker()
    let isCooked: Bool
    private var frame = 0

    init(isCooked: Bool) { self.isCooked = isCooked }

    mutating func see(
      _ name: String,
      at seconds: Double,
      _ place: InterfaceIndex,
      _ packetType: Sighting.PacketType,
      from source: SocketAddress,
      to destination: SocketAddress,
      _ link: (MACAddress, MACAddress),
      code: UInt16? = nil
    ) {
      frame += 1
      let message = Sighting.Message(
        source: source,
        destination: destination,
        transaction: 7,
        isResponse: code != nil,
        responseCode: code ?? 0,
        question: NameDigest.of(name),
        type: 1,
        transport: .udp
      )
      let sighting = Sighting(
        time: Timestamp(nanoseconds: Int64((seconds * 1e9).rounded())),
        interface: place,
        packetType: isCooked ? packetType : nil,
        linkSource: link.0,
        linkDestination: isCooked ? nil : link.1,
        content: .dns(message)
      )
      _ = tracker.take(sighting, frame: frame)
    }

    /// A request at the client's port and, as `packetType`, on the bridge.
    mutating func arrive(_ name: String, at time: Double, for link: MACAddress, as type: Sighting.PacketType?)
    {
      see(name, at: time, port, .otherHost, from: client, to: server, (clientLink, link))
      if let type { see(name, at: time, bridge, type, from: client, to: server, (clientLink, link)) }
    }

    mutating func leave(_ name: String, at time: Double, as source: SocketAddress = translated) {
      see(name, at: time, uplink, .outgoing, from: source, to: server, (uplinkLink, upstreamLink))
    }

    mutating func comeBack(
      _ name: String,
      at time: Double,
      code: UInt16 = 0,
      from link: MACAddress = gatewayLink
    ) {
      see(name, at: time, uplink, .host, from: server, to: translated, (upstreamLink, uplinkLink), code: code)
      see(name, at: time + 1e-5, bridge, .outgoing, from: server, to: client, (link, clientLink), code: code)
      see(name, at: time + 2e-5, port, .outgoing, from: server, to: client, (link, clientLink), code: code)
    }

    mutating func answered(_ name: String, at time: Double, by link: MACAddress = gatewayLink) {
      arrive(name, at: time, for: link, as: .host)
      leave(name, at: time + 1e-4)
      comeBack(name, at: time + 1e-3, from: link)
    }

    /// The verdicts on what failed.
    mutating func verdicts() -> [JourneyVerdict] {
      tracker.pass(to: Timestamp(nanoseconds: 3_600_000_000_000))
      tracker.end()
      let network = tracker.network
      return tracker.takeFinished().map {
        JourneyVerdict(of: $0, network: network) { "place \($0.rawValue)" }
      }
    }
  }

  private func expect(
    _ verdicts: [JourneyVerdict],
    _ stage: Stage,
    _ causes: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(verdicts.map(\.stage) == [stage], sourceLocation: sourceLocation)
    let named = verdicts.flatMap { $0.cause.map { [$0.id.rawValue] } ?? $0.candidates.map(\.id.rawValue) }
    #expect(named == causes, sourceLocation: sourceLocation)
  }

  @Test(arguments: [true, false]) func `what left correctly and was never answered died upstream`(
    isCooked: Bool
  ) {
    var capture = Capture(isCooked: isCooked)
    capture.answered("a", at: 1)
    capture.arrive("b", at: 2, for: Self.gatewayLink, as: .host)
    capture.leave("b", at: 2.0001)
    expect(capture.verdicts(), .upstream, "resolver-mute")
  }

  @Test(arguments: [true, false]) func `what leaves untranslated is lost in translation`(isCooked: Bool) {
    var capture = Capture(isCooked: isCooked)
    capture.answered("a", at: 1)
    capture.arrive("b", at: 2, for: Self.gatewayLink, as: .host)
    capture.leave("b", at: 2.0001, as: Self.client)
    expect(capture.verdicts(), .translation, "masq-missing")
  }

  @Test(arguments: [true, false]) func `an answer that comes to the host only was dropped on its return`(
    isCooked: Bool
  ) {
    var capture = Capture(isCooked: isCooked)
    capture.answered("a", at: 1)
    capture.arrive("b", at: 2, for: Self.gatewayLink, as: .host)
    capture.leave("b", at: 2.0001)
    capture.see(
      "b",
      at: 2.001,
      Self.uplink,
      .host,
      from: Self.server,
      to: Self.translated,
      (Self.upstreamLink, Self.uplinkLink),
      code: 0
    )
    expect(capture.verdicts(), .return, "answer-dropped")
  }

  @Test(arguments: [(UInt16(2), "resolver-error"), (5, "resolver-refused")])
  func `an error is the resolver's`(code: UInt16, cause: String) {
    var capture = Capture(isCooked: true)
    capture.arrive("b", at: 2, for: Self.gatewayLink, as: .host)
    capture.leave("b", at: 2.0001)
    capture.comeBack("b", at: 2.001, code: code)
    expect(capture.verdicts(), .upstream, cause)
  }

  @Test func `the bridge's own packet type tells a stale MAC from a host that doesn't forward`() {
    var stale = Capture(isCooked: true)
    stale.answered("a", at: 1)
    stale.arrive("b", at: 2, for: Self.gatewayLink, as: .otherHost)
    expect(stale.verdicts(), .bridge, "bridge-mac-unstable")
    var taken = Capture(isCooked: true)
    taken.answered("a", at: 1)
    taken.arrive("b", at: 2, for: Self.gatewayLink, as: .host)
    expect(taken.verdicts(), .forwarding, "ip-forward-reset", "forward-policy-drop", "uplink-down")
  }

  @Test(arguments: [true, false]) func `a frame that is flooded is for nobody's MAC`(isCooked: Bool) {
    var capture = Capture(isCooked: isCooked)
    capture.answered("a", at: 1)
    capture.arrive("b", at: 2, for: Self.gatewayLink, as: nil)
    capture.see(
      "b",
      at: 2.00001,
      Self.otherPort,
      .outgoing,
      from: Self.client,
      to: Self.server,
      (Self.clientLink, Self.gatewayLink)
    )
    expect(capture.verdicts(), .bridge, "bridge-mac-unstable")
  }

  @Test func `Ethernet frames are judged by the MAC that the gateway has afterwards`() {
    for (later, stage, first) in [
      (Self.otherLink, Stage.bridge, "bridge-mac-unstable"),
      (Self.gatewayLink, .forwarding, "ip-forward-reset"),
    ] {
      var capture = Capture(isCooked: false)
      capture.answered("a", at: 1)
      capture.arrive("b", at: 2, for: Self.gatewayLink, as: .host)
      capture.answered("c", at: 30, by: later)
      let verdicts = capture.verdicts()
      #expect(verdicts.map(\.stage) == [stage])
      #expect(verdicts.first?.cause?.id.rawValue ?? verdicts.first?.candidates.first?.id.rawValue == first)
    }
    var silent = Capture(isCooked: false)
    silent.answered("a", at: 1)
    silent.arrive("b", at: 2, for: Self.gatewayLink, as: .host)
    expect(silent.verdicts(), .unknown, "bridge-mac-unstable", "ip-forward-reset", "forward-policy-drop")
  }

  @Test func `a capture without a bridge blames none`() {
    var ethernet = Capture(isCooked: false)
    for (name, time) in [("a", 1.0), ("c", 30)] {
      ethernet.leave(name, at: time)
      ethernet.see(
        name,
        at: time + 0.001,
        Self.uplink,
        .host,
        from: Self.server,
        to: Self.translated,
        (Self.upstreamLink, Self.uplinkLink),
        code: 0
      )
    }
    ethernet.leave("b", at: 2)
    expect(ethernet.verdicts(), .upstream, "resolver-mute")
    var cooked = Capture(isCooked: true)
    cooked.leave("b", at: 2)
    expect(cooked.verdicts(), .upstream, "resolver-mute")
  }

  @Test func `what is known of nothing is judged as nothing`() {
    var capture = Capture(isCooked: false)
    capture.arrive("b", at: 2, for: Self.gatewayLink, as: .host)
    let verdicts = capture.verdicts()
    #expect(verdicts.map(\.stage) == [.unknown])
    #expect(verdicts.allSatisfy { $0.cause == nil && $0.candidates.isEmpty })
  }

  @Test func `evidence names the frame and its place`() throws {
    var capture = Capture(isCooked: true)
    capture.answered("a", at: 1)
    capture.arrive("b", at: 2, for: Self.gatewayLink, as: .otherHost)
    let cause = try #require(capture.verdicts().first?.cause)
    #expect(cause.confidence == .likely)
    #expect(cause.form == "join")
    #expect(cause.evidence.map(\.source) == ["place 1, frame 8"])
  }
}
