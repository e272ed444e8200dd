import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Causes that lie in the host: spanning tree, bridge netfilter, forwarding, filter and translation rules.
@Suite struct HostCauseTests {
  static let guardTable = """
    table inet guard {
    	chain forward {
    		type filter hook forward priority filter + 1; policy drop;
    		iifname "br0" oifname "eth0" accept
    		iifname "eth0" oifname "br0" ct state established,related accept
    	}
    }
    """
  static let closedTable = """
    table inet filter {
    	chain forward {
    		type filter hook forward priority filter; policy drop;
    	}
    }
    """

  static func cause(_ world: World) -> Cause? { world.diagnosis.attributions().first?.cause }

  @Test func `a port that learns or listens holds requests and ARP back`() throws {
    var world = World {
      $0.spanningTree = true
      $0.portStates["build"] = .listening
    }
    world.lookUp(at: 100, .neighbourSilent)
    world.changePort("build", to: .learning, at: 15_000)
    world.lookUp(at: 20_000, .lostOnBridge)
    world.changePort("build", to: .forwarding, at: 30_000)
    world.lookUp(at: 31_000, .neighbourSilent)
    world.lookUp(at: 32_000, .lostOnBridge)
    #expect(
      world.found == [
        "neighbour stp-forward-delay", "bridge stp-forward-delay", "neighbour neighbour-unresolved",
        "bridge -",
      ]
    )
    let attributions = world.diagnosis.attributions()
    let cause = try #require(attributions[1].cause)
    #expect(cause.confidence == .certain)
    #expect(cause.evidence.first?.value == "veth-build state learning")
    #expect(cause.evidence.contains { $0.value == "br0 spanning tree on, forward delay 15.0 s" })
    #expect(attributions[0].ruledOut.contains { $0.suspect == "resolver" })
  }

  @Test func `a change to forwarding whose news may be late leaves a doubt`() {
    var world = World { $0.portStates["build"] = .learning }
    world.changePort("build", to: .forwarding, at: 130)
    world.lookUp(at: 100, .neighbourSilent)
    #expect(Self.cause(world)?.id.rawValue == "stp-forward-delay")
    #expect(Self.cause(world)?.confidence == .likely)
  }

  @Test func `a request that was held until the port forwarded is late at the neighbour stage`() {
    var world = World { $0.portStates["build"] = .listening }
    world.resolve("build", at: 100)
    // The request leaves when ARP is answered, after the client gave up.
    let result = world.lookUp(at: 700, .answered())
    world.changePort("build", to: .forwarding, at: 650)
    let attempt = result.attempts[0]
    world.lookups = [
      ObservedLookup(
        container: "build",
        result: LookupResult(
          name: result.name,
          type: 1,
          server: result.server,
          transport: .udp,
          attempts: [
            LookupResult.Attempt(
              transaction: attempt.transaction,
              client: attempt.client,
              sent: World.at(100)
            )
          ],
          start: World.at(100),
          end: World.at(600),
          outcome: .unanswered
        )
      )
    ]
    #expect(world.found == ["neighbour stp-forward-delay"])
  }

  @Test func `frames between two ports are dropped by the forward hook`() {
    var world = World {
      $0.settings["net.bridge.bridge-nf-call-iptables"] = "1"
      $0.ruleset = .value(World.masquerade + "\n" + Self.guardTable)
    }
    world.lookUp(at: 100, .toPeer("other", isDelivered: false, isAnswered: false))
    #expect(world.found == ["bridge br-netfilter"])
    #expect(Self.cause(world)?.confidence == .likely)
    world.drop("NETFILTER_DROP", at: 100, function: "nf_hook_slow", interface: "veth-build")
    #expect(Self.cause(world)?.confidence == .certain)
    #expect(
      Self.cause(world)?.evidence.contains { $0.value.contains("inet guard forward, by its policy") } == true
    )
  }

  @Test func `with IPv6 the forward hook drops the question for the neighbour's address`() throws {
    let own = try #require(IPAddress("fd00:18::2"))
    let peer = try #require(IPAddress("fd00:18::3"))
    var world = World {
      $0.settings["net.bridge.bridge-nf-call-ip6tables"] = "1"
      $0.ruleset = .value(Self.guardTable)
      $0.addresses["build"] = own
      $0.addresses["other"] = peer
    }
    world.resolve("build", at: 100, sender: own, target: peer)
    let result = LookupResult(
      name: "n.test",
      type: 28,
      server: SocketAddress(peer, port: 53),
      transport: .udp,
      attempts: [
        LookupResult.Attempt(transaction: 9, client: SocketAddress(own, port: 20_000), sent: World.at(100))
      ],
      start: World.at(100),
      end: World.at(600),
      outcome: .unanswered
    )
    world.lookups = [ObservedLookup(container: "build", result: result)]
    #expect(world.found == ["neighbour br-netfilter"])
    world.settings["net.bridge.bridge-nf-call-ip6tables"] = "0"
    #expect(Self.cause(world)?.id.rawValue == "br-netfilter", "on before and off after: it may have been on")
    // What reached the other's port wasn't dropped.
    let question = Sighting.Resolution(
      isReply: false,
      sender: own,
      senderLink: World.mac("build"),
      target: peer
    )
    world.see(
      World.at(101),
      World.port("other"),
      .outgoing,
      from: World.mac("build"),
      to: MACAddress(0x3333_ff00_0003),
      .resolution(question)
    )
    #expect(world.found == ["neighbour neighbour-unresolved"])
  }

  @Test func `bridge netfilter isn't blamed if it is off, or if the rules let the frame through`() {
    var off = World { $0.ruleset = .value(Self.guardTable) }
    off.lookUp(at: 100, .toPeer("other", isDelivered: false, isAnswered: false))
    #expect(off.found == ["bridge -"])
    var open = World { $0.settings["net.bridge.bridge-nf-call-iptables"] = "1" }
    open.lookUp(at: 100, .toPeer("other", isDelivered: false, isAnswered: false))
    #expect(open.found == ["bridge -"])
  }

  @Test func `rules that were changed meanwhile explain a loss likely, if either would drop it`() {
    var world = World()
    world.lookUp(at: 100, .lostInForwarding)
    world.ruleset = .value(World.masquerade + "\n" + Self.closedTable)
    #expect(world.found == ["forwarding forward-policy-drop"])
    #expect(Self.cause(world)?.confidence == .likely)
  }

  @Test func `a resolver in a container next door that doesn't answer is mute`() {
    var world = World()
    world.lookUp(at: 100, .toPeer("other", isDelivered: true, isAnswered: true))
    world.lookUp(at: 200, .toPeer("other", isDelivered: true, isAnswered: false))
    #expect(world.found == ["upstream resolver-mute"])
  }

  @Test func `forwarding that is off drops what the host took`() throws {
    var world = World()
    world.lookUp(at: 100, .answered())
    world.settings["net.ipv4.ip_forward"] = "0"
    world.look(at: 200)
    world.lookUp(at: 300, .lostInForwarding)
    world.counters["Ip.InAddrErrors"] = 1
    #expect(world.found == ["forwarding ip-forward-reset"])
    let cause = try #require(Self.cause(world))
    #expect(cause.confidence == .certain)
    #expect(cause.evidence.map(\.value).contains("Ip.InAddrErrors +1"))
  }

  @Test
  func `forwarding that was switched some time in between is likely if the counter grew, else not named`() {
    var world = World()
    world.lookUp(at: 300, .lostInForwarding)
    world.settings["net.ipv4.ip_forward"] = "0"
    #expect(world.found == ["forwarding -"])
    world.counters["Ip.InAddrErrors"] = 1
    #expect(world.found == ["forwarding ip-forward-reset"])
    #expect(Self.cause(world)?.confidence == .likely)
  }

  @Test func `a policy of drop that nothing excepts is named with its chain`() {
    var world = World { $0.ruleset = .value(World.masquerade + "\n" + Self.closedTable) }
    world.lookUp(at: 100, .lostInForwarding)
    #expect(world.found == ["forwarding forward-policy-drop"])
    #expect(Self.cause(world)?.confidence == .likely)
    let evidence = Self.cause(world)?.evidence.map(\.value) ?? []
    #expect(evidence.contains("chain inet filter forward, hook forward, policy drop"))
    world.drop("SKB_DROP_REASON_NETFILTER_DROP", at: 101, function: "nf_hook_slow", interface: "br0")
    #expect(Self.cause(world)?.confidence == .certain)
  }

  @Test func `a policy of drop isn't blamed where a rule accepts, or where forwarding is off`() {
    var excepted = World { $0.ruleset = .value(Self.guardTable) }
    excepted.lookUp(at: 100, .lostInForwarding)
    #expect(excepted.found == ["forwarding -"])
    var off = World {
      $0.ruleset = .value(Self.closedTable)
      $0.settings["net.ipv4.ip_forward"] = "0"
    }
    off.lookUp(at: 100, .lostInForwarding)
    #expect(off.found == ["forwarding ip-forward-reset"])
  }

  @Test func `answers that the policy drops are told from answers that are lost otherwise`() {
    let oneWay = """
      table inet filter {
      	chain forward {
      		type filter hook forward priority filter; policy drop;
      		iifname "br0" accept
      	}
      }
      """
    var closed = World { $0.ruleset = .value(oneWay) }
    closed.lookUp(at: 100, .answerDropped)
    #expect(closed.found == ["return forward-policy-drop"])
    var open = World()
    open.lookUp(at: 100, .answerDropped)
    #expect(open.found == ["return answer-dropped"])
  }

  @Test func `an own address on the uplink without a rule is a missing masquerade`() {
    var world = World { $0.ruleset = .value("") }
    world.lookUp(at: 100, .untranslated)
    #expect(world.found == ["translation masq-missing"])
    #expect(Self.cause(world)?.confidence == .certain)
  }

  @Test func `with a rule, or with rules that can't be read, a missing masquerade is a candidate`() throws {
    for ruleset: Reading<String> in [.value(World.masquerade), .unreadable(reason: "not permitted")] {
      var world = World { $0.ruleset = ruleset }
      world.lookUp(at: 100, .untranslated)
      #expect(world.found == ["translation -"])
      let attribution = try #require(world.diagnosis.attributions().first)
      #expect(attribution.candidates.map(\.id.rawValue) == ["masq-missing"])
      #expect(!attribution.missing.isEmpty)
    }
  }

  @Test func `a flow that was flooded before leaves untranslated while its entry lives`() {
    var world = World { $0.settings["net.bridge.bridge-nf-call-iptables"] = "1" }
    world.changeBridgeAddress(to: BridgeMacUnstableTests.new, at: 50)
    world.lookUp(at: 100, .flooded, sourcePort: 40_000)
    world.gatewayEntries = [:]
    world.lookUp(at: 20_000, .untranslated, sourcePort: 40_000)
    // Renewed by the lookup before it.
    world.lookUp(at: 45_000, .untranslated, sourcePort: 40_000)
    world.lookUp(at: 90_000, .untranslated, sourcePort: 40_000)
    #expect(
      world.found == [
        "bridge bridge-mac-unstable", "translation ct-flooded-entry", "translation ct-flooded-entry",
        "translation -",
      ]
    )
  }

  @Test func `an uplink whose next hop is silent can't send`() {
    var world = World()
    world.lookUp(at: 100, .lostInForwarding)
    let question = Sighting.Resolution(
      isReply: false,
      sender: World.hostAddress,
      senderLink: MACAddress(0x0200_0000_00fd),
      target: .v4(IPv4Address(198, 18, 0, 0))
    )
    let time = World.at(101)
    world.see(time, World.uplink, .outgoing, from: question.senderLink, to: .broadcast, .resolution(question))
    #expect(world.found == ["forwarding uplink-down"])
  }
}
