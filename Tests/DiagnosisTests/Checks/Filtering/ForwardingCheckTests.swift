import NetworkTypes
import Observation
import Testing

@testable import Diagnosis

/// What the checks of forwarding, policies, translation and foreign tables say.
@Suite struct ForwardingCheckTests {
  static let hosts = [SnapshotWorld.labHost, SnapshotWorld.dockerHost]
  static let lab = "bridge:br0@host 0"

  @Test(arguments: hosts, ["ip-forward-reset", "forward-policy-drop", "masq-missing", "foreign-table-drop"])
  func `healthy hosts pass, with a reason`(world: SnapshotWorld, id: String) {
    let results = world.results(id)
    #expect(!results.isEmpty)
    for result in results {
      #expect(result.status == .passed, "\(result.subject): \(result.status) \(result.why)")
      #expect(!result.why.isEmpty)
    }
  }

  @Test(arguments: hosts, ["forward-policy-drop", "masq-missing", "foreign-table-drop"])
  func `rules that can't be read leave it unknown`(world: SnapshotWorld, id: String) {
    var world = world
    world.edit { $0.nftables = .unreadable(reason: "needs root") }
    for result in world.results(id) {
      #expect(result.status == .unknown)
      #expect(result.why.contains("needs root"))
    }
  }

  @Test func `forwarding that is off is critical, and names who is cut off`() throws {
    var world = SnapshotWorld.labHost
    world.set("net.ipv4.ip_forward", "0")
    let finding = try #require(world.findings("ip-forward-reset").first)
    #expect(finding.severity == .critical)
    #expect(finding.consequence.contains("build"))
    #expect(finding.remedies.first?.commands == ["sysctl -w net.ipv4.ip_forward=1"])
    world.set("net.ipv4.ip_forward", .unreadable(reason: "no"))
    #expect(world.results("ip-forward-reset").map(\.status) == [.unknown])
  }

  @Test func `forwarding of IPv6 matters where the bridge has IPv6`() {
    var lab = SnapshotWorld.labHost
    lab.set("net.ipv6.conf.all.forwarding", "0")
    #expect(lab.findings("ip-forward-reset").count == 1)
    var docker = SnapshotWorld.dockerHost
    docker.set("net.ipv6.conf.all.forwarding", "0")
    #expect(docker.findings("ip-forward-reset").isEmpty)
  }

  @Test func `one interface's own flag is seen`() throws {
    var world = SnapshotWorld.labHost
    world.set("net.ipv4.conf.br0.forwarding", "0")
    #expect(try #require(world.findings("ip-forward-reset").first).summary.contains("br0"))
  }

