import Diagnosis
import NetworkTypes
import Observation
import Testing

/// What a run clears, what stands beside a failed lookup, and what it all costs.
@Suite struct RunTests {
  static func suspects(_ worlds: [World]) -> [String] {
    RuledOut.inRun(worlds.map(\.diagnosis)).map(\.suspect)
  }

  static func founding(_ change: (inout World) -> Void = { _ in }) -> World {
    var world = World(change: change)
    world.lookUp(at: 100, .answered())
    world.changeBridgeAddress(to: BridgeMacUnstableTests.new, at: 200)
    world.lookUp(at: 300, .flooded)
    return world
  }

  @Test func `a run of the founding fault clears everything else`() throws {
    let ruledOut = RuledOut.inRun([Self.founding(), Self.founding()].map(\.diagnosis))
    #expect(
      ruledOut.map(\.suspect) == [
        "resolver", "translation rules", "filter rules", "forwarding", "uplink", "spanning tree",
        "duplicate address",
      ]
    )
    #expect(ruledOut[0].evidence.first?.value == "2 of 2")
    #expect(ruledOut[1].evidence.first?.value == "equal in 4 of 4 looks")
  }

  @Test func `one host that speaks for a suspect keeps it suspected`() {
    var mute = Self.founding()
    mute.lookUp(at: 400, .mute)
    #expect(!Self.suspects([Self.founding(), mute]).contains("resolver"))
    let off = Self.founding { $0.settings["net.ipv4.ip_forward"] = "0" }
    #expect(!Self.suspects([Self.founding(), off]).contains("forwarding"))
    let closed = Self.founding { $0.ruleset = .value(World.masquerade + "\n" + HostCauseTests.closedTable) }
    #expect(!Self.suspects([Self.founding(), closed]).contains("filter rules"))
    #expect(Self.suspects([Self.founding(), closed]).contains("translation rules"))
    let blind = Self.founding { $0.ruleset = .unreadable(reason: "not permitted") }
    #expect(!Self.suspects([blind]).contains("translation rules"))
    let learning = Self.founding { $0.portStates["other"] = .learning }
    #expect(!Self.suspects([learning]).contains("spanning tree"))
    let duplicate = Self.founding { $0.addresses["other"] = World.client("build") }
    #expect(!Self.suspects([duplicate]).contains("duplicate address"))
  }

  @Test func `rules that were changed meanwhile aren't cleared`() {
    var world = Self.founding()
    world.ruleset = .value("")
    #expect(!Self.suspects([world]).contains("translation rules"))
    #expect(Self.suspects([]).isEmpty)
  }

  @Test func `a failed lookup stands beside an answered one, and the first difference is marked`() throws {
    let diagnosis = Self.founding().diagnosis
    let failed = try #require(diagnosis.lookups.last)
    let comparison = try #require(diagnosis.comparison(of: failed))
    #expect(comparison.answeredContainer == "build")
    let whats = comparison.failed.map(\.what)
    let change = TimelineEntry.What.bridgeAddress(
      from: MACAddress(0x0200_0000_0010),
      to: BridgeMacUnstableTests.new
    )
    #expect(whats == [change, .sent, .request, .request, .request, .ended])
    // The request itself is addressed wrongly, at the first point at which it was seen.
    #expect(comparison.failed.map(\.isFirstDifference) == [false, false, true, false, false, false])
    #expect(comparison.failed[0].offset == .milliseconds(-100))
    #expect(comparison.failed[2].interface == "veth-build")
    let places = comparison.answered.map(\.interface)
    #expect(places == [nil, "veth-build", "br0", "eth0", "eth0", "br0", "veth-build", nil])
    #expect(comparison.answered.firstIndex { $0.isFirstDifference } == 1)
  }

  @Test func `a lookup that died upstream differs where its answer is missing`() throws {
    var world = World()
    world.lookUp("other", at: 100, .answered())
    world.lookUp(at: 300, .mute)
    let failed = try #require(world.lookups.last)
    let comparison = try #require(world.diagnosis.comparison(of: failed))
    #expect(comparison.answeredContainer == "other")
    let first = try #require(comparison.answered.first { $0.isFirstDifference })
    #expect(first.what == .answer && first.interface == "eth0")
    #expect(comparison.failed.first { $0.isFirstDifference }?.what == .ended)
  }

  @Test func `there is no comparison without an answered lookup, nor for one`() throws {
    var world = World()
    world.lookUp(at: 300, .mute)
    #expect(world.diagnosis.comparison(of: world.lookups[0]) == nil)
    world.lookUp(at: 400, .answered())
    #expect(world.diagnosis.comparison(of: world.lookups[1]) == nil)
  }

  @Test func `the work grows with the lookups, not with their square`() {
    func seconds(_ count: Int) -> Double {
      var world = World()
      world.changeBridgeAddress(to: BridgeMacUnstableTests.new, at: 1)
      for number in 0..<count {
        world.lookUp(at: 10 * number + 2, number % 2 == 0 ? .flooded : .mute)
      }
      let (observed, expected) = (world, count)
      let clock = ContinuousClock()
      var found = 0
      let duration = clock.measure { found = observed.diagnosis.attributions().count }
      #expect(found == expected)
      return duration.inSeconds
    }
    // The best of several: other work on the machine only ever adds.
    let small = (0..<4).map { _ in seconds(500) }.min() ?? 0
    let large = (0..<3).map { _ in seconds(4000) }.min() ?? .infinity
    // Eight times the lookups; a search through all for each would cost 64 times as much.
    #expect(large < 24 * small)
  }
}
