import Diagnosis
import Observation
import Testing

@Suite struct ResolvedDegradedTests {
  private let id = "resolved-degraded"

  private func world(_ files: [String: String]) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.setHostFiles(
      files.merging(["/etc/resolv.conf": "nameserver 127.0.0.53\n"]) { first, _ in first }
    )
    return world
  }

  @Test func `without systemd-resolved there is nothing to look at`() {
    #expect(SnapshotWorld.dockerHost.results(id).map(\.status) == [.notApplicable])
    #expect(SnapshotWorld.labHost.results(id).map(\.status) == [.notApplicable])
  }

  @Test(arguments: [
    ("#DNSSEC=yes\n", nil), ("[Resolve]\nDNSSEC=no\n", nil), ("[Resolve]\nDNSSEC=yes\n", Severity.warning),
    ("[Resolve]\nDNSSEC=true\n", .warning), ("[Resolve]\nDNSSEC=allow-downgrade\n", .info),
  ])
  func `validation is found as its files have it`(text: String, severity: Severity?) {
    let world = world(["/etc/systemd/resolved.conf": text])
    #expect(world.findings(id).map(\.severity) == [severity].compactMap(\.self))
    if severity == nil { #expect(world.results(id).map(\.status) == [.passed]) }
  }

  @Test func `a drop-in wins over the file`() {
    let world = world([
      "/etc/systemd/resolved.conf": "[Resolve]\nDNSSEC=yes\n",
      "/etc/systemd/resolved.conf.d/90-dnssec.conf": "[Resolve]\nDNSSEC=no\n",
    ])
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `files that weren't read leave it open`() {
    #expect(world([:]).results(id).map(\.status) == [.unknown])
    var unread = world([:])
    unread.snapshot.management.resolverFiles["/etc/systemd/resolved.conf"] = .unreadable(
      reason: "not permitted"
    )
    #expect(unread.results(id).map(\.status) == [.unknown])
  }
}
