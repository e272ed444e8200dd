import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct BridgeMacUnstableTests {
  static let new = MACAddress(0x0200_0000_0001)

  @Test func `leave: the old address is nobody's, and the frame is flooded`() throws {
    var world = World()
    world.lookUp(at: 100, .answered())
    world.changeBridgeAddress(to: Self.new, at: 200)
    world.lookUp(at: 300, .flooded)
    world.otherHostDropped["other"] = 1
    world.drop("OTHERHOST", at: 300)
    let attribution = try #require(world.diagnosis.attributions().first)
    let cause = try #require(attribution.cause)
    #expect(attribution.stage == .bridge)
    #expect(cause.id.rawValue == "bridge-mac-unstable")
    #expect(cause.form == "leave" && cause.confidence == .certain)
    #expect(attribution.missing.isEmpty && attribution.candidates.isEmpty)
    let sources = cause.evidence.map(\.source)
    #expect(
      sources == [
        "veth-build, AF_PACKET", "rtnetlink", "build, neighbour table", "veth-other, AF_PACKET",
        "eth0 of other, rtnl_link_stats64", "skb:kfree_skb",
      ]
    )
    let change = cause.evidence.first { $0.source == "rtnetlink" }
    #expect(change?.time == World.at(200))
    #expect(change?.value == "br0: 02:00:00:00:00:10 -> 02:00:00:00:00:01")
  }

  @Test func `join: the bridge takes the frame up as somebody else's`() throws {
    var world = World()
    world.changeBridgeAddress(to: Self.new, at: 200)
    world.lookUp(at: 300, .refused)
    world.otherHostDropped["br0"] = 1
    let attribution = try #require(world.diagnosis.attributions().first)
    let cause = try #require(attribution.cause)
    #expect(cause.id.rawValue == "bridge-mac-unstable")
    #expect(cause.form == "join" && cause.confidence == .certain)
    #expect(cause.evidence.contains { $0.source == "br0, AF_PACKET" && $0.value.hasSuffix("OTHERHOST") })
    #expect(
      cause.evidence.contains { $0.value == "rx_otherhost_dropped 0 -> 1" && $0.source.hasPrefix("br0") }
    )
  }

  @Test func `the container behind the old lowest port isn't hit by a join`() {
    var world = World()
    world.changeBridgeAddress(to: Self.new, at: 200)
    // Its frames are for its port's own address, so the kernel takes them.
    world.lookUp("lowest", at: 300, .answered())
    world.lookUp("build", at: 310, .refused)
    #expect(world.found == ["bridge bridge-mac-unstable"])
    #expect(world.diagnosis.attributions().map(\.container) == ["build"])
  }

  @Test func `without other ports to see the flood at it is likely, not certain`() throws {
    var world = World()
    world.changeBridgeAddress(to: Self.new, at: 200)
    world.lookUp(at: 300, .lostOnBridge)
    let attribution = try #require(world.diagnosis.attributions().first)
    #expect(attribution.cause?.id.rawValue == "bridge-mac-unstable")
    #expect(attribution.cause?.confidence == .likely)
    #expect(!attribution.missing.isEmpty)
  }

  @Test func `a loss near a change isn't explained by it`() {
    var world = World()
    world.changeBridgeAddress(to: Self.new, at: 200, keeping: [])
    // The container knows the new address; the frame is lost all the same, or later, or upstream.
    world.lookUp(at: 201, .lostOnBridge)
    world.lookUp(at: 202, .lostInForwarding)
    world.lookUp(at: 203, .mute)
    world.drop("OTHERHOST", at: 201)
    #expect(world.found == ["bridge -", "forwarding -", "upstream resolver-mute"])
    #expect(world.diagnosis.attributions()[0].missing.count == 1)
  }

  @Test func `an address that the bridge has again is right`() {
    var world = World()
    let old = world.bridgeAddress
    world.changeBridgeAddress(to: Self.new, at: 200)
    world.lookUp(at: 250, .refused)
    world.changeBridgeAddress(to: old, at: 300)
    world.lookUp(at: 400, .lostOnBridge)
    #expect(world.found == ["bridge bridge-mac-unstable", "bridge -"])
  }

  @Test func `the news of a change may come after the first frame that suffers`() {
    var world = World()
    let old = world.bridgeAddress
    world.changeBridgeAddress(to: Self.new, at: 200)
    world.gatewayEntries["build"] = old
    world.lookUp(at: 190, .refused)
    #expect(world.found == ["bridge bridge-mac-unstable"])
  }

  @Test func `random losses among an outage go to the resolver, each its own`() {
    var world = World()
    var expected: [String] = []
    func isMute(_ number: Int) -> Bool { number % 7 == 3 }
    for number in 0..<50 {
      world.lookUp(at: 10 * number, isMute(number) ? .mute : .answered())
      if isMute(number) { expected.append("upstream resolver-mute") }
    }
    world.changeBridgeAddress(to: Self.new, at: 500)
    for number in 50..<100 {
      world.lookUp(at: 10 * number + 5, .flooded)
      expected.append("bridge bridge-mac-unstable")
    }
    world.gatewayEntries = [:]
    for number in 100..<150 {
      world.lookUp(at: 10 * number, isMute(number) ? .mute : .answered())
      if isMute(number) { expected.append("upstream resolver-mute") }
    }
    #expect(world.found == expected)
  }

  @Test func `lost frames leave what was seen, and nothing else`() {
    var world = World { $0.sightingsLost = 3 }
    world.changeBridgeAddress(to: Self.new, at: 200)
    world.lookUp(at: 300, .flooded)
    world.lookUp(at: 400, .refused)
    world.gatewayEntries = [:]
    world.lookUp(at: 500, .lostOnBridge)
    world.lookUp(at: 600, .mute)
    world.lookUp(at: 700, .unseen)
    world.lookUp(at: 800, .untranslated)
    #expect(
      world.found == [
        "bridge bridge-mac-unstable", "bridge bridge-mac-unstable", "unknown -", "unknown -", "unknown -",
        "translation -",
      ]
    )
    let attributions = world.diagnosis.attributions()
    #expect(attributions[2].missing.contains { $0.hasPrefix("3 frames were lost") })
  }

  @Test func `a healthy host has nothing to attribute`() {
    var world = World()
    for number in 0..<100 { world.lookUp(number % 2 == 0 ? "build" : "other", at: 10 * number, .answered()) }
    #expect(world.found.isEmpty)
  }
}
