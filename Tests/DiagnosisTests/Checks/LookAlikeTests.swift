import Diagnosis
import Observation
import Testing

@Suite struct `Checks of links and addresses on healthy hosts` {
  static let checks = Checks.all.filter { [.linkLayer, .addressing].contains($0.entry.area) }
  /// What needs udev, a manager or several engines, which a lab's namespaces don't have.
  static let needsMore = ["bridge-mac-policy-gap", "multi-dockerd-shared-bridge"]

  @Test(arguments: checks.map(\.id))
  func `passes or doesn't apply on a host full of look-alikes`(id: String) {
    let results = SnapshotWorld.lookAlikes.results(id)
    #expect(!results.isEmpty)
    for result in results {
      #expect([.passed, .notApplicable].contains(result.status), "\(result.subject): \(result.why)")
      #expect(!result.why.isEmpty)
    }
  }

  @Test(arguments: checks.map(\.id).filter { !needsMore.contains($0) })
  func `passes on a plain lab host`(id: String) {
    let results = SnapshotWorld.labHost.results(id)
    #expect(!results.isEmpty)
    for result in results { #expect(result.status == .passed, "\(result.subject): \(result.why)") }
  }

  @Test(arguments: checks.map(\.id))
  func `can't tell when the interfaces can't be read`(id: String) {
    var world = SnapshotWorld.labHost
    world.edit { $0.links = .unreadable(reason: "not permitted") }
    for result in world.results(id) {
      #expect([.unknown, .notApplicable, .passed].contains(result.status))
    }
    // The kernel's own tables are looked at without interfaces.
    if !["neigh-overflow", "multi-dockerd-shared-bridge", "flood-vs-backlog"].contains(id) {
      #expect(world.results(id).contains { $0.status == .unknown }, "\(id)")
    }
  }

  @Test func `ids and numbers are the catalogue's, each once, with a text for a person`() {
    let entries = Self.checks.map(\.entry)
    #expect(entries.map(\.number) == Array(1...24))
    #expect(Set(entries.map(\.id)).count == 24)
    for entry in entries {
      #expect(entry.title.count <= 70, "\(entry.id): \(entry.title.count)")
      #expect(entry.mechanism.count >= 2 && !entry.why.isEmpty, "\(entry.id)")
      #expect(!entry.byHand.isEmpty && !entry.sources.isEmpty, "\(entry.id)")
    }
  }
}
