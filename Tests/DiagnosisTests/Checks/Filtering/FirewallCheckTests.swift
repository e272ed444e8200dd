import NetworkTypes
import Observation
import Testing

@testable import Diagnosis

/// What the checks of dockerd's rules, mixed backends, the input hook and connection tracking say.
@Suite struct FirewallCheckTests {
  static let docker = SnapshotWorld.dockerRuleset
  /// The second daemon's table alone.
  static let ownTable =
    "table inet ci {" + (docker.split(separator: "table inet ci {").last.map(String.init) ?? "")

  @Test func `a healthy host's firewall passes, with a reason`() {
    let world = SnapshotWorld.dockerHost
    for id in ["fw-flushed", "multi-dockerd-chains", "nft-legacy-mix", "ct-table-full", "ct-insert-race"] {
      let results = world.results(id)
      #expect(!results.isEmpty)
      for result in results { #expect(result.status == .passed, "\(id) \(result.subject): \(result.why)") }
    }
    for id in ["nft-legacy-mix", "ct-table-full", "ct-insert-race"] {
      #expect(SnapshotWorld.labHost.results(id).map(\.status) == [.passed])
    }
    #expect(SnapshotWorld.labHost.results("fw-flushed").map(\.status) == [.notApplicable])
    #expect(SnapshotWorld.labHost.results("multi-dockerd-chains").map(\.status) == [.notApplicable])
    #expect(SnapshotWorld.labHost.results("input-drop-resolver").map(\.status) == [.notApplicable])
  }

  @Test func `what needs a reading that couldn't be made is unknown`() {
    var world = SnapshotWorld.dockerHost
    world.edit {
      $0.nftables = .unreadable(reason: "needs root")
      $0.tracking = .unreadable(reason: "needs root")
    }
    #expect(world.result("fw-flushed", "engine:\(SnapshotWorld.mainEngine)")?.status == .unknown)
    for id in ["nft-legacy-mix", "ct-table-full", "ct-insert-race"] {
      #expect(world.results(id).map(\.status) == [.unknown])
    }
    var engine = SnapshotWorld.dockerHost
    engine.edit(engine: SnapshotWorld.mainEngine) { $0.settings = .unreadable(reason: "it hangs") }
    #expect(engine.result("fw-flushed", "engine:\(SnapshotWorld.mainEngine)")?.status == .unknown)
    #expect(engine.results("multi-dockerd-chains").map(\.status) == [.unknown])
  }

  @Test func `rules that were flushed are missed`() throws {
    var world = SnapshotWorld.dockerHost
    world.setRuleset(Self.ownTable)
    let finding = try #require(world.findings("fw-flushed").first)
    #expect(finding.severity == .critical)
    #expect(finding.subject.description == "engine:\(SnapshotWorld.mainEngine)")
    #expect(finding.consequence.contains("web"))
    #expect(finding.summary.hasPrefix("None"))
  }

  @Test(arguments: [
    ("DOCKER", "a jump from FORWARD"),
    ("ip saddr 172.17.0.0/16 counter packets 31 bytes 1953 masquerade", "masquerade"),
  ])
  func `a part that is missing is named`(text: String, missing: String) throws {
    var world = SnapshotWorld.dockerHost
    let lines = Self.docker.split(separator: "\n").filter { line in
      text == "DOCKER" ? !line.contains("jump DOCKER") : !line.contains(text)
    }
    world.setRuleset(lines.joined(separator: "\n"))
    let finding = try #require(world.findings("fw-flushed").first)
    #expect(finding.evidence.contains { $0.value.contains(missing) })
    #expect(finding.summary.hasPrefix("Some"))
  }

  @Test func `dockerd's own nftables table, and its legacy chains, are dockerd's rules too`() {
    var world = SnapshotWorld.dockerHost
    world.edit(engine: SnapshotWorld.mainEngine) {
      $0.settings = .value(["firewall-backend": "\"nftables\""])
    }
    world.setRuleset(RecordedRulesetTests.dockerBridges + Self.ownTable)
    #expect(world.results("fw-flushed").allSatisfy { $0.status == .passed })
    world.setRuleset(Self.ownTable)
    #expect(world.findings("fw-flushed").count == 1)
    var legacy = SnapshotWorld.dockerHost
    legacy.edit {
      $0.nftables = .absent
      $0.legacyTables = ["iptables": .value(RecordedRulesets.dockerWithLegacy)]
    }
    #expect(legacy.result("fw-flushed", "engine:\(SnapshotWorld.mainEngine)")?.status == .passed)
    #expect(legacy.result("forward-policy-drop", "bridge:docker0")?.status == .passed)
    #expect(legacy.result("masq-missing", "bridge:docker0")?.status == .passed)
    #expect(legacy.results("nft-legacy-mix").map(\.status) == [.passed])
  }

  @Test func `two daemons with iptables are warned of, and critical once one has lost`() throws {
    var world = SnapshotWorld.dockerHost
    world.edit(engine: SnapshotWorld.secondEngine) { $0.settings = .value(["bridge": "\"brci0\""]) }
    let lost = try #require(world.findings("multi-dockerd-chains").first)
    #expect(lost.severity == .critical)
    #expect(lost.consequence.contains("build"))
    #expect(world.results("fw-flushed").allSatisfy { $0.status == .notApplicable })
    world.setRuleset(
      Self.docker.replacing(
        "\toifname != \"docker0\" ip saddr",
        with: "\tip saddr 172.18.0.0/16 oifname != \"brci0\" masquerade\n\toifname != \"docker0\" ip saddr"
      )
    )
    #expect(try #require(world.findings("multi-dockerd-chains").first).severity == .warning)
  }

  static let legacyDrop = """
    *filter
    :INPUT ACCEPT [0:0]
    :FORWARD ACCEPT [0:0]
    :OUTPUT ACCEPT [0:0]
    [12:720] -A FORWARD -i br0 -p udp -m udp --dport 53 -j DROP
    COMMIT
    """

  @Test func `a forgotten legacy rule is found where nft shows an accept`() throws {
    var world = SnapshotWorld.labHost
    world.edit { $0.legacyTables = ["iptables": .value(Self.legacyDrop)] }
    let finding = try #require(world.findings("nft-legacy-mix").first)
    #expect(finding.severity == .critical)
    #expect(finding.evidence.first?.value.contains("12 packets") == true)
    #expect(finding.remedies.first?.commands.last == "iptables-legacy -F FORWARD")
    #expect(world.alarms == ["nft-legacy-mix"])
    world.edit { $0.legacyTables = ["iptables": .value("*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n")] }
    #expect(world.alarms.isEmpty)
    world.edit { $0.legacyTables = ["iptables": .value("*filter\n:FORWARD DROP [9:540]\nCOMMIT\n")] }
    #expect(world.alarms == ["nft-legacy-mix"])
    world.edit { $0.legacyTables = ["iptables": .unreadable(reason: "needs root")] }
    #expect(world.results("nft-legacy-mix").map(\.status) == [.unknown])
  }

  @Test func `iptables in both backends is warned of, another program's legacy rule is not`() throws {
    var world = SnapshotWorld.dockerHost
    let harmless = "*filter\n:INPUT ACCEPT [0:0]\n[0:0] -A INPUT -s 192.0.2.7/32 -j DROP\nCOMMIT\n"
    world.edit { $0.legacyTables = ["iptables": .value(harmless)] }
    #expect(try #require(world.findings("nft-legacy-mix").first).severity == .warning)
    var lab = SnapshotWorld.labHost
    lab.edit { $0.legacyTables = ["iptables": .value(harmless)] }
    #expect(lab.results("nft-legacy-mix").map(\.status) == [.passed])
  }

  static func resolverHost(_ rules: String) -> SnapshotWorld {
    var world = SnapshotWorld.labHost
    let process = ProcessSnapshot(pid: 77, name: "dnsmasq", started: 5)
    let listeners = ["172.18.0.1", "fd00:18::1"].compactMap { IPAddress($0) }.map {
      ListenerSnapshot(transport: "udp", address: $0, port: 53, process: process)
    }
    world.edit { $0.listeners = .value(listeners) }
    world.setRuleset(SnapshotWorld.labRuleset + rules)
    return world
  }

  static let wall = """
    table inet wall { chain input { type filter hook input priority filter; policy drop;
      iifname "lo" accept; ct state established,related accept; meta l4proto { icmp, ipv6-icmp } accept; tcp dport 22 accept; }; }
    """

  @Test func `a firewall on the input hook that knows nothing of the bridge is found`() throws {
    #expect(Self.resolverHost("").results("input-drop-resolver").map(\.status) == [.passed])
    let world = Self.resolverHost(Self.wall)
    let finding = try #require(world.findings("input-drop-resolver").first)
    #expect(finding.severity == .critical)
    #expect(finding.evidence.first?.value.contains("dnsmasq") == true)
    #expect(
      finding.remedies.first?.commands == [
        "nft insert rule inet wall input iifname br0 meta l4proto { tcp, udp } th dport 53 accept"
      ]
    )
    #expect(world.alarms == ["input-drop-resolver"])
    let cured = Self.wall.replacing(
      "tcp dport 22 accept;",
      with: "iifname \"br0\" meta l4proto { tcp, udp } th dport 53 accept;"
    )
    #expect(Self.resolverHost(cured).results("input-drop-resolver").map(\.status) == [.passed])
  }