  @Test func `files that switch forwarding off are warned of`() throws {
    var world = SnapshotWorld.dockerHost
    func lines(_ lines: [BootSetting]) -> SnapshotWorld {
      var world = world
      world.snapshot.management.bootSettings = .value(lines)
      return world
    }
    let on = BootSetting(name: "net.ipv4.ip_forward", value: "1", file: "/etc/sysctl.d/50-a.conf", line: 1)
    let off = BootSetting(name: "net.ipv4.ip_forward", value: "0", file: "/etc/sysctl.d/90-cis.conf", line: 3)
    let plain = BootSetting(
      name: "net.ipv4.ip_forward",
      value: "0",
      file: "/etc/sysctl.conf",
      line: 7,
      isReadByPlainSysctl: true
    )
    let last = try #require(lines([on, off]).findings("ip-forward-reset").first)
    #expect(last.severity == .warning)
    #expect(last.evidence.contains { $0.source == "/etc/sysctl.d/90-cis.conf:3" })
    #expect(lines([off, on]).findings("ip-forward-reset").isEmpty)
    #expect(
      try #require(lines([plain, on]).findings("ip-forward-reset").first).summary.contains("sysctl -p")
    )
    world.snapshot.management.bootSettings = .unreadable(reason: "no")
    #expect(world.results("ip-forward-reset").map(\.status) == [.unknown])
  }

  @Test func `a policy of drop without an accept is found on the bridge that lacks it`() throws {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing(
        "hook forward priority filter; policy accept",
        with: "hook forward priority filter; policy drop"
      )
    )
    let finding = try #require(world.findings("forward-policy-drop").first)
    #expect(finding.severity == .critical)
    #expect(finding.subject.description == Self.lab)
    #expect(
      finding.remedies.first?.commands.first == "nft insert rule inet filter forward iifname br0 accept"
    )
    #expect(world.findings("foreign-table-drop").isEmpty)
    #expect(world.alarms == ["forward-policy-drop"])
  }

  @Test func `accepting requests without their answers is found, too`() throws {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing(
        "hook forward priority filter; policy accept;",
        with: "hook forward priority filter; policy drop;\n\t\tiifname \"br0\" accept"
      )
    )
    let finding = try #require(world.findings("forward-policy-drop").first)
    #expect(finding.summary.contains("comes back"))
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing(
        "hook forward priority filter; policy accept;",
        with:
          "hook forward priority filter; policy drop;\n\t\tiifname \"br0\" accept\n\t\tct state related,established accept"
      )
    )
    #expect(world.results("forward-policy-drop").map(\.status) == [.passed])
  }

  @Test func `dockerd's drop meets the hand-made bridge only, and DOCKER-USER is the remedy`() throws {
    var world = SnapshotWorld.dockerHost
    let lines = SnapshotWorld.dockerRuleset.split(separator: "\n").filter {
      !$0.contains("\"brci0\" counter")
    }
    world.setRuleset(lines.joined(separator: "\n"))
    #expect(world.findings("forward-policy-drop").map(\.subject.description) == ["bridge:brci0"])
    let finding = try #require(world.findings("forward-policy-drop").first)
    #expect(finding.remedies.first?.commands.first == "iptables -I DOCKER-USER -i brci0 -j ACCEPT")
    #expect(world.alarms == ["forward-policy-drop"])
  }

  @Test func `a list of what may leave is no fault while lookups may`() {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing(
        "hook forward priority filter; policy accept;",
        with: """
          hook forward priority filter; policy drop;
          ct state established,related accept
          iifname "br0" meta l4proto { tcp, udp } th dport 53 accept
          """
      )
    )
    #expect(world.results("forward-policy-drop").map(\.status) == [.passed])
  }

  @Test func `a rule that can't be judged leaves it unknown, and is shown`() throws {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing(
        "hook forward priority filter; policy accept;",
        with:
          "hook forward priority filter; policy drop;\n\t\txt match \"set\" counter packets 0 bytes 0 accept"
      )
    )
    let result = try #require(world.result("forward-policy-drop", Self.lab))
    #expect(result.status == .unknown)
    #expect(result.why.contains("xt match"))
  }

  @Test func `without translation containers are cut off`() throws {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing("ip saddr 172.18.0.0/16", with: "ip saddr 172.19.0.0/16")
    )
    let finding = try #require(world.findings("masq-missing").first)
    #expect(finding.severity == .critical)
    #expect(finding.summary.contains("172.18.0.0/16"))
    #expect(world.alarms == ["masq-missing"])
    #expect(finding.remedies.first?.commands.last?.contains("saddr 172.18.0.0/16") == true)
  }

  @Test func `an engine that leaves translation alone is named`() throws {
    var world = SnapshotWorld.dockerHost
    world.setRuleset(SnapshotWorld.dockerRuleset.replacing("oifname \"eth0\" masquerade", with: "counter"))
    let finding = try #require(world.findings("masq-missing").first)
    #expect(finding.subject.description == "bridge:brci0")
    #expect(finding.evidence.contains { $0.value == "ip-masq: false" })
  }

  @Test func `public addresses, internal networks and networks without translation on purpose need none`() {
    var published = SnapshotWorld.labHost
    published.setRuleset("")
    published.removeAddresses(.v6, from: "br0")
    published.removeAddresses(.v4, from: "br0")
    let bridge = published.index("br0")
    published.edit { namespace in
      namespace.addresses = namespace.addresses.map { addresses in
        addresses
          + [IPPrefix("203.0.113.1/24")].compactMap(\.self).map {
            AddressSnapshot(interface: bridge, prefix: $0)
          }
      }
    }
    #expect(published.results("masq-missing").map(\.status) == [.passed])
    for change: (inout EngineNetwork) -> Void in [
      { $0.isInternal = true },
      { $0.options["com.docker.network.bridge.enable_ip_masquerade"] = "false" },
      { $0.options["com.docker.network.bridge.gateway_mode_ipv4"] = "routed" },
    ] {
      var world = SnapshotWorld.dockerHost
      world.setRuleset("")
      world.edit(engine: SnapshotWorld.mainEngine) { engine in
        engine.networks = engine.networks.map { networks in
          networks.map {
            var network = $0
            change(&network)
            return network
          }
        }
      }
      #expect(world.result("masq-missing", "bridge:docker0")?.status == .notApplicable)
      #expect(world.result("masq-missing", "bridge:brci0")?.status == .failed)
    }
  }

  @Test
  func `a dockerd that leaves the firewall alone says so of its default network, and means nobody's purpose`()
  {
    // As 20.10.24 answers with `-b brci0 --iptables=false`.
    var world = SnapshotWorld.dockerHost
    world.setRuleset("")
    world.edit(engine: SnapshotWorld.mainEngine) { engine in
      engine.settings = .value(["iptables": "false"])
      engine.networks = engine.networks.map { networks in
        networks.map {
          var network = $0
          network.options["com.docker.network.bridge.enable_ip_masquerade"] = "false"
          return network
        }
      }
    }
    #expect(world.result("masq-missing", "bridge:docker0")?.status == .failed)
  }

  @Test func `a mark that sends packets another way is followed`() {
    var world = SnapshotWorld.labHost
    world.removeAddresses(.v6, from: "br0")
    world.add(
      SnapshotWorld.veth(
        "wan1",
        index: 90,
        address: MACAddress(0x0a00_0000_0090),
        assignment: .random,
        peer: 91,
        in: "x"
      ),
      addresses: ["203.0.113.2/24"]
    )
    world.edit { namespace in
      namespace.routes = namespace.routes.map { routes in
        routes.map { route in
          var route = route
          if route.destination.length == 0, route.destination.address.family == .v4 { route.table = 100 }
          return route
        }
      }
      namespace.rules = namespace.rules.map {
        $0 + [RuleSnapshot(family: 4, priority: 100, table: 100, mark: 1)]
      }
    }
    world.addRoute("0.0.0.0/0", via: "203.0.113.1", by: "wan1")
    #expect(world.findings("masq-missing").map(\.summary).contains { $0.contains("wan1") })
    world.setRuleset(
      SnapshotWorld.labRuleset
        + "table inet s { chain p { type filter hook prerouting priority mangle; policy accept; iifname \"br0\" meta mark set 0x1; }; }"
    )
    #expect(world.results("masq-missing").map(\.status) == [.passed])
  }

  static let own = """
    table inet own { chain forward { type filter hook forward priority filter - 5; policy accept; iifname "br0" accept; }; }

    """

  @Test func `a foreign table's drop is found, and the accept before it shown`() throws {
    var world = SnapshotWorld.labHost
    let blocker = """
      table inet blocker { chain forward { type filter hook forward priority filter + 10; policy accept;
        ip saddr 172.18.0.0/16 meta l4proto { tcp, udp } th dport 53 drop; }; }
      """
    world.setRuleset(SnapshotWorld.labRuleset + Self.own)
    #expect(world.alarms.isEmpty)
    world.setRuleset(SnapshotWorld.labRuleset + Self.own + blocker)
    #expect(world.alarms == ["foreign-table-drop"])
    let finding = try #require(world.findings("foreign-table-drop").first)
    #expect(finding.severity == .critical)
    #expect(finding.evidence.map(\.value).first?.contains("inet own forward") == true)
    #expect(finding.evidence.map(\.value).last?.contains("inet blocker forward") == true)
    #expect(
      finding.remedies.first?.commands.first == "nft insert rule inet blocker forward iifname br0 accept"
    )
    world.setRuleset(
      SnapshotWorld.labRuleset + Self.own + blocker.replacing("th dport 53 drop", with: "th dport 53 counter")
    )
    #expect(world.alarms.isEmpty)
  }

  @Test func `a policy of another table that drops what dockerd accepts is foreign, too`() {
    var world = SnapshotWorld.dockerHost
    world.setRuleset(
      SnapshotWorld.dockerRuleset
        + "table inet filter {\n\tchain forward {\n\t\ttype filter hook forward priority 5; policy drop;\n\t}\n}\n"
    )
    #expect(world.alarms == ["foreign-table-drop"])
    #expect(world.findings("foreign-table-drop").count == 2)
  }

  @Test func `a bridge that a rule cuts off by its name was meant to be`() {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing(
        "hook forward priority filter; policy accept;",
        with: "hook forward priority filter; policy accept;\n\t\tiifname \"br0\" oifname \"eth0\" drop"
      )
    )
    #expect(world.alarms.isEmpty)
  }

  @Test func `bridges of virtual machines and bridges in the host's own network aren't judged`() {
    var world = SnapshotWorld.labHost
    world.setRuleset("")
    world.addRoute("0.0.0.0/0", via: "172.18.0.254", by: "br0")
    for id in ["forward-policy-drop", "masq-missing", "foreign-table-drop"] {
      #expect(world.results(id).map(\.status) == [.notApplicable])
    }
  }
}
