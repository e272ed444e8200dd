import Diagnosis
import Observation
import Testing

@Suite struct ResolvStaleTests {
  private let id = "resolv-stale"

  @Test func `the host's servers pass; without an engine nothing is copied`() {
    #expect(SnapshotWorld.dockerHost.results(id).allSatisfy { $0.status == .passed })
    #expect(SnapshotWorld.labHost.results(id).allSatisfy { $0.status == .notApplicable })
  }

  @Test func `a server that the host has given up is found`() throws {
    var world = SnapshotWorld.dockerHost
    world.setResolver("nameserver 10.1.1.1\n", in: "build")
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning && finding.subject.description == "bridge:brci0")
    #expect(finding.remedies[0].commands == ["docker -H unix:///run/docker-ci/docker.sock restart build"])
    world.setResolver("nameserver 10.1.1.1\nnameserver 192.0.2.53\n", in: "build")
    #expect(world.findings(id).map(\.severity) == [.info])
  }

  @Test(arguments: [
    "nameserver 8.8.8.8\n", "nameserver 172.18.0.1\n", "nameserver 127.0.0.11\n",
    "nameserver 127.0.0.11\n# ExtServers: [host(127.0.0.53)]\n",
  ])
  func `what was never copied isn't stale`(text: String) {
    var world = SnapshotWorld.dockerHost
    world.setResolver(text, in: "build")
    #expect(world.findings(id).isEmpty)
  }

  @Test func `dockerd's own list grows old too`() {
    var world = SnapshotWorld.dockerHost
    world.setResolver("nameserver 127.0.0.11\n# ExtServers: [host(10.1.1.1)]\n", in: "build")
    #expect(world.findings(id).map(\.severity) == [.warning])
  }

  @Test func `a choice is no copy, and an unread host file leaves it open`() {
    var world = SnapshotWorld.dockerHost
    world.setResolver("nameserver 10.1.1.1\n", in: "build")
    world.set(engine: SnapshotWorld.secondEngine, "dns", "[\"10.1.1.1\"]")
    #expect(world.findings(id).isEmpty)
    world.snapshot.management.resolverFiles["/etc/resolv.conf"] = .unreadable(reason: "not permitted")
    #expect(world.result(id, "bridge:docker0")?.status == .unknown)
  }
}
