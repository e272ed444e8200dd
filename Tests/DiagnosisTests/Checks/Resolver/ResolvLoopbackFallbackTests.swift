import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct ResolvLoopbackFallbackTests {
  private let id = "resolv-loopback-fallback"
  private let fallback = "nameserver 8.8.8.8\nnameserver 8.8.4.4\n"

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `the host's own servers pass`(world: SnapshotWorld) {
    #expect(world.results(id).allSatisfy { $0.status == .passed })
  }

  @Test func `the fallback on a host with only a loopback is certain`() throws {
    var world = SnapshotWorld.dockerHost
    world.setHostFiles(["/etc/resolv.conf": "nameserver 127.0.0.1\n"])
    world.setResolver(fallback, in: "build", "other")
    world.setResolver("nameserver 172.18.0.1\n", in: "lowest", "web")
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .critical && finding.confidence == .certain)
    #expect(finding.subject.description == "bridge:brci0")
    #expect(finding.consequence.contains("build, other") && !finding.consequence.contains("lowest"))
    #expect(finding.remedies[0].files[0].content.contains("DNSStubListenerExtra=172.18.0.1"))
    #expect(world.result(id, "bridge:docker0")?.status == .passed)
  }

  @Test func `a stub whose file came later: the fallback stays, the cure is a restart`() throws {
    var world = SnapshotWorld.dockerHost
    world.setHostFiles([
      "/etc/resolv.conf": "nameserver 127.0.0.53\n",
      "/run/systemd/resolve/resolv.conf": "nameserver 10.0.0.1\n",
    ])
    world.setResolver(fallback, in: "web")
    world.setResolver("nameserver 10.0.0.1\n", in: "build", "other", "lowest")
    let finding = try #require(world.findings(id).first)
    #expect(world.findings(id).count == 1 && finding.subject.description == "bridge:docker0")
    #expect(finding.evidence.contains { $0.meaning.contains("10.0.0.1") })
    #expect(finding.remedies.contains { $0.commands == ["systemctl restart docker"] })
  }

  @Test func `a host that uses 8.8.8.8 itself, or a choice of it, is well`() {
    var world = SnapshotWorld.dockerHost
    world.setHostFiles(["/etc/resolv.conf": "nameserver 8.8.8.8\n"])
    world.setResolver("nameserver 8.8.8.8\n", in: "web", "build", "other", "lowest")
    #expect(world.findings(id).isEmpty)
    var chosen = SnapshotWorld.dockerHost
    chosen.setResolver(fallback, in: "web")
    #expect(chosen.findings(id).count == 1)
    chosen.set(engine: SnapshotWorld.mainEngine, "dns", "[\"8.8.8.8\",\"8.8.4.4\"]")
    #expect(chosen.findings(id).isEmpty)
  }

  @Test func `a loopback inside a container is found unless somebody listens there`() throws {
    var world = SnapshotWorld.dockerHost
    world.setResolver("nameserver 127.0.0.53\n", in: "build")
    #expect(world.findings(id).count == 1)
    world.listen(at: "127.0.0.53", in: "build")
    #expect(world.findings(id).isEmpty)
    // Docker's own resolver is no loopback in vain.
    world.setResolver("nameserver 127.0.0.11\noptions ndots:0\n", in: "build")
    #expect(world.findings(id).isEmpty)
  }

  @Test func `the next container's trouble is foretold, as a warning`() throws {
    var world = SnapshotWorld.dockerHost
    world.snapshot.namespaces.removeAll { $0.name == "web" }
    world.edit { $0.links = $0.links.map { links in links.filter { $0.peer?.namespace != "4026533101" } } }
    #expect(world.result(id, "bridge:docker0")?.status == .passed)
    world.setHostFiles(["/etc/resolv.conf": "nameserver 127.0.0.1\n"])
    let result = try #require(world.result(id, "bridge:docker0"))
    #expect(result.status == .failed && result.severity == .warning)
  }

  @Test func `unreadable files leave it open, absent ones leave nothing`() {
    var world = SnapshotWorld.dockerHost
    world.edit("web") { $0.resolver = .unreadable(reason: "not permitted") }
    #expect(world.result(id, "bridge:docker0")?.status == .unknown)
    world.removeResolvers()
    #expect(world.results(id).allSatisfy { $0.status == .notApplicable })
  }
}
