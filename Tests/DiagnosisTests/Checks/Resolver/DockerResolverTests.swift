import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Checks of dockerd's own resolver, of its version and of its builders.
@Suite struct DockerResolverTests {
  private let main = "engine:" + SnapshotWorld.mainEngine

  private func version(_ text: Reading<String>) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.edit(engine: SnapshotWorld.mainEngine) { $0.version = text }
    return world
  }

  @Test(arguments: ["docker-dns-overload", "seccomp-getaddrinfo", "docker-fwd-source"])
  func `healthy daemons pass, and without one there is nothing to look at`(id: String) {
    let results = SnapshotWorld.dockerHost.results(id)
    #expect(results.map(\.status) == [.passed, .passed])
    #expect(results.map(\.subject.description) == [main, "engine:" + SnapshotWorld.secondEngine])
    #expect(SnapshotWorld.labHost.results(id).map(\.status) == [.notApplicable])
  }

  @Test func `an old daemon with containers at 127.0.0.11 has the low limit`() throws {
    var world = version(.value("18.09.1"))
    #expect(world.findings("docker-dns-overload").isEmpty)
    world.setResolver("nameserver 127.0.0.11\n", in: "web")
    let finding = try #require(world.findings("docker-dns-overload").first)
    #expect(finding.severity == .warning && finding.consequence.contains("web"))
    world.edit(engine: SnapshotWorld.mainEngine) { $0.version = .value("20.10.24+dfsg1") }
    #expect(world.result("docker-dns-overload", main)?.status == .passed)
    world.edit(engine: SnapshotWorld.mainEngine) { $0.version = .unreadable(reason: "no answer in 2 s") }
    #expect(world.result("docker-dns-overload", main)?.status == .unknown)
  }

  @Test(arguments: [
    ("20.10.5+dfsg1", true), ("20.10.24+dfsg1", false), ("19.03.15", true), ("29.7.2", false),
  ])
  func `a profile without clone3 is told by the version`(text: String, isOld: Bool) {
    let findings = version(.value(text)).findings("seccomp-getaddrinfo")
    #expect(findings.map(\.severity) == (isOld ? [.warning] : []))
    #expect(findings.allSatisfy { $0.confidence == .possible })
  }

  @Test func `a version that can't be read leaves it open`() {
    #expect(version(.absent).result("seccomp-getaddrinfo", main)?.status == .unknown)
    #expect(version(.value("master-dev")).result("seccomp-getaddrinfo", main)?.status == .unknown)
  }

  private func builder(_ text: Reading<String>) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.addContainer(
      "buildx_buildkit_ci0",
      on: "docker0",
      addresses: ["172.17.0.9/16"],
      linkAddress: MACAddress(0x3600_0000_0009),
      portAddress: MACAddress(0x5a00_0000_0009),
      engine: SnapshotWorld.mainEngine
    )
    world.edit("buildx_buildkit_ci0") { $0.resolver = text }
    return world
  }

  @Test func `a builder that doesn't have the daemon's servers is found`() throws {
    let id = "docker-fwd-source"
    var world = builder(.value("nameserver 192.0.2.53\n"))
    #expect(world.findings(id).isEmpty)
    world.set(engine: SnapshotWorld.mainEngine, "dns", "[\"10.0.0.1\"]")
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning && finding.subject.description == main)
    #expect(finding.remedies[0].files[0].content.contains("nameservers = [\"10.0.0.1\"]"))
    world.edit("buildx_buildkit_ci0") { $0.resolver = .value("nameserver 10.0.0.1\n") }
    #expect(world.findings(id).isEmpty)
  }

  @Test func `a builder with a loopback is found, an unread one leaves it open`() {
    #expect(builder(.value("nameserver 127.0.0.11\n")).findings("docker-fwd-source").count == 1)
    let unread = builder(.unreadable(reason: "not permitted"))
    #expect(unread.result("docker-fwd-source", main)?.status == .unknown)
  }

  private func embedded(rule: String, listens port: UInt16?) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.setResolver("nameserver 127.0.0.11\noptions ndots:0\n", in: "build")
    world.setRuleset(
      "table ip nat {\n\tchain DOCKER_OUTPUT {\n\t\t\(rule)\n\t}\n\tchain OUTPUT {\n"
        + "\t\ttype nat hook output priority -100; policy accept;\n"
        + "\t\tip daddr 127.0.0.11 counter packets 1 bytes 60 jump DOCKER_OUTPUT\n\t}\n}\n",
      in: "build"
    )
    if let port { world.listen(at: "127.0.0.11", port: port, in: "build") }
    return world
  }

  private let rule =
    "meta l4proto udp ip daddr 127.0.0.11 udp dport 53 counter packets 1 bytes 60 dnat to 127.0.0.11:39353"

  @Test func `a rule that leads to dockerd passes, one that leads elsewhere is found`() throws {
    let id = "docker-dns-restart"
    #expect(embedded(rule: rule, listens: 39353).result(id, "bridge:brci0")?.status == .passed)
    let finding = try #require(embedded(rule: rule, listens: 41000).findings(id).first)
    #expect(finding.severity == .warning && finding.confidence == .certain)
    #expect(finding.evidence[0].value == "127.0.0.11:53 -> 127.0.0.11:39353")
    #expect(finding.remedies[0].commands == ["docker restart build"])
  }

  @Test func `the same in a legacy table`() {
    var world = embedded(rule: "counter packets 0 bytes 0", listens: 41000)
    world.edit("build") {
      $0.legacyTables["iptables"] = .value(
        "*nat\n[0:0] -A DOCKER_OUTPUT -d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination"
          + " 127.0.0.11:39353\n"
      )
    }
    #expect(world.findings("docker-dns-restart").count == 1)
  }

  @Test func `no socket at all: without a daemon it is found, otherwise it is open`() {
    var world = embedded(rule: rule, listens: nil)
    #expect(world.result("docker-dns-restart", "bridge:brci0")?.status == .unknown)
    world.edit(engine: SnapshotWorld.secondEngine) { $0.process = nil }
    #expect(world.findings("docker-dns-restart").map(\.confidence) == [.likely])
  }

  @Test func `containers that don't ask dockerd pass, and an unread ruleset leaves it open`() {
    let id = "docker-dns-restart"
    #expect(SnapshotWorld.dockerHost.results(id).allSatisfy { $0.status == .passed })
    var world = embedded(rule: rule, listens: 39353)
    world.edit("build") { $0.nftables = .unreadable(reason: "not root") }
    #expect(world.result(id, "bridge:brci0")?.status == .unknown)
  }
}
