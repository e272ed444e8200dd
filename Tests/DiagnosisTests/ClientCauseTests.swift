import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Causes that lie at the client's end and at the resolver.
@Suite struct ClientCauseTests {
  static let stranger = MACAddress(0x0a00_0000_0099)

  @Test func `an answer to another link address that claims the client's address is a duplicate`() throws {
    var world = World()
    world.resolve("other", at: 50, sender: World.client("build"), senderLink: Self.stranger)
    world.lookUp(at: 100, .answerAstray(Self.stranger))
    #expect(world.found == ["return ip-duplicate"])
    let cause = try #require(world.diagnosis.attributions().first?.cause)
    #expect(cause.confidence == .certain)
    let text = cause.evidence.map { $0.value + $0.meaning }.joined()
    #expect(text.contains(Self.stranger.description) && text.contains(World.mac("build").description))
  }

  @Test func `two containers with one address are a duplicate, also without ARP`() {
    var world = World { $0.addresses["other"] = World.client("build") }
    world.lookUp("build", at: 100, .answerAstray(World.mac("other")))
    world.lookUp("other", at: 200, .answered())
    #expect(world.found == ["return ip-duplicate"])
  }

  @Test func `an answer to a link address that claims nothing isn't called a duplicate`() {
    var world = World()
    world.lookUp(at: 100, .answerAstray(Self.stranger))
    #expect(world.found == ["return -"])
  }

