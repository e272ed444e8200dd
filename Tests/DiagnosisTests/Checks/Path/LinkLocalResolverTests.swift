import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct LinkLocalResolverTests {
  private let id = "link-local-resolver"

  private var world: SnapshotWorld {
    var world = SnapshotWorld.labHost
    world.edit("build") { $0.resolver = .value("nameserver 169.254.169.254\n") }
    return world
  }

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `an ordinary resolver passes`(world: SnapshotWorld) {
    #expect(world.results(id).allSatisfy { $0.status == .passed })
  }

  @Test func `a cloud's resolver through the uplink passes, as on healthy hosts there`() {
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `a rule that keeps containers from it is found`() throws {
    var world = world
    world.setRuleset(
      SnapshotWorld.labRuleset
        + "table ip own {\n\tchain forward {\n\t\ttype filter hook forward priority 0;\n"
        + "\t\tip daddr 169.254.0.0/16 drop\n\t}\n}\n"
    )
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning && finding.confidence == .certain)
    #expect(finding.consequence.contains("build") && !finding.consequence.contains("other"))
    #expect(finding.remedies[0].files[0].content.contains("DNSStubListenerExtra=172.18.0.1"))
  }

  @Test func `a link-local route on another interface leads astray`() {
    var world = world
    world.add(SnapshotWorld.bridge("br9", index: 80, address: .broadcast))
    world.addRoute("169.254.0.0/16", by: "br9")
    #expect(world.findings(id).map(\.confidence) == [.likely])
  }

  @Test func `no route to it is certain`() {
    var world = world
    world.edit { namespace in
      namespace.routes = namespace.routes.map { $0.filter { $0.destination.length > 0 } }
    }
    #expect(world.findings(id).map(\.confidence) == [.certain])
  }

  @Test func `what dockerd asks from the host doesn't count`() {
    var world = SnapshotWorld.dockerHost
    world.edit("build") {
      $0.resolver = .value("nameserver 127.0.0.11\n# ExtServers: [host(169.254.169.254)]\n")
    }
    #expect(world.result(id, "bridge:brci0")?.status == .passed)
  }

  @Test func `without a configuration inside there is nothing to look at, and an unread one leaves it open`()
  {
    var world = SnapshotWorld.labHost
    for name in ["build", "other", "lowest"] { world.edit(name) { $0.resolver = .absent } }
    #expect(world.results(id).map(\.status) == [.notApplicable])
    world.edit("other") { $0.resolver = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }
}
