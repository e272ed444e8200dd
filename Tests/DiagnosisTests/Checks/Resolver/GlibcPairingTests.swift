import Diagnosis
import Observation
import Testing

@Suite struct GlibcPairingTests {
  private let id = "glibc-pairing"

  private func world(_ rule: String) -> SnapshotWorld {
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
    "udp dport 53 ct original packets > 1 drop", "udp dport 53 ct state established drop",
    "meta l4proto udp udp dport 53 numgen inc mod 2 1 drop",
  ])
  func `a rule that spares only the first question is found`(rule: String) {
    #expect(world(rule).findings(id).map(\.severity) == [.warning])
  }

  @Test(arguments: [
    "udp dport 53 ct state established accept", "ct state established,related accept", "udp dport 53 drop",
    "udp dport 53 limit rate over 5/second drop", "ct state established drop",
  ])
  func `rules that are like it aren't`(rule: String) {
    #expect(world(rule).findings(id).isEmpty)
  }

  @Test func `containers that use a socket for each question are spared`() {
    var world = world("udp dport 53 ct state established drop")
    world.setResolver(
      "nameserver 192.0.2.53\noptions single-request-reopen\n",
      in: "build",
      "other",
      "lowest"
    )
    #expect(world.findings(id).map(\.severity) == [.info])
  }

  @Test func `unread rules leave it open`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.nftables = .unreadable(reason: "not root") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }
}