  @Test func `ufw's way of naming the remedy, and a resolver that isn't the containers'`() throws {
    var world = Self.resolverHost(
      """
      table ip filter {
        chain ufw-user-input { tcp dport 22 counter packets 0 bytes 0 accept; }
        chain INPUT { type filter hook input priority filter; policy drop; counter packets 4 bytes 240 jump ufw-user-input; }
      }
      """
    )
    let finding = try #require(world.findings("input-drop-resolver").first)
    #expect(finding.remedies.first?.commands == ["ufw allow in on br0 to any port 53"])
    world.edit {
      $0.listeners = .value([ListenerSnapshot(transport: "udp", address: .v4(IPv4Address(0)), port: 53)])
    }
    #expect(world.results("input-drop-resolver").map(\.status) == [.notApplicable])
    world.edit("build") { $0.resolver = .value("nameserver 172.18.0.1\n") }
    #expect(world.results("input-drop-resolver").map(\.status) == [.failed])
    world.edit { $0.listeners = .unreadable(reason: "no") }
    #expect(world.results("input-drop-resolver").map(\.status) == [.unknown])
  }

  @Test func `a rule against low ports halves what a resolver in a container gets`() throws {
    var world = SnapshotWorld.dockerHost
    let rule = "ip daddr 172.18.0.0/16 udp dport <= 32767 counter packets 9 bytes 900 drop"
    world.setRuleset(
      Self.docker.replacing("iifname \"brci0\" counter", with: rule + "\n\t\tiifname \"brci0\" counter")
    )
    let finding = try #require(world.findings("input-drop-resolver").first)
    #expect(finding.severity == .warning)
    #expect(finding.subject.description == "bridge:brci0")
    #expect(world.alarms == ["input-drop-resolver"])
  }

