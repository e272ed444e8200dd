import Diagnosis
import Observation
import Testing

@Suite struct UpstreamRateLimitTests {
  private let id = "upstream-rate-limit"

  private func amazon(_ text: String, exceeded: UInt64? = nil) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.edit("build") { $0.resolver = .value(text) }
    world.edit(link: "eth0") { $0.statistics["linklocal_allowance_exceeded"] = exceeded }
    return world
  }

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `healthy hosts pass`(world: SnapshotWorld) {
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test(arguments: [
    "nameserver 169.254.169.253\n", "nameserver 10.0.0.2\nsearch eu-west-1.compute.internal\n",
  ])
  func `a counter of what Amazon's network dropped is critical`(text: String) throws {
    let finding = try #require(amazon(text, exceeded: 4711).findings(id).first)
    #expect(finding.severity == .critical && finding.summary.contains("4711"))
    #expect(finding.consequence.contains("10 days"))
    #expect(amazon(text, exceeded: 3).findings(id).map(\.severity) == [.warning])
    #expect(amazon(text, exceeded: 0).results(id).map(\.status) == [.passed])
  }

  @Test func `without the counter the limit is worth knowing, no more`() {
    #expect(amazon("nameserver 169.254.169.253\n").findings(id).map(\.severity) == [.info])
  }

  @Test func `an address that ends in 2 is no sign by itself`() {
    #expect(amazon("nameserver 10.0.0.2\nsearch example.com\n").findings(id).isEmpty)
  }

  @Test(arguments: [
    ("udp dport 53 limit rate over 10/second drop", true),
    ("udp dport 53 limit rate 10/second accept", false),
    ("tcp dport 22 limit rate over 10/second drop", false),
    ("iifname \"eth0\" udp dport 53 limit rate over 10/second drop", false),
    ("iifname \"br0\" udp dport 53 limit rate over 10/second drop", true),
  ])
  func `a rule of the host that limits lookups is found`(rule: String, isFound: Bool) {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset
        + "table inet own {\n\tchain forward {\n\t\ttype filter hook forward priority 0;\n"
        + "\t\t\(rule)\n\t}\n}\n"
    )
    #expect(world.findings(id).map(\.severity) == (isFound ? [.critical] : []))
  }

  @Test func `unread rules leave it open`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.nftables = .unreadable(reason: "not root") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }
}
