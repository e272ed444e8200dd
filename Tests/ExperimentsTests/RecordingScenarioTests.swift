import NetworkTypes
import Testing

@testable import Experiments
@testable import Lab

@Suite struct RecordingScenarioTests {
  private static let ids = RecordingScenario.all.map(\.id)

  private func script(_ id: String, seed: UInt64 = 1, family: IPFamily = .v4) throws -> RecordingScript {
    let scenario = try #require(RecordingScenario.named(id))
    return RecordingScript(scenario, Recorder.Options(family: family, seed: seed))
  }

  @Test func `there are at least eighteen scenarios, each with a name of its own`() {
    #expect(Self.ids.count >= 18)
    #expect(Set(Self.ids).count == Self.ids.count)
  }

  @Test(arguments: ids) func `who asks is there, and something happens wherever something is to fail`(
    id: String
  ) throws {
    let scenario = try #require(RecordingScenario.named(id))
    for family in IPFamily.allCases {
      let script = try script(id, family: family)
      #expect(scenario.askers.count == 2)
      #expect(scenario.askers.allSatisfy { script.plan.container($0) != nil })
      #expect(script.changes.count == scenario.changes.count)
      for (change, actions) in zip(scenario.changes, script.changes) where change.failure != nil {
        // Besides the ports of each container that asks.
        #expect(actions.count > scenario.askers.count)
      }
    }
  }

  @Test(arguments: ids) func `a seed determines all`(id: String) throws {
    let (first, second) = (try script(id), try script(id))
    #expect(first.plan == second.plan && first.changes == second.changes && first.visits == second.visits)
    #expect(try script(id, seed: 2).plan != first.plan)
  }

  @Test(arguments: ids) func `no phase has a port of another one`(id: String) throws {
    let scenario = try #require(RecordingScenario.named(id))
    let script = try script(id)
    let ranges = try ([script.beginning(of: scenario)] + script.changes).map { actions in
      let texts = Set(
        actions.compactMap { action -> String? in
          guard case .inside(_, .setting(let setting)) = action,
            setting.name == "net.ipv4.ip_local_port_range"
          else { return nil }
          return setting.value
        }
      )
      #expect(texts.count == 1)
      let bounds = try #require(texts.first).split(separator: " ").compactMap { Int($0) }
      try #require(bounds.count == 2 && bounds[0] < bounds[1])
      return bounds[0]...bounds[1]
    }
    #expect(ranges.count == scenario.phases)
    #expect(ranges.allSatisfy { $0.lowerBound >= 1024 && $0.upperBound <= 65_535 && $0.count > 5000 })
    for (one, next) in zip(ranges, ranges.dropFirst()) { #expect(one.upperBound < next.lowerBound) }
  }

  @Test func `visitors' MACs are greater than all others where they change nothing, or the bridge is pinned`()
    throws
  {
    let harmless = try script("healthy-churn")
    #expect(harmless.plan.bridge.address == nil)
    let greatest = try #require(harmless.plan.containers.map(\.portAddress).max())
    #expect(harmless.visits.count > 3)
    #expect(harmless.visits.allSatisfy { $0.container.portAddress > greatest })

    let pinned = try script("pinned")
    #expect(pinned.plan.bridge.address != nil)
    let least = try #require(pinned.plan.containers.map(\.portAddress).min())
    #expect(pinned.visits.count > 3)
    #expect(pinned.visits.allSatisfy { $0.container.portAddress < least })
  }

  @Test func `a port that leaves is known beforehand`() throws {
    #expect(try script("mac-leave").leavingPorts == ["veth-lowest"])
    #expect(try script("mac-and-losses").leavingPorts == ["veth-newcomer"])
    #expect(try script("mac-join").leavingPorts == [])
  }

  @Test func `what programs say that they lost is read`() {
    let tcpdump = """
      tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 2048 bytes
      64 packets captured
      67 packets received by filter
      2 packets dropped by kernel
      """
    #expect(Recording.Kind.cooked2.lost(accordingTo: tcpdump) == 3)
    #expect(Recording.Kind.cooked.lost(accordingTo: "tcpdump: listening on any") == nil)
    let dumpcap = """
      File: eth.pcapng
      Packets captured: 48
      Packets received/dropped on interface 'veth-a': 18/1 (pcap:0/dumpcap:0/flushed:1/ps_ifdrop:0) (94.7%)
      Packets received/dropped on interface 'br0': 16/2 (pcap:2/dumpcap:0/flushed:0/ps_ifdrop:0) (88.9%)
      """
    #expect(Recording.Kind.ethernet.lost(accordingTo: dumpcap) == 3)
    #expect(Recording.Kind.ethernet.lost(accordingTo: "File: eth.pcapng") == nil)
  }
}
