import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Checks that look at a container's resolver configuration alone.
@Suite struct ResolverFileTests {
  private func world(_ text: String) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.setResolver(text, in: "build")
    return world
  }

  @Test(
    arguments: ["resolv-limits", "ndots-search-amplification", "v6-nameserver-unreachable"],
    [SnapshotWorld.labHost, SnapshotWorld.dockerHost]
  )
  func `healthy hosts pass, unread files leave it open, absent ones leave nothing`(
    id: String,
    world: SnapshotWorld
  ) {
    #expect(world.results(id).allSatisfy { $0.status == .passed })
    var world = world
    world.removeResolvers()
    #expect(world.results(id).allSatisfy { $0.status == .notApplicable })
    world.removeResolvers(.unreadable(reason: "not permitted"))
    #expect(world.results(id).allSatisfy { $0.status == .unknown })
  }

  @Test(arguments: [
    ("nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\n", false),
    ("nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\nnameserver 10.0.0.4\n", true),
    ("nameserver 10.0.0.1\nsearch a b c d e f\n", false),
    ("nameserver 10.0.0.1\nsearch a b c d e f g\n", true),
    ("nameserver 127.0.0.11\n# ExtServers: [10.0.0.1 10.0.0.2 10.0.0.3 10.0.0.4]\n", true),
  ])
  func `more than is used is worth knowing`(text: String, isFound: Bool) {
    #expect(world(text).findings("resolv-limits").map(\.severity) == (isFound ? [.info] : []))
  }

  @Test(arguments: [
    ("nameserver 10.0.0.1\nsearch a.example\noptions ndots:5\n", true),
    ("nameserver 10.0.0.1\noptions ndots:5\n", false),
    ("nameserver 127.0.0.11\nsearch a\noptions ndots:0\n", false),
    ("nameserver 10.0.0.1\nsearch a.example b.example\n", false),
  ])
  func `a search list with a high ndots is found`(text: String, isFound: Bool) {
    let id = "ndots-search-amplification"
    #expect(world(text).findings(id).map(\.severity) == (isFound ? [.warning] : []))
    if isFound { #expect(world(text).findings(id)[0].summary.contains("4 questions")) }
  }

  @Test func `ndots of Kubernetes is meant so`() {
    var world = SnapshotWorld.labHost
    let file = "nameserver 10.0.0.1\nsearch x.svc.cluster.local svc.cluster.local c\noptions ndots:5\n"
    world.setResolver(file, in: "build")
    #expect(world.findings("ndots-search-amplification").map(\.severity) == [.info])
  }

  @Test func `a first server of a family that the container lacks is found, a later one is worth knowing`()
    throws
  {
    let id = "v6-nameserver-unreachable"
    let first = world("nameserver 2001:db8::53\nnameserver 192.0.2.53\n")
    let finding = try #require(first.findings(id).first)
    #expect(finding.severity == .warning && finding.summary.contains("no IPv6 address"))
    #expect(finding.remedies[0].commands.joined().contains("192.0.2.53"))
    #expect(world("nameserver 192.0.2.53\nnameserver 2001:db8::53\n").findings(id).map(\.severity) == [.info])
  }

  @Test func `with a way inside and on the host it passes, without the host's it doesn't`() {
    let id = "v6-nameserver-unreachable"
    var world = SnapshotWorld.labHost
    world.setResolver("nameserver 2001:db8:ffff::53\n", in: "build")
    #expect(world.results(id).map(\.status) == [.passed])
    var blocked = world
    blocked.edit { namespace in
      namespace.routes = namespace.routes.map { routes in
        routes.filter { $0.destination.length > 0 || $0.destination.address.family == .v4 }
      }
    }
    #expect(blocked.findings(id)[0].summary.contains("the host has no IPv6 route"))
    world.edit("build") { $0.routes = .unreadable(reason: "gone") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }
}
