import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Checks of what a resolver has to live with: buffers, limits, processors.
@Suite struct ResolverLoadTests {
  private func counted(errors: UInt64, of received: UInt64, in name: String? = nil) -> SnapshotWorld {
    var world = SnapshotWorld.labHost
    world.edit(name) {
      $0.counters = $0.counters.map {
        $0.merging(["Udp.RcvbufErrors": errors, "Udp.InDatagrams": received]) { $1 }
      }
    }
    return world
  }

  @Test(
    arguments: ["resolver-rcvbuf", "fd-inotify", "cpu-starvation"],
    [SnapshotWorld.labHost, SnapshotWorld.dockerHost]
  )
  func `healthy hosts pass`(id: String, world: SnapshotWorld) {
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `a resolver's socket that lost a share of the questions is found`() throws {
    var world = counted(errors: 496, of: 4, in: "other")
    world.listen(at: "0.0.0.0", by: ProcessSnapshot(pid: 9, name: "unbound"), drops: 496, in: "other")
    let finding = try #require(world.findings("resolver-rcvbuf").first)
    #expect(finding.severity == .warning && finding.confidence == .certain)
    #expect(finding.summary == "unbound at 0.0.0.0:53 in other lost 496 questions to a full receive buffer.")
    #expect(finding.evidence.contains { $0.source == "net.core.rmem_default" && $0.value == "212992" })
  }

  @Test func `the namespace's counter warns where there is a resolver, and is worth knowing elsewhere`() {
    var world = counted(errors: 496, of: 4)
    #expect(world.findings("resolver-rcvbuf").map(\.severity) == [.info])
    world.listen(at: "0.0.0.0")
    #expect(world.findings("resolver-rcvbuf").map(\.severity) == [.warning])
    #expect(world.findings("resolver-rcvbuf").map(\.confidence) == [.possible])
  }

  @Test func `a handful in a year, or few of many, are none`() throws {
    var world = counted(errors: 12, of: 40)
    world.listen(at: "0.0.0.0", drops: 12)
    #expect(world.findings("resolver-rcvbuf").isEmpty)
    var many = counted(errors: 300, of: 2_000_000)
    many.listen(at: "0.0.0.0")
    let result = try #require(many.results("resolver-rcvbuf").first)
    #expect(result.status == .passed && result.why.contains("300 datagrams in 10 days"))
    many.snapshot.origin.uptime = 86400
    #expect(many.findings("resolver-rcvbuf").count == 1)
  }

  @Test func `multicast DNS may lose what it likes`() {
    var world = SnapshotWorld.labHost
    world.listen(at: "0.0.0.0", port: 5353, drops: 9000)
    #expect(world.findings("resolver-rcvbuf").isEmpty)
  }

  @Test func `unread counters leave it open`() {
    var world = SnapshotWorld.labHost
    world.edit("build") { $0.counters = .unreadable(reason: "gone") }
    #expect(world.results("resolver-rcvbuf").map(\.status) == [.unknown])
  }

  @Test func `few instances of inotify for many containers are worth knowing`() {
    let id = "fd-inotify"
    var world = SnapshotWorld.labHost
    world.snapshot.machine.settings["fs.inotify.max_user_instances"] = .value("128")
    #expect(world.results(id).map(\.status) == [.passed])
    world.snapshot.machine.settings["fs.inotify.max_user_instances"] = .value("4")
    #expect(world.findings(id).map(\.severity) == [.info])
    world.snapshot.machine.settings["fs.inotify.max_user_instances"] = nil
    #expect(world.results(id).map(\.status) == [.unknown])
  }

  @Test func `a busy machine is worth knowing, and a warning where a resolver lost questions`() throws {
    let id = "cpu-starvation"
    var world = SnapshotWorld.dockerHost
    world.snapshot.machine.pressure = .value(["some.avg10": 95, "some.avg60": 80, "some.avg300": 72.4])
    #expect(world.findings(id).map(\.severity) == [.info])
    world.listen(at: "172.18.0.1", drops: 40)
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning && finding.summary.contains("72 %"))
    world.snapshot.machine.pressure = .value(["some.avg10": 95, "some.avg300": 12])
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `a kernel that leaves packets for later is told by its share`() {
    var world = SnapshotWorld.dockerHost
    world.snapshot.machine.softnet = .value(["processed": 100_000, "dropped": 0, "timeSqueeze": 9000])
    #expect(world.findings("cpu-starvation").map(\.severity) == [.info])
    world.snapshot.machine.softnet = .value(["processed": 100_000, "dropped": 0, "timeSqueeze": 90])
    #expect(world.findings("cpu-starvation").isEmpty)
  }

  @Test func `unread pressure leaves it open, none leaves nothing`() {
    var world = SnapshotWorld.dockerHost
    world.snapshot.machine.pressure = .unreadable(reason: "not permitted")
    #expect(world.results("cpu-starvation").map(\.status) == [.unknown])
    world.snapshot.machine.pressure = .absent
    #expect(world.results("cpu-starvation").map(\.status) == [.notApplicable])
  }
}
