import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Checks of a resolver on the host itself.
@Suite struct DnsmasqTests {
  private func dnsmasq(_ arguments: [String]?) -> ProcessSnapshot {
    ProcessSnapshot(pid: 77, name: "dnsmasq", arguments: arguments)
  }

  private func world(_ arguments: [String]?, at addresses: String..., config: String? = nil) -> SnapshotWorld
  {
    var world = SnapshotWorld.dockerHost
    world.setResolver("nameserver 172.18.0.1\n", in: "build", "other", "lowest")
    for address in addresses { world.listen(at: address, by: dnsmasq(arguments)) }
    if let config { world.snapshot.management.resolverFiles["/etc/dnsmasq.d/ci.conf"] = .value(config) }
    return world
  }

  @Test func `without a resolver on the host there is nothing to limit, and nobody to serve`() {
    for world in [SnapshotWorld.labHost, SnapshotWorld.dockerHost] {
      #expect(world.results("dnsmasq-forward-max").allSatisfy { $0.status == .notApplicable })
      #expect(world.results("dnsmasq-scope").allSatisfy { $0.status == .passed })
    }
  }

  @Test(arguments: [
    (["--dns-forward-max=50"], nil, true), (["-0", "20"], nil, true), ([], "dns-forward-max=100\n", true),
    ([], nil, false), (["--dns-forward-max=1000"], nil, false),
    ([], "dns-forward-max = 150 # default\n", false),
  ])
  func `a limit below dnsmasq's own is found`(arguments: [String], config: String?, isFound: Bool) {
    let findings = world(arguments + ["--conf-dir=/etc/dnsmasq.d"], at: "172.18.0.1", config: config)
      .findings("dnsmasq-forward-max")
    #expect(findings.map(\.severity) == (isFound ? [.warning] : []))
  }

  @Test func `unread settings leave it open`() {
    #expect(world(nil, at: "172.18.0.1").results("dnsmasq-forward-max").map(\.status) == [.unknown])
  }

  @Test func `many containers at the usual limit are worth knowing`() {
    var world = world([], at: "172.18.0.1")
    for number in 0..<60 {
      world.addContainer(
        "job\(number)",
        on: "brci0",
        addresses: ["172.18.1.\(number)/16"],
        linkAddress: MACAddress(0x4e00_0001_0000 + UInt64(number)),
        portAddress: MACAddress(0x9600_0001_0000 + UInt64(number))
      )
      world.setResolver("nameserver 172.18.0.1\n", in: "job\(number)")
    }
    #expect(world.findings("dnsmasq-forward-max").map(\.severity) == [.info])
  }

  @Test func `nobody at the bridge's address is found, with where they are instead`() throws {
    let finding = try #require(world([], at: "127.0.0.1", "203.0.113.10").findings("dnsmasq-scope").first)
    #expect(finding.severity == .warning && finding.subject.description == "bridge:brci0")
    #expect(finding.summary.contains("resolvers listen at 127.0.0.1, 203.0.113.10 only"))
    // Without a list of interfaces one would keep it from serving the others.
    #expect(finding.remedies[0].files[0].content == "bind-dynamic\n")
    let bound = try #require(
      world(["-z", "-i", "br9"], at: "127.0.0.1").findings("dnsmasq-scope").first?.remedies.first
    )
    #expect(bound.text.contains("bind-interfaces (arguments) has to go first"))
    #expect(bound.files.first?.content == "bind-dynamic\ninterface=brci0\n")
    #expect(SnapshotWorld.dockerHost.findings("dnsmasq-scope").isEmpty)
  }

  @Test(arguments: ["172.18.0.1", "0.0.0.0", "::"])
  func `a socket at the address, or at all, serves it`(address: String) {
    #expect(world([], at: address).result("dnsmasq-scope", "bridge:brci0")?.status == .passed)
  }

  @Test(arguments: [
    ("interface=br9\n", true), ("except-interface=brci0\n", true), ("listen-address=127.0.0.1\n", true),
    ("interface=br*\n", false), ("interface=br9\nlisten-address=172.18.0.1\n", false),
    ("interface=br9,brci0\n", false), ("listen-address=172.18.0.1\nexcept-interface=brci0\n", false),
  ])
  func `dnsmasq at all addresses may still not serve the bridge`(config: String, isFound: Bool) {
    #expect(
      world(["--conf-dir=/etc/dnsmasq.d"], at: "0.0.0.0", config: config).findings("dnsmasq-scope").isEmpty
        != isFound
    )
  }

  @Test func `a rule that leads questions elsewhere is no fault`() {
    var world = world([], at: "127.0.0.1")
    world.setRuleset(
      SnapshotWorld.dockerRuleset
        + "table ip own {\n\tchain pre {\n\t\ttype nat hook prerouting priority dstnat;\n"
        + "\t\tiifname \"brci0\" udp dport 53 redirect to :5300\n\t}\n}\n"
    )
    #expect(world.findings("dnsmasq-scope").isEmpty)
  }

  @Test func `unread sockets leave it open`() {
    var world = world([], at: "172.18.0.1")
    world.edit { $0.listeners = .unreadable(reason: "not permitted") }
    #expect(world.result("dnsmasq-scope", "bridge:brci0")?.status == .unknown)
    #expect(world.results("dnsmasq-forward-max").map(\.status) == [.unknown])
  }
}
