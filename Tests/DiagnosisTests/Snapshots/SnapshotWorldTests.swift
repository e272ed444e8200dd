import Diagnosis
import Observation
import Testing

@Suite struct `Made-up hosts` {
  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `a healthy host raises no alarm`(world: SnapshotWorld) {
    #expect(world.alarms.isEmpty)
    let unknown = Audit(world.snapshot).results.filter { $0.status == .unknown }
    #expect(unknown.isEmpty, "\(unknown.map { "\($0.id) \($0.subject): \($0.why)" })")
  }

  @Test func `bridges have their containers`() {
    let bridges = HostView(SnapshotWorld.dockerHost.snapshot).bridges
    #expect(bridges.map(\.name) == ["docker0", "brci0"])
    #expect(bridges.map { $0.containers.map(\.name) } == [["web"], ["build", "other", "lowest"]])
    #expect(bridges.map(\.isMadeByEngine) == [true, false])
    #expect(bridges.map(\.isGivenToEngine) == [false, true])
    let lab = HostView(SnapshotWorld.labHost.snapshot).bridges
    #expect(lab.map { $0.containers.map(\.name) } == [["build", "other", "lowest"]])
    #expect(lab.map(\.subject.description) == ["bridge:br0@host 0"])
  }
}
