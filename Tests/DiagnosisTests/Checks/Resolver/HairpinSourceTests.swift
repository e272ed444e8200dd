import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct HairpinSourceTests {
  private let id = "hairpin-proxy-source"

  private func proxied(at address: String, version: String, server: String = "203.0.113.10") -> SnapshotWorld
  {
    var world = SnapshotWorld.dockerHost
    world.setResolver("nameserver \(server)\n", in: "build")
    world.listen(at: address, by: ProcessSnapshot(pid: 88, name: "docker-proxy"))
    for engine in [SnapshotWorld.mainEngine, SnapshotWorld.secondEngine] {
      world.edit(engine: engine) { $0.version = .value(version) }
    }
    return world
  }

  /// A lab host with a rule that leads questions to a container.
  private func led(_ rule: String, calls: String = "0") -> SnapshotWorld {
    var world = SnapshotWorld.labHost
    world.set("net.bridge.bridge-nf-call-iptables", calls)
    world.setRuleset(
      SnapshotWorld.labRuleset
        + "table ip own {\n\tchain pre {\n\t\ttype nat hook prerouting priority dstnat;\n"
        + "\t\t\(rule)\n\t}\n}\n"
    )
    return world
  }

  @Test(arguments: [SnapshotWorld.labHost, SnapshotWorld.dockerHost])
  func `healthy hosts pass`(world: SnapshotWorld) {
    #expect(world.results(id).allSatisfy { $0.status == .passed })
  }

  @Test func `an old docker-proxy at all addresses answers from another`() throws {
    let finding = try #require(proxied(at: "0.0.0.0", version: "20.10.24").findings(id).first)
    #expect(finding.severity == .warning && finding.subject.description == "bridge:brci0")
    #expect(finding.remedies[0].commands == ["docker run -p 203.0.113.10:53:53/udp …"])
  }

  @Test func `a newer one doesn't, nor one at a single address, nor for the gateway's`() {
    #expect(proxied(at: "0.0.0.0", version: "28.0.1").findings(id).isEmpty)
    #expect(proxied(at: "203.0.113.10", version: "20.10.24").findings(id).isEmpty)
    #expect(proxied(at: "0.0.0.0", version: "20.10.24", server: "172.18.0.1").findings(id).isEmpty)
    #expect(proxied(at: "0.0.0.0", version: "20.10.24", server: "192.0.2.53").findings(id).isEmpty)
  }

  @Test(arguments: [
    "udp dport 53 dnat to 172.18.0.3:53", "ip daddr 198.18.0.1 udp dport 53 dnat to 172.18.0.3",
    "iifname \"br0\" udp dport 53 counter packets 0 bytes 0 dnat ip to 172.18.0.3",
  ])
  func `questions that are led to a container on the same bridge get answers past the host`(rule: String)
    throws
  {
    let finding = try #require(led(rule).findings(id).first)
    #expect(finding.severity == .warning && finding.summary.contains("172.18.0.3"))
    #expect(finding.remedies[0].commands.last?.contains("masquerade") == true)
    #expect(led(rule, calls: "1").findings(id).isEmpty)
  }

  @Test(arguments: [
    "iifname != \"br0\" udp dport 53 dnat to 172.18.0.3:53",
    "iifname \"eth0\" udp dport 53 dnat to 172.18.0.3:53",
    "udp dport 53 dnat to 192.0.2.9", "tcp dport 53 dnat to 172.18.0.3:53",
    "udp dport 5353 dnat to 172.18.0.3:53",
  ])
  func `rules that are like it are not`(rule: String) {
    #expect(led(rule).findings(id).isEmpty)
  }

  @Test func `a question that is translated comes back by the host`() {
    var world = led("udp dport 53 dnat to 172.18.0.3:53")
    world.edit { namespace in
      namespace.nftables = namespace.nftables.map {
        $0 + "table ip more {\n\tchain post {\n\t\ttype nat hook postrouting priority srcnat;\n"
          + "\t\tiifname \"br0\" oifname \"br0\" masquerade\n\t}\n}\n"
      }
    }
    #expect(world.findings(id).isEmpty)
  }

  @Test func `an unread setting, or unread sockets, leave it open`() {
    var world = led("udp dport 53 dnat to 172.18.0.3:53")
    world.set("net.bridge.bridge-nf-call-iptables", .unreadable(reason: "not permitted"))
    #expect(world.results(id).map(\.status) == [.unknown])
    var proxied = proxied(at: "0.0.0.0", version: "20.10.24")
    proxied.edit { $0.listeners = .unreadable(reason: "not permitted") }
    #expect(proxied.result(id, "bridge:brci0")?.status == .unknown)
  }
}
