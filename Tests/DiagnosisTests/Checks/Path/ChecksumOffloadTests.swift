import Diagnosis
import Observation
import Testing

@Suite struct ChecksumOffloadTests {
  private let id = "csum-offload"

  private func world(errors: UInt64, of received: UInt64, in name: String?) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.edit(name) {
      $0.counters = $0.counters.map {
        $0.merging(["Udp.InCsumErrors": errors, "Udp.InDatagrams": received]) { $1 }
      }
    }
    return world
  }

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `healthy hosts pass`(world: SnapshotWorld) {
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test(arguments: [nil, "build"])
  func `a share of wrong checksums is found, on the host and in a container`(name: String?) throws {
    let finding = try #require(world(errors: 40, of: 900, in: name).findings(id).first)
    #expect(finding.severity == .info && finding.summary.contains("40 of 940"))
    #expect(finding.summary.contains(name ?? "the machine"))
  }

  @Test func `a few in a year are what checksums are for`() {
    #expect(world(errors: 9, of: 100, in: nil).findings(id).isEmpty)
    #expect(world(errors: 50, of: 9_000_000, in: nil).findings(id).isEmpty)
  }

  @Test func `unread counters leave it open`() {
    var world = SnapshotWorld.labHost
    world.edit("other") { $0.counters = .unreadable(reason: "gone") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }
}
