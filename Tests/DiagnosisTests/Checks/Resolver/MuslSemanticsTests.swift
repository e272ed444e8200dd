import Diagnosis
import Observation
import Testing

@Suite struct MuslSemanticsTests {
  private let id = "musl-semantics"

  private func world(_ library: Reading<String>, _ text: String) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.setResolver(text, in: "build")
    for name in ["web", "build", "other", "lowest"] {
      world.edit(name) { $0.systemLibrary = .value("glibc 2.41") }
    }
    world.edit("build") { $0.systemLibrary = library }
    return world
  }

  private let split = "nameserver 10.0.0.1\nnameserver 1.1.1.1\n"

  @Test func `private and public servers under musl are critical`() throws {
    let finding = try #require(world(.value("musl 1.2.3"), split).findings(id).first)
    #expect(finding.severity == .critical && finding.confidence == .likely)
    #expect(finding.evidence.contains { $0.meaning == "never asks by TCP" })
    #expect(finding.remedies[0].commands == ["docker run --dns 10.0.0.1 …"])
    #expect(
      !world(.value("musl 1.2.5"), split).findings(id)[0].evidence.contains { $0.meaning.contains("TCP") }
    )
  }

  @Test func `two servers of one kind are worth knowing only`() {
    #expect(
      world(.value("musl"), "nameserver 10.0.0.1\nnameserver 10.0.0.2\n").findings(id).map(\.severity) == [
        .info
      ]
    )
  }

  @Test(arguments: ["nameserver 127.0.0.11\n", "nameserver 10.0.0.1\n"])
  func `one server is no race`(text: String) {
    #expect(world(.value("musl 1.2.5"), text).result(id, "bridge:brci0")?.status == .passed)
  }

  @Test func `glibc asks one after the other`() {
    #expect(world(.value("glibc 2.36"), split).results(id).allSatisfy { $0.status == .passed })
  }

  @Test func `an unread library leaves it open, none leaves nothing to look at`() {
    #expect(world(.unreadable(reason: "not permitted"), split).result(id, "bridge:brci0")?.status == .unknown)
    #expect(SnapshotWorld.labHost.results(id).map(\.status) == [.notApplicable])
  }
}
