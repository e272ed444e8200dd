import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct MtuBlackholeTests {
  private let id = "mtu-blackhole"

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `an uplink that takes as much as a container sends passes`(world: SnapshotWorld) {
    #expect(world.results(id).allSatisfy { $0.status == .passed })
    #expect(!world.results(id).isEmpty)
  }

  @Test func `an uplink with a smaller MTU is found on each bridge, without certainty`() throws {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "eth0") { $0.mtu = 1400 }
    let findings = world.findings(id)
    #expect(findings.map(\.subject.description) == ["bridge:docker0", "bridge:brci0"])
    #expect(findings.allSatisfy { $0.severity == .critical && $0.confidence == .likely })
    #expect(findings[1].summary.contains("1400"))
    let remedy = try #require(findings[1].remedies.last)
    #expect(remedy.kind == .persistent && remedy.commands.joined().contains("/etc/docker/ci.json"))
  }

  @Test func `a rule that drops ICMP makes it certain`() throws {
    var world = SnapshotWorld.labHost
    world.edit(link: "eth0") { $0.mtu = 1400 }
    world.setRuleset(
      SnapshotWorld.labRuleset
        + "table inet own {\n\tchain output {\n\t\ttype filter hook output priority 0;\n"
        + "\t\tip protocol icmp drop\n\t}\n}\n"
    )
    let finding = try #require(world.findings(id).first)
    #expect(finding.confidence == .certain)
    #expect(
      finding.evidence.contains { $0.value == "ip protocol icmp drop" && $0.source == "inet own output" }
    )
  }

  @Test func `a route's own MTU counts, a more generous one doesn't`() {
    var world = SnapshotWorld.labHost
    world.edit { namespace in
      namespace.routes = namespace.routes.map { routes in
        routes.map { route in
          var route = route
          if route.destination.length == 0 { route.mtu = 1280 }
          return route
        }
      }
    }
    #expect(world.findings(id).count == 1)
    world.edit(link: "eth0") { $0.mtu = 9001 }
    world.edit { namespace in
      namespace.routes = namespace.routes.map { routes in
        routes.map { route in
          var route = route
          route.mtu = nil
          return route
        }
      }
    }
    #expect(world.findings(id).isEmpty)
  }

  @Test func `the way to the resolver counts although the default route is wide`() throws {
    var world = SnapshotWorld.dockerHost
    world.add(LinkSnapshot(index: InterfaceIndex(90), name: "wg0", kind: "wireguard", mtu: 1420))
    world.addRoute("192.0.2.0/24", by: "wg0")
    let finding = try #require(world.findings(id).first)
    #expect(finding.evidence.contains { $0.meaning.contains("its resolver 192.0.2.53") })
  }

  @Test func `a port that takes less than the container's end drops silently`() throws {
    var world = SnapshotWorld.labHost
    world.edit(link: world.port(of: "build")) { $0.mtu = 1200 }
    let finding = try #require(world.findings(id).first)
    #expect(finding.confidence == .certain && finding.consequence.contains("build"))
    #expect(!finding.consequence.contains("other,"))
  }

  @Test func `segments that are fitted by a rule are well`() {
    var world = SnapshotWorld.labHost
    world.edit(link: "eth0") { $0.mtu = 1400 }
    world.setRuleset(
      SnapshotWorld.labRuleset
        + "table inet own {\n\tchain forward {\n\t\ttype filter hook forward priority mangle;\n"
        + "\t\ttcp flags syn / syn,rst tcp option maxseg size set rt mtu\n\t}\n}\n"
    )
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `without routes nothing can be told`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.routes = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
    #expect(world.results(id)[0].why.contains("not permitted"))
  }

  @Test func `a bridge without containers isn't looked at`() {
    var world = SnapshotWorld.labHost
    world.add(SnapshotWorld.bridge("virbr0", index: 80, address: .broadcast), addresses: ["192.168.122.1/24"])
    #expect(world.result(id, "bridge:virbr0@host 0")?.status == .notApplicable)
  }
}
