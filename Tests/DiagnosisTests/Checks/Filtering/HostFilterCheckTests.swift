import NetworkTypes
import Observation
import Testing

@testable import Diagnosis

/// What the checks of bridged frames, reverse paths, isolation, port ranges, backends and modules say.
@Suite struct HostFilterCheckTests {
  static let hosts = [SnapshotWorld.labHost, SnapshotWorld.dockerHost]

  @Test(arguments: hosts, ["br-netfilter", "rp-filter", "isolation-internal", "snat-port-exhaustion"])
  func `healthy hosts pass, with a reason`(world: SnapshotWorld, id: String) {
    let results = world.results(id)
    #expect(!results.isEmpty)
    for result in results { #expect(result.status == .passed, "\(result.subject): \(result.why)") }
  }

  @Test func `what needs a reading that couldn't be made is unknown`() {
    var world = SnapshotWorld.labHost
    world.set("net.bridge.bridge-nf-call-iptables", .unreadable(reason: "no"))
    world.set("net.ipv4.conf.eth0.rp_filter", .unreadable(reason: "no"))
    for id in ["br-netfilter", "rp-filter"] { #expect(world.results(id).map(\.status) == [.unknown]) }
    world.edit { $0.nftables = .unreadable(reason: "no") }
    #expect(world.results("snat-port-exhaustion").map(\.status) == [.unknown])
    var machine = SnapshotWorld.dockerHost
    machine.snapshot.machine.hasModulesFolder = .unreadable(reason: "no")
    #expect(machine.results("kernel-modules-missing").map(\.status) == [.unknown])
    machine.snapshot.management.bootSettings = .unreadable(reason: "no")
    machine.set(engine: SnapshotWorld.mainEngine, "firewall-backend", "\"nftables\"")
    let backend = machine.result("ip-forward-nft-backend", "engine:\(SnapshotWorld.mainEngine)")
    #expect(backend?.status == .unknown)
  }

  static let guardTable = """
    table inet guard {
      chain forward {
        type filter hook forward priority filter + 1; policy drop;
        iifname "br0" oifname "eth0" accept
        iifname "eth0" oifname "br0" ct state established,related accept
      }
    }
    """

  @Test func `bridged frames that the firewall drops are found, those that it accepts aren't`() throws {
    var world = SnapshotWorld.labHost
    world.setRuleset(SnapshotWorld.labRuleset + Self.guardTable)
    #expect(world.alarms.isEmpty)
    world.set("net.bridge.bridge-nf-call-iptables", "1")
    #expect(world.alarms == ["br-netfilter"])
    let finding = try #require(world.findings("br-netfilter").first)
    #expect(finding.severity == .warning)
    #expect(
      finding.remedies.map(\.commands).contains([
        "nft insert rule inet guard forward iifname br0 oifname br0 accept"
      ])
    )
    world.setRuleset(SnapshotWorld.labRuleset)
    let passed = try #require(world.results("br-netfilter").first)
    #expect(passed.status == .passed)
    #expect(passed.why.contains("ct-flooded-entry"))
  }

  @Test func `IPv6's own setting, and a bridge's own switch, count as well`() {
    var world = SnapshotWorld.labHost
    world.setRuleset(SnapshotWorld.labRuleset + Self.guardTable)
    world.set("net.bridge.bridge-nf-call-ip6tables", "1")
    #expect(world.findings("br-netfilter").count == 1)
    world.set("net.bridge.bridge-nf-call-ip6tables", "0")
    world.edit(link: "br0") { $0.bridge?["nf_call_iptables"] = "1" }
    #expect(world.findings("br-netfilter").count == 1)
  }

  @Test func `dockerd's own bridge is accepted, and icc false is meant so`() {
    var world = SnapshotWorld.dockerHost
    world.set("net.bridge.bridge-nf-call-iptables", "1")
    #expect(world.alarms.isEmpty)
    world.setRuleset(
      SnapshotWorld.dockerRuleset.replacing(
        "iifname \"docker0\" oifname \"docker0\" counter packets 0 bytes 0 accept",
        with: "iifname \"docker0\" oifname \"docker0\" counter packets 0 bytes 0 drop"
      )
    )
    #expect(world.findings("br-netfilter").map(\.subject.description) == ["bridge:docker0"])
    world.set(engine: SnapshotWorld.mainEngine, "icc", "false")
    #expect(world.findings("br-netfilter").isEmpty)
  }

  /// A host whose containers' packets get a mark and leave by the first of two uplinks.
  static var marked: SnapshotWorld {
    var world = SnapshotWorld.labHost
    let second = SnapshotWorld.veth(
      "wan1",
      index: 90,
      address: MACAddress(0x0a00_0000_0090),
      assignment: .random,
      peer: 91,
      in: "4026532800"
    )
    world.add(second, addresses: ["203.0.113.2/24"])
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
    world.setRuleset(
      SnapshotWorld.labRuleset
        + """
        table inet steering { chain prerouting { type filter hook prerouting priority mangle; policy accept;
          iifname "br0" meta mark set 0x1; }; }
        """
    )
    return world
  }

  @Test func `a strict filter where a mark chose the way out drops the answers`() throws {
    var world = Self.marked
    #expect(world.alarms.isEmpty)
    world.set("net.ipv4.conf.eth0.rp_filter", "1")
    #expect(world.alarms == ["rp-filter"])
    let finding = try #require(world.findings("rp-filter").first)
    #expect(finding.severity == .warning)
    #expect(finding.evidence.contains { $0.value == "out by eth0, back by wan1" })
    #expect(finding.remedies.first?.commands == ["sysctl -w net.ipv4.conf.eth0.rp_filter=2"])
    world.set("net.ipv4.conf.eth0.rp_filter", "2")
    #expect(world.results("rp-filter").map(\.status) == [.passed])
    world.set("net.ipv4.conf.eth0.rp_filter", "1")
    world.set("net.ipv4.conf.all.src_valid_mark", "1")
    #expect(world.results("rp-filter").map(\.status) == [.passed])
  }

  @Test func `a strict filter with one way out and back is fine`() {
    for var world in Self.hosts {
      world.set("net.ipv4.conf.all.rp_filter", "1")
      #expect(world.results("rp-filter").allSatisfy { $0.status == .passed })
    }
    // A rule by the incoming interface does no harm: the way back is looked up as if it came from there.
    var world = SnapshotWorld.labHost
    world.set("net.ipv4.conf.all.rp_filter", "1")
    world.edit { namespace in
      namespace.rules = namespace.rules.map {
        $0 + [RuleSnapshot(family: 4, priority: 50, table: 100, inputInterface: "br0")]
      }
      namespace.routes = namespace.routes.map { routes in
        routes
          + routes.filter { $0.destination.length == 0 }.map {
            var route = $0
            route.table = 100
            return route
          }
      }
    }
    #expect(world.results("rp-filter").map(\.status) == [.passed])
  }

  @Test func `a resolver on a bridge that dockerd isolates is found`() throws {
    var world = SnapshotWorld.dockerHost
    world.edit("build") { $0.resolver = .value("nameserver 172.17.0.2\n") }
    // DOCKER-USER accepts what comes from brci0, so it gets there.
    #expect(world.findings("isolation-internal").isEmpty)
    world.edit("web") { $0.resolver = .value("nameserver 172.18.0.2\n") }
    world.setRuleset(
      SnapshotWorld.dockerRuleset.replacing(
        "oifname \"docker0\" counter packets 0 bytes 0 drop",
        with: "oifname \"brci0\" drop"
      )
      .replacing("oifname \"brci0\" counter packets 500 bytes 30000 accept", with: "counter")
    )
    let finding = try #require(world.findings("isolation-internal").first)
    #expect(finding.subject.description == "bridge:docker0")
    #expect(finding.severity == .warning)
    #expect(finding.remedies.first?.commands == ["docker network connect NETWORK build"])
  }

  @Test func `a narrow range of ports is found, in both backends' words`() throws {
    var world = SnapshotWorld.labHost
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing(
        "ip saddr 172.18.0.0/16 oifname \"eth0\" masquerade",
        with: "meta l4proto { tcp, udp } ip saddr 172.18.0.0/16 oifname \"eth0\" masquerade to :40000-40009"
      )
    )
    #expect(world.alarms == ["snat-port-exhaustion"])
    let finding = try #require(world.findings("snat-port-exhaustion").first)
    #expect(finding.severity == .warning)
    #expect(finding.confidence == .likely)
    world.edit {
      $0.tracking = .value(SnapshotWorld.tracking.merging(["insert_failed": 20, "drop": 20]) { $1 })
    }
    #expect(try #require(world.findings("snat-port-exhaustion").first).confidence == .certain)
    world.setRuleset(
      SnapshotWorld.labRuleset.replacing(
        "oifname \"eth0\" masquerade",
        with: "oifname \"eth0\" masquerade fully-random"
      )
    )
    #expect(world.results("snat-port-exhaustion").map(\.status) == [.passed])
    world.edit {
      $0.nftables = .absent
      $0.legacyTables = [
        "iptables": .value(
          "*nat\n:POSTROUTING ACCEPT [0:0]\n[1:60] -A POSTROUTING -s 172.18.0.0/16 -p udp -j MASQUERADE --to-ports 40000-40009\nCOMMIT\n"
        )
      ]
    }
    #expect(world.findings("snat-port-exhaustion").count == 1)
  }