  @Test func `a request that was handed over and not answered is the resolver's`() throws {
    var world = World()
    world.lookUp(at: 100, .mute)
    #expect(world.found == ["upstream resolver-mute"])
    let attribution = try #require(world.diagnosis.attributions().first)
    #expect(attribution.cause?.confidence == .likely)
    let cleared = Set(attribution.ruledOut.map(\.suspect))
    #expect(
      cleared.isSuperset(of: ["bridge's link address", "spanning tree", "forwarding", "translation rules"])
    )
    #expect(!cleared.contains("resolver"))
  }

  @Test func `an answer after the client gave up is late`() {
    var world = World()
    world.lookUp(at: 100, .late(after: 800))
    #expect(world.found == ["upstream resolver-late"])
    #expect(world.diagnosis.attributions().first?.cause?.confidence == .certain)
  }

  @Test func `an answer that was delivered in time is nobody's fault on the way`() {
    var world = World()
    world.lookUp(at: 100, .answerIgnored)
    #expect(world.found == ["container -"])
  }

  @Test func `errors are the resolver's own words`() {
    var world = World()
    world.lookUp(at: 100, .error(2))
    world.lookUp(at: 200, .error(5))
    // NXDOMAIN says that the name doesn't exist: nothing failed.
    world.lookUp(at: 300, .error(3))
    #expect(world.found == ["upstream resolver-error", "upstream resolver-refused", "upstream -"])
  }

  @Test func `ARP without an answer is a neighbour that isn't resolved`() {
    var world = World()
    world.lookUp(at: 100, .neighbourSilent)
    #expect(world.found == ["neighbour neighbour-unresolved"])
  }

  @Test func `ARP that was answered leaves the request's absence unexplained`() {
    var world = World()
    world.lookUp(at: 100, .neighbourSilent)
    world.resolve(
      "build",
      at: 101,
      isReply: true,
      sender: World.gateway,
      senderLink: world.bridgeAddress,
      target: World.client("build")
    )
    #expect(world.found == ["container -"])
  }

  @Test func `a request of another container with the same id and name isn't taken for this one's`() {
    var world = World()
    let mute = world.lookUp("build", at: 100, .mute)
    let attempt = mute.attempts[0]
    // The same question, id and port from another container, answered: behind the translation its port differs.
    var frames = Frames(
      start: World.at(100),
      client: SocketAddress(World.client("other"), port: 50_000),
      name: "other",
      question: mute.name,
      transaction: attempt.transaction,
      gateway: world.bridgeAddress
    )
    frames.follow(.answered())
    world.sightings += frames.sightings
    world.lookups.append(
      ObservedLookup(
        container: "other",
        result: LookupResult(
          name: mute.name,
          type: 1,
          server: World.server,
          transport: .udp,
          attempts: [
            LookupResult.Attempt(
              transaction: attempt.transaction,
              client: SocketAddress(World.client("other"), port: 50_000),
              sent: World.at(100)
            )
          ],
          start: World.at(100),
          end: World.at(102),
          outcome: .answered(records: 1)
        )
      )
    )
    #expect(world.found == ["upstream resolver-mute"])
  }

  @Test func `the best explained attempt speaks for a lookup, the others are candidates`() throws {
    var world = World()
    let first = world.lookUp(at: 100, .mute, question: "twice.test")
    world.changeBridgeAddress(to: BridgeMacUnstableTests.new, at: 300)
    let second = world.lookUp(at: 600, .refused, question: "twice.test")
    let joined = LookupResult(
      name: "twice.test",
      type: 1,
      server: World.server,
      transport: .udp,
      attempts: first.attempts + second.attempts,
      start: first.start,
      end: second.end,
      outcome: .unanswered
    )
    world.lookups = [ObservedLookup(container: "build", result: joined)]
    let attribution = try #require(world.diagnosis.attributions().first)
    #expect(attribution.stage == .bridge)
    #expect(attribution.cause?.id.rawValue == "bridge-mac-unstable")
    #expect(attribution.candidates.map(\.id.rawValue) == ["resolver-mute"])
  }

  @Test func `attempts with one id and port are told apart by time`() throws {
    var world = World()
    let first = world.lookUp(at: 100, .mute, question: "again.test")
    let attempt = first.attempts[0]
    // The second attempt repeats id and port, and isn't forwarded.
    var frames = Frames(
      start: World.at(600),
      client: attempt.client,
      name: "build",
      question: first.name,
      transaction: attempt.transaction,
      gateway: world.bridgeAddress
    )
    frames.follow(.lostInForwarding)
    world.sightings += frames.sightings
    world.ruleset = .value(World.masquerade + "\n" + HostCauseTests.closedTable)
    let repeated = LookupResult.Attempt(
      transaction: attempt.transaction,
      client: attempt.client,
      sent: World.at(600)
    )
    let joined = LookupResult(
      name: first.name,
      type: 1,
      server: World.server,
      transport: .udp,
      attempts: [attempt, repeated],
      start: first.start,
      end: World.at(1100),
      outcome: .unanswered
    )
    world.lookups = [ObservedLookup(container: "build", result: joined)]
    let attribution = try #require(world.diagnosis.attributions().first)
    // Equally likely causes: the first attempt's is named.
    #expect(attribution.cause?.id.rawValue == "resolver-mute")
    #expect(attribution.candidates.map(\.id.rawValue) == ["forward-policy-drop"])
    #expect(attribution.timeline.map(\.interface) == [nil, "veth-build", "br0", "eth0", nil])
  }

  @Test func `frames long after a lookup's end do no harm`() {
    var world = World()
    let result = world.lookUp(at: 5000, .lostInForwarding)
    let early = LookupResult(
      name: result.name,
      type: 1,
      server: World.server,
      transport: .udp,
      attempts: [
        LookupResult.Attempt(
          transaction: result.attempts[0].transaction,
          client: result.attempts[0].client,
          sent: World.at(100)
        )
      ],
      start: World.at(100),
      end: World.at(600),
      outcome: .unanswered
    )
    world.lookups = [ObservedLookup(container: "build", result: early)]
    #expect(world.found == ["forwarding -"])
  }

  @Test func `what could not be sent is the container's`() {
    var world = World()
    let result = LookupResult(
      name: "n.test",
      type: 1,
      server: World.server,
      transport: .udp,
      attempts: [],
      start: World.at(100),
      end: World.at(100),
      outcome: .notSent(reason: "Network is unreachable")
    )
    world.lookups = [ObservedLookup(container: "build", result: result)]
    #expect(world.found == ["container -"])
  }
}
