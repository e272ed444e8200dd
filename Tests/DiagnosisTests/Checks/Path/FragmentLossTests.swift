import Diagnosis
import Observation
import Testing

@Suite struct FragmentLossTests {
  private let id = "frag-edns-tcp53"

  private func labHost(_ rule: String) -> SnapshotWorld {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset
        + "table inet own {\n\tchain forward {\n\t\ttype filter hook forward priority 0;\n"
        + "\t\t\(rule)\n\t}\n}\n"
    )
    return world
  }

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `healthy hosts pass`(world: SnapshotWorld) {
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test(arguments: [
    "ip frag-off & 8191 != 0 drop", "ip frag-off & 0x1fff != 0 counter packets 3 bytes 4200 drop",
    "tcp dport 53 drop", "tcp dport { 53, 853 } reject", "ip protocol tcp tcp dport domain drop",
  ])
  func `rules that lose large answers are found`(rule: String) throws {
    let finding = try #require(labHost(rule).findings(id).first)
    #expect(finding.severity == .warning && finding.evidence.first?.value == rule)
  }

  @Test(arguments: [
    "udp dport 53 accept", "tcp dport 5353 drop", "tcp dport 853 drop", "ip frag-off & 8191 != 0 accept",
    "tcp sport 53 tcp dport 80 drop", "tcp dport 53 accept",
  ])
  func `rules that are like them are not`(rule: String) {
    #expect(labHost(rule).findings(id).isEmpty)
  }

  @Test func `a policy that lets only UDP pass is found, a rule against strangers isn't`() {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      "table inet own {\n\tchain forward {\n\t\ttype filter hook forward priority 0; policy drop;\n"
        + "\t\tudp dport 53 accept\n\t}\n}\n"
    )
    #expect(world.findings(id).map { $0.evidence.map(\.value) } == [["policy drop"]])
    world.setRuleset(
      SnapshotWorld.labRuleset + "table inet own {\n\tchain input {\n\t\ttype filter hook input priority 0;\n"
        + "\t\tiifname \"eth0\" tcp dport 53 drop\n\t}\n}\n"
    )
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `legacy tables are looked through as well`() {
    var world = SnapshotWorld.labHost
    world.edit {
      $0.legacyTables["iptables"] = .value(
        "*filter\n:FORWARD ACCEPT [0:0]\n[4:5600] -A FORWARD -f -j DROP\n[0:0] -A FORWARD -p udp --dport 53 -j ACCEPT\n"
      )
    }
    #expect(world.findings(id).map { $0.evidence.map(\.source) } == [["iptables, FORWARD"]])
  }

  @Test func `fragments that came in vain are worth knowing if they are a share of the whole`() {
    var world = SnapshotWorld.labHost
    world.edit {
      $0.counters = $0.counters.map { $0.merging(["Ip.ReasmReqds": 400, "Ip.ReasmFails": 100]) { $1 } }
    }
    #expect(world.findings(id).map(\.severity) == [.info])
    world.edit { $0.counters = $0.counters.map { $0.merging(["Ip.ReasmReqds": 90000]) { $1 } } }
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `rules that couldn't be read leave it open`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.nftables = .unreadable(reason: "not root") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }
}
