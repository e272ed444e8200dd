import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct PolicyRouteTests {
  private let id = "policy-route-vpn"

  /// A host with a second way out in table 7, and rules.
  private func world(_ rules: RuleSnapshot..., kind: String? = nil, type: String = "unicast") -> SnapshotWorld
  {
    var world = SnapshotWorld.labHost
    world.add(LinkSnapshot(index: InterfaceIndex(90), name: "second", kind: kind))
    world.edit { namespace in
      let route = IPPrefix("0.0.0.0/0").map {
        RouteSnapshot(destination: $0, table: 7, type: type, interface: InterfaceIndex(90))
      }
      namespace.routes = namespace.routes.map { $0 + [route].compactMap(\.self) }
      namespace.rules = namespace.rules.map { $0 + rules }
    }
    return world
  }

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `without further rules containers and host go the same way`(world: SnapshotWorld) {
    #expect(world.results(id).allSatisfy { $0.status == .passed })
  }

  @Test func `a rule for the bridge sends containers where nobody translates them`() throws {
    let world = world(RuleSnapshot(family: 4, priority: 100, table: 7, inputInterface: "br0"))
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning && finding.confidence == .likely)
    #expect(finding.summary.contains("192.0.2.53") && finding.summary.contains("second"))
    #expect(finding.consequence.contains("no rule translates"))
    #expect(finding.evidence.contains { $0.value == "100: from all iif br0 lookup 7" })
    #expect(finding.remedies[0].commands == ["ip rule add priority 99 from 172.18.0.0/16 lookup main"])
  }

  @Test func `a tunnel for the containers' subnet is found even if their source is translated`() throws {
    var world = world(
      RuleSnapshot(family: 4, priority: 100, table: 7, source: IPPrefix("172.18.0.0/16")),
      kind: "wireguard"
    )
    world.setRuleset(
      "table ip nat {\n\tchain post {\n\t\ttype nat hook postrouting priority srcnat;\n"
        + "\t\tip saddr 172.18.0.0/16 masquerade\n\t}\n}\n"
    )
    let finding = try #require(world.findings(id).first)
    #expect(finding.consequence.contains("second is a tunnel"))
  }

  @Test func `a second uplink that is meant, with translation, is only worth knowing`() {
    var world = world(RuleSnapshot(family: 4, priority: 100, table: 7, inputInterface: "br0"))
    world.setRuleset(
      "table ip nat {\n\tchain post {\n\t\ttype nat hook postrouting priority srcnat;\n"
        + "\t\tip saddr 172.18.0.0/16 masquerade\n\t}\n}\n"
    )
    #expect(world.findings(id).map(\.severity) == [.info])
  }

  @Test func `a refusal for containers is found`() {
    let world = world(
      RuleSnapshot(family: 4, priority: 100, action: "unreachable", source: IPPrefix("172.18.0.0/16"))
    )
    #expect(world.findings(id).map(\.severity) == [.warning])
    #expect(world.findings(id)[0].consequence.contains("refused"))
  }

  @Test func `a tunnel for the host too is no difference`() {
    let world = world(RuleSnapshot(family: 4, priority: 100, table: 7), kind: "wireguard")
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `a mark that a rule sets on what comes from the bridge counts, one for another doesn't`() {
    let rule = RuleSnapshot(family: 4, priority: 100, table: 7, mark: 0x1, markMask: .max)
    func ruleset(_ bridge: String) -> String {
      SnapshotWorld.labRuleset
        + "table inet own {\n\tchain pre {\n\t\ttype filter hook prerouting priority mangle;\n"
        + "\t\tiifname \"\(bridge)\" udp dport 53 meta mark set 0x00000001\n\t}\n}\n"
    }
    var marked = world(rule)
    marked.setRuleset(ruleset("br0"))
    #expect(marked.findings(id).map(\.confidence) == [.possible])
    marked.setRuleset(ruleset("br9"))
    #expect(marked.findings(id).isEmpty)
    // The rule alone harms nobody.
    #expect(world(rule).results(id).map(\.status) == [.passed])
  }

  @Test func `unread rules leave it open`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.rules = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }
}