  @Test func `a table that is full, was full, or is limited by a rule`() throws {
    var world = SnapshotWorld.labHost
    func tracking(_ values: [String: UInt64]) {
      world.edit { $0.tracking = .value(SnapshotWorld.tracking.merging(values) { $1 }) }
    }
    tracking(["count": 250_000])
    #expect(try #require(world.findings("ct-table-full").first).severity == .critical)
    tracking(["early_drop": 12])
    let scar = try #require(world.findings("ct-table-full").first)
    #expect(scar.severity == .warning)
    #expect(scar.confidence == .likely)
    let limit =
      "table inet l { chain f { type filter hook forward priority -1; policy accept; ct state new ct count over 50 drop; }; }"
    world.setRuleset(SnapshotWorld.labRuleset + limit)
    tracking(["count": 49])
    #expect(try #require(world.findings("ct-table-full").first).severity == .critical)
    tracking(["count": 20])
    #expect(world.findings("ct-table-full").isEmpty)
    world.edit { $0.tracking = .absent }
    #expect(world.results("ct-table-full").map(\.status) == [.notApplicable])
  }

  @Test func `old kernels with refused entries drop lookups`() throws {
    var world = SnapshotWorld.labHost
    world.edit {
      $0.tracking = .value(SnapshotWorld.tracking.merging(["insert_failed": 33, "drop": 33]) { $1 })
    }
    #expect(world.results("ct-insert-race").map(\.status) == [.passed])
    world.snapshot.origin.kernel = "5.4.0-190-generic"
    #expect(try #require(world.findings("ct-insert-race").first).severity == .critical)
    world.edit { $0.tracking = .value(SnapshotWorld.tracking) }
    #expect(world.results("ct-insert-race").map(\.status) == [.passed])
    world.snapshot.origin.kernel = "unknown"
    #expect(world.results("ct-insert-race").map(\.status) == [.unknown])
  }
}