  @Test func `dockerd's nftables backend without forwarding`() throws {
    var world = SnapshotWorld.dockerHost
    #expect(world.results("ip-forward-nft-backend").allSatisfy { $0.status == .notApplicable })
    world.set(engine: SnapshotWorld.mainEngine, "firewall-backend", "\"nftables\"")
    let id = "engine:\(SnapshotWorld.mainEngine)"
    #expect(world.result("ip-forward-nft-backend", id)?.status == .passed)
    world.set("net.ipv4.ip_forward", "0")
    #expect(try #require(world.findings("ip-forward-nft-backend").first).severity == .warning)
  }

  @Test func `modules that are gone matter where something isn't loaded`() throws {
    var world = SnapshotWorld.dockerHost
    #expect(world.results("kernel-modules-missing").map(\.status) == [.passed])
    world.snapshot.machine.hasModulesFolder = .value(false)
    // All that is needed shows that it is there, as in a kernel with everything built in.
    #expect(world.results("kernel-modules-missing").map(\.status) == [.passed])
    world.snapshot.machine.modules = .value(["bridge"])
    world.edit {
      $0.nftables = .absent
      $0.tracking = .absent
    }
    for name in ["web", "build", "other", "lowest"] { world.edit(name) { $0.tracking = .absent } }
    let finding = try #require(world.findings("kernel-modules-missing").first)
    #expect(finding.severity == .warning)
    #expect(finding.consequence.contains("nf_conntrack"))
    world.snapshot.engines = []
    world.edit { $0.links = .value([]) }
    #expect(world.results("kernel-modules-missing").map(\.status) == [.notApplicable])
  }

  @Test func `every entry tells its story`() {
    for check in Checks.all where check.entry.area == .filtering {
      let entry = check.entry
      #expect(entry.title.count <= 70, "\(entry.id)")
      #expect(
        !entry.mechanism.isEmpty && !entry.why.isEmpty && !entry.byHand.isEmpty && !entry.sources.isEmpty
      )
    }
    let numbers =
      Checks.all.map(\.entry).filter { $0.area == .filtering }.map(\.number)
      + Unchecked.all.map(\.entry).filter { $0.area == .filtering }.map(\.number)
    #expect(numbers.sorted() == Array(25...41))
  }
}
