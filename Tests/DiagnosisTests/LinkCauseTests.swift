import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Causes that lie in the bridge, its ports, neighbours, addresses and routes.
@Suite struct LinkCauseTests {
  private static let small = MACAddress(0x0200_0000_0001)
  private static let large = MACAddress(0x0200_0000_0020)

  private static func prefix(_ text: String) throws -> IPPrefix { try #require(IPPrefix(text)) }

  // MARK: veth-mac-rewritten-by-udev

  @Test func `a bridge that follows a port whose address is rewritten is told from one that lost a port`()
    throws
  {
    var world = World { $0.portAddresses["other"] = Self.large }
    world.rewritePort("other", to: Self.small, at: 100)
    world.changeBridgeAddress(to: Self.small, at: 100)
    world.lookUp(at: 200, .refused)
    #expect(world.found == ["bridge veth-mac-rewritten-by-udev"])
    let cause = try #require(world.diagnosis.attributions().first?.cause)
    #expect(cause.confidence == .certain)
    #expect(cause.evidence.contains { $0.value == "veth-other: \(Self.large) -> \(Self.small)" })
  }

  @Test func `a port's address that has nothing to do with the bridge's explains nothing`() {
    var world = World { $0.portAddresses["other"] = Self.large }
    world.rewritePort("other", to: MACAddress(0x0200_0000_0030), at: 100)
    world.changeBridgeAddress(to: Self.small, at: 110)
    world.lookUp(at: 200, .refused)
    #expect(world.found == ["bridge bridge-mac-unstable"])
  }

  @Test func `a port that was rewritten long before isn't what moved the bridge`() {
    var world = World { $0.portAddresses["other"] = Self.large }
    world.rewritePort("other", to: Self.small, at: 100)
    world.changeBridgeAddress(to: Self.small, at: 5000)
    world.lookUp(at: 5200, .refused)
    #expect(world.found == ["bridge bridge-mac-unstable"])
  }

  // MARK: bridge-mac-cloned

  @Test func `a client with the bridge's own address gets no answer from the host`() throws {
    var world = World { $0.bridgeAddress = World.mac("build") }
    world.lookUp(at: 100, .neighbourSilent)
    #expect(world.found == ["neighbour bridge-mac-cloned"])
    #expect(world.diagnosis.attributions().first?.cause?.confidence == .certain)
  }

  @Test func `silence towards any other client is no clone`() {
    var world = World { $0.bridgeAddress = World.mac("other") }
    world.lookUp(at: 100, .neighbourSilent)
    #expect(world.found == ["neighbour neighbour-unresolved"])
  }

  // MARK: stale-arp-ip-reuse

  private static func reused(kept: Bool = false) -> World {
    let former = World.client("other")
    var world = World {
      $0.containersHold = ["build": [World.client("build")], "other": [former]]
      $0.addresses["build"] = former
    }
    world.resolve("other", at: 20, sender: former)
    world.containersHold = ["build": [World.client("build"), former], "other": kept ? [former] : []]
    world.look(at: 100)
    world.lookUp(at: 200, .answerAstray(World.mac("other")))
    return world
  }

  @Test func `an answer to the former owner of an address is a stale entry's`() throws {
    let world = Self.reused()
    #expect(world.found == ["return stale-arp-ip-reuse"])
    let cause = try #require(world.diagnosis.attributions().first?.cause)
    #expect(cause.confidence == .certain)
    #expect(cause.evidence.contains { $0.source == "other, interface" })
  }

  @Test func `if the other one has the address still, it is a duplicate`() {
    #expect(Self.reused(kept: true).found == ["return ip-duplicate"])
  }

  // MARK: gateway-ip-hijack

  @Test func `requests to somebody who claims the gateway's address are hijacked`() throws {
    var world = World()
    world.resolve("other", at: 50, sender: World.gateway, target: World.gateway)
    world.gatewayEntries["build"] = World.mac("other")
    world.lookUp(at: 100, .lostOnBridge)
    #expect(world.found == ["bridge gateway-ip-hijack"])
    #expect(world.diagnosis.attributions().first?.cause?.confidence == .certain)
  }

  @Test func `requests to somebody who claims nothing aren't called hijacked`() {
    var world = World()
    world.gatewayEntries["build"] = World.mac("other")
    world.lookUp(at: 100, .lostOnBridge)
    #expect(world.found == ["bridge -"])
  }

  @Test func `a former address of the bridge claimed the gateway's rightly`() {
    var world = World()
    world.resolve("other", at: 50, sender: World.gateway, senderLink: world.bridgeAddress)
    world.changeBridgeAddress(to: Self.small, at: 100)
    world.lookUp(at: 200, .flooded)
    #expect(world.found == ["bridge bridge-mac-unstable"])
  }

  // MARK: port-isolated

  @Test func `two isolated ports keep a request for a resolver next door`() throws {
    var world = World { $0.isolated = ["build", "other"] }
    world.lookUp(at: 100, .toPeer("other", isDelivered: false, isAnswered: false))
    #expect(world.found == ["bridge port-isolated"])
    let cause = try #require(world.diagnosis.attributions().first?.cause)
    #expect(cause.confidence == .certain)
    #expect(cause.evidence.contains { $0.value == "veth-build isolated on, veth-other isolated on" })
  }

  @Test(arguments: [["build"], ["other"], ["build", "lowest"], []])
  func `one isolated port of the two keeps nothing back`(isolated: [String]) {
    var world = World { $0.isolated = Set(isolated) }
    world.lookUp(at: 100, .toPeer("other", isDelivered: false, isAnswered: false))
    #expect(world.found == ["bridge -"])
  }

  @Test func `a request that was delivered wasn't kept back`() {
    var world = World { $0.isolated = ["build", "other"] }
    world.lookUp(at: 100, .toPeer("other", isDelivered: true, isAnswered: false))
    #expect(world.found == ["upstream resolver-mute"])
  }

  // MARK: bridge-ip-lost and user-bridge-mismatch

  @Test func `an answer that finds no way to the bridge's subnet is lost with the bridge's address`() throws {
    var world = World { $0.bridgeHolds = [] }
    world.lookUp(at: 100, .answerDropped)
    #expect(world.found == ["return bridge-ip-lost"])
    // Where the answer went wasn't seen.
    #expect(world.diagnosis.attributions().first?.cause?.confidence == .likely)
  }

  @Test func `a gateway that nobody has is lost, or another one, by what the bridge has`() throws {
    let other = try Self.prefix("172.18.0.250/16")
    let own = try Self.prefix("172.18.0.1/16")
    let linkLocal = try Self.prefix("fe80::1/64")
    for (held, cause) in [
      ([], "bridge-ip-lost"), ([linkLocal], "bridge-ip-lost"), ([other], "user-bridge-mismatch"),
      ([own], "neighbour-unresolved"), ([own, other], "neighbour-unresolved"),
    ] {
      var world = World { $0.bridgeHolds = held }
      world.lookUp(at: 100, .neighbourSilent)
      #expect(world.found == ["neighbour \(cause)"])
    }
  }

  @Test func `addresses that weren't read are no proof that one is missing`() {
    var world = World()
    world.lookUp(at: 100, .neighbourSilent)
    world.lookUp(at: 200, .answerDropped)
    #expect(world.found.allSatisfy { !$0.hasSuffix("bridge-ip-lost") })
  }

  @Test func `a loss between a look with the address and one without is likely, not certain`() throws {
    let own = try Self.prefix("172.18.0.1/16")
    var world = World { $0.bridgeHolds = [own] }
    world.lookUp(at: 100, .neighbourSilent)
    world.bridgeHolds = []
    #expect(world.found == ["neighbour bridge-ip-lost"])
    #expect(world.diagnosis.attributions().first?.cause?.confidence == .likely)
  }

  // MARK: subnet-overlap and dhcp-client-route-hijack

  @Test func `a host that asks for the resolver elsewhere has a wrong route`() {
    for (interface, cause) in [
      (InterfaceIndex(40), "subnet-overlap"), (World.port("other"), "dhcp-client-route-hijack"),
    ] {
      var world = World()
      world.lookUp(at: 100, .lostInForwarding)
      world.hostAsks(for: World.server.address, on: interface, at: 101)
      #expect(world.found == ["forwarding \(cause)"])
      #expect(world.diagnosis.attributions().first?.cause?.confidence == .certain)
    }
  }

  @Test func `a question that was never sent still shows in the neighbour table`() {
    var world = World()
    world.lookUp(at: 100, .lostInForwarding)
    let entry = NeighbourEntry(
      interface: InterfaceIndex(40),
      address: World.server.address,
      linkAddress: nil,
      reachability: "FAILED"
    )
    world.events.append(Event(time: World.at(3100), kind: .neighbour(entry)))
    #expect(world.found == ["forwarding subnet-overlap"])
    #expect(world.diagnosis.attributions().first?.cause?.confidence == .likely)
  }

  @Test func `questions for others, or on the uplink, are no wrong route`() {
    var world = World()
    world.lookUp(at: 100, .lostInForwarding)
    world.hostAsks(for: World.client("other"), on: InterfaceIndex(40), at: 101)
    world.hostAsks(for: World.server.address, on: World.uplink, at: 102)
    #expect(world.found.allSatisfy { !$0.hasSuffix("subnet-overlap") && !$0.hasSuffix("hijack") })
  }
}
