import LinuxSystem
import NetworkTypes
import Nftables
import Observation
import Sensing
import Testing

/// What a snapshot says of namespaces, against ip, bridge, nft and procfs.
@Suite struct SnapshotNamespaceTests {
  private struct Address: Decodable, Hashable {
    struct Entry: Decodable, Hashable {
      let local: String
      let prefixlen: Int
      let scope: String
    }
    let ifindex: UInt32
    let addr_info: [Entry]
  }

  private struct Route: Decodable, Hashable {
    let dst: String
    let gateway: String?
    let dev: String?
    let `protocol`: String?
    let metric: UInt32?
    let table: String?
    let type: String?
  }

  private struct Rule: Decodable {
    let priority: UInt32
    let table: String?
    let fwmark: String?
    let src: String
    let srclen: Int?
  }

  private struct Neighbour: Decodable {
    let dst: String
    let lladdr: String?
    let state: [String]
  }

  @Test func `addresses, routes, rules and neighbours are what ip says`() throws {
    let fixture = try SnapshotFixture()
    for command in [
      "address add 2001:db8::1/64 dev br0 nodad",
      "route add 203.0.113.0/24 via 172.30.0.2 metric 7 table 100",
      "route add blackhole 198.51.100.0/24", "-6 route add default via 2001:db8::fe metric 50",
      "route add 192.0.2.0/24 nexthop via 172.30.0.2 weight 1 nexthop via 172.30.0.3 weight 5",
      "rule add from 172.30.0.0/24 fwmark 0x10/0xff table 100 priority 99",
      "neigh add 172.30.0.77 lladdr 02:00:00:00:00:77 dev br0 nud permanent",
      "neigh add proxy 172.30.0.88 dev br0",
    ] { try Fixture.ip(command, in: fixture.host) }
    let state = try fixture.sense().namespaces[0]

    let addresses: [Address] = try SnapshotFixture.json("ip -j address show", in: fixture.host)
    let listed = Set(
      addresses.flatMap { link in
        link.addr_info.map { "\(link.ifindex) \($0.local)/\($0.prefixlen) \($0.scope)" }
      }
    )
    let found = try #require(state.addresses.value)
    #expect(Set(found.map { "\($0.interface) \($0.prefix) \($0.scope)" }) == listed)
    #expect(found.contains { $0.prefix == IPPrefix("2001:db8::1/64") && $0.flags == ["nodad"] })

    let links = try #require(state.links.value)
    let routes = try #require(state.routes.value)
    for (family, option) in [(IPFamily.v4, "-4"), (.v6, "-6")] {
      let all: [Route] = try SnapshotFixture.json(
        "ip -j -d \(option) route show table all",
        in: fixture.host
      )
      // Without the kernel's own, which ip shows as being in the table "local", or as multicast.
      let others = all.filter { $0.table != "local" }
      let expected = others.map { "\($0.dst) \($0.gateway ?? "-") \($0.type ?? "unicast") \($0.metric ?? 0)" }
      let mine = routes.filter { $0.destination.address.family == family }.map { route in
        let isHost = route.destination.length == route.destination.address.family.addressBits
        let text = isHost ? route.destination.address.description : route.destination.description
        let name = route.destination.length == 0 ? "default" : text
        return "\(name) \(route.gateway?.description ?? "-") \(route.type) \(route.metric ?? 0)"
      }
      #expect(mine.sorted() == expected.sorted())
    }
    let marked = try #require(routes.first { $0.table == 100 })
    #expect(marked.metric == 7)
    #expect(marked.origin == "boot")
    #expect(marked.interface == links.first { $0.name == "br0" }?.index)
    let several = try #require(routes.first { $0.destination == IPPrefix("192.0.2.0/24") })
    #expect(several.hops.map(\.weight) == [1, 5])

    let rules: [Rule] = try SnapshotFixture.json("ip -j -4 rule show", in: fixture.host)
    let mine = try #require(state.rules.value).filter { $0.family == 4 }
    #expect(mine.map(\.priority) == rules.map(\.priority))
    let rule = try #require(mine.first { $0.priority == 99 })
    #expect(rule.source == IPPrefix("172.30.0.0/24"))
    #expect(rule.mark == 0x10)
    #expect(rule.markMask == 0xff)
    #expect(rule.table == 100)
    #expect(rule.action == "lookup")

    let neighbours: [Neighbour] = try SnapshotFixture.json(
      "ip -j neighbour show nud permanent",
      in: fixture.host
    )
    let entries = try #require(state.neighbours.value)
    let fixed = entries.filter { $0.state == "PERMANENT" && !$0.isProxy }
    #expect(fixed.map(\.address.description) == neighbours.map(\.dst))
    #expect(fixed.map { $0.linkAddress?.description } == neighbours.map(\.lladdr))
    #expect(entries.filter(\.isProxy).map(\.address.description) == ["172.30.0.88"])
  }

  private struct Forwarding: Decodable {
    let mac: String
    let ifname: String
    let master: String?
    let state: String?
  }

  private struct Multicast: Decodable {
    struct Entry: Decodable {
      let index: UInt32
      let dev: String
      let port: String
      let grp: String
      let state: String
    }
    let mdb: [Entry]
  }

  @Test func `forwarding and multicast databases are what bridge says`() throws {
    let fixture = try SnapshotFixture()
    for command in [
      "fdb add 02:00:00:00:00:99 dev v0 master static",
      "mdb add dev br0 port v1 grp 239.1.1.1 permanent",
      "mdb add dev br0 port v1 grp 01:02:03:04:05:06 permanent",
    ] { _ = try SnapshotFixture.output("bridge " + command, in: fixture.host) }
    let state = try fixture.sense().namespaces[0]
    let links = try #require(state.links.value)
    func name(_ index: InterfaceIndex?) -> String { links.first { $0.index == index }?.name ?? "-" }

    let forwarding: [Forwarding] = try SnapshotFixture.json("bridge -j fdb show", in: fixture.host)
    // Addresses are learnt while we look; those that stay are compared.
    let fixed = forwarding.filter { $0.master != nil && ["permanent", "static"].contains($0.state ?? "") }
    let expected = Set(fixed.map { "\($0.mac) \($0.ifname) \($0.master ?? "-") \($0.state ?? "")" })
    let found = try #require(state.forwarding.value).filter { $0.bridge != nil && !$0.flags.isEmpty }
    let mine = Set(
      found.map { "\($0.address) \(name($0.port)) \(name($0.bridge)) \($0.flags.joined(separator: " "))" }
    )
    #expect(mine == expected)
    #expect(mine.contains("02:00:00:00:00:99 v0 br0 static"))
    #expect(mine.contains("02:00:00:00:00:50 br0 br0 permanent"))

    let multicast: [Multicast] = try SnapshotFixture.json("bridge -j mdb show", in: fixture.host)
    let permanent = multicast.flatMap(\.mdb).filter { $0.state == "permanent" }
    let groups = try #require(state.multicast.value).filter(\.isPermanent)
    #expect(
      Set(groups.map { "\(name($0.bridge)) \(name($0.port)) \($0.group)" })
        == Set(permanent.map { "\($0.dev) \($0.port) \($0.grp)" })
    )
    #expect(groups.count == 2)
  }

  @Test func `ends of interfaces are joined with their namespaces, both ways`() throws {
    let fixture = try SnapshotFixture()
    let snapshot = try fixture.sense()
    let ids = snapshot.namespaces.map(\.id)
    #expect(Set(ids).count == 3)
    let host = try #require(snapshot.namespaces[0].links.value)
    for number in 0...1 {
      let port = try #require(host.first { $0.name == "v\(number)" })
      let inside = try #require(snapshot.namespaces[number + 1].links.value?.first { $0.name == "eth0" })
      #expect(port.peer == PeerSnapshot(index: inside.index, namespace: ids[number + 1]))
      #expect(inside.peer == PeerSnapshot(index: port.index, namespace: ids[0]))
    }
    // What isn't sensed has no id.
    let alone = try SnapshotSensor.sense([fixture.targets[1]], tool: "test", privileges: "root")
    let end = try #require(alone.namespaces[0].links.value?.first { $0.name == "eth0" })
    #expect(end.peer?.namespace == nil)
    #expect(end.peer?.index == host.first { $0.name == "v0" }?.index)
  }

  @Test func `settings are read for bridges and containers' interfaces, not for ports`() throws {
    let fixture = try SnapshotFixture()
    try fixture.host.perform {
      try Sysctl.write("1", to: "net.ipv4.ip_forward")
      try Sysctl.write("2", to: "net/ipv4/conf/br0/rp_filter")
    }
    let snapshot = try fixture.sense()
    let host = snapshot.namespaces[0]
    #expect(host.settings["net.ipv4.ip_forward"] == .value("1"))
    #expect(host.settings["net.ipv4.conf.br0.rp_filter"] == .value("2"))
    #expect(host.settings["net.ipv4.conf.all.rp_filter"]?.value != nil)
    #expect(host.settings["net.ipv4.conf.default.arp_notify"]?.value != nil)
    #expect(host.settings["net.ipv4.conf.v0.rp_filter"] == nil)
    #expect(snapshot.namespaces[1].settings["net.ipv4.ip_forward"] == .value("0"))
    #expect(snapshot.namespaces[1].settings["net.ipv4.neigh.eth0.base_reachable_time_ms"] == .value("30000"))
    for name in SnapshotSettings.ofNamespace { #expect(host.settings[name] != nil, "\(name)") }
    #expect(snapshot.machine.settings["net.core.netdev_max_backlog"]?.value.flatMap { Int($0) } != nil)
  }

  @Test func `the ruleset is what nft says, counters included`() throws {
    let fixture = try SnapshotFixture()
    #expect(try fixture.sense().namespaces[0].nftables == .value(""))
    try Nftables.run(
      "add table ip k; add chain ip k c { type filter hook input priority 0; }; add rule ip k c counter accept",
      in: fixture.host
    )
    _ = try SnapshotFixture.output("ping -c 1 172.30.0.1", in: fixture.containers[0])
    let found = try #require(try fixture.sense().namespaces[0].nftables.value)
    let listed = try SnapshotFixture.output("nft list ruleset", in: fixture.host)
    #expect(found == listed)
    #expect(found.contains("counter packets 1"))
    let machine = try fixture.sense().machine
    #expect(machine.modules.value?.contains("nf_tables") == true)
  }

  @Test(.enabled(if: Program.find("iptables-legacy") != nil, "iptables-legacy is not installed"))
  func `legacy tables are read where there are any, and none are made`() throws {
    let fixture = try SnapshotFixture()
    let fresh = try fixture.sense().namespaces[0]
    #expect(fresh.legacyTables == ["iptables": .absent, "ip6tables": .absent])
    #expect(try fixture.host.perform { try TextFile.read("/proc/thread-self/net/ip_tables_names") }.isEmpty)
    _ = try SnapshotFixture.output(
      "iptables-legacy -t nat -A POSTROUTING -s 172.30.0.0/24 -j MASQUERADE",
      in: fixture.host
    )
    let found = try fixture.sense().namespaces[0].legacyTables
    let text = try #require(found["iptables"]?.value)
    #expect(text.contains("*nat\n"))
    #expect(text.contains("[0:0] -A POSTROUTING -s 172.30.0.0/24 -j MASQUERADE\n"))
    #expect(found["ip6tables"] == .absent)
  }

  @Test func `counters are the namespace's own`() throws {
    let fixture = try SnapshotFixture()
    _ = try SnapshotFixture.output("ping -c 3 -i 0.2 172.30.0.1", in: fixture.containers[0])
    let snapshot = try fixture.sense()
    #expect(snapshot.namespaces[0].counters.value?["Icmp.InEchos"] == 3)
    #expect(snapshot.namespaces[1].counters.value?["Icmp.InEchoReps"] == 3)
    #expect(snapshot.namespaces[2].counters.value?["Icmp.InEchoReps"] == 0)
    #expect(snapshot.namespaces[0].counters.value?["TcpExt.ListenDrops"] == 0)
    // The kernel has these for the first namespace only.
    #expect(snapshot.namespaces[0].neighbourCounters == .absent)
    #expect(snapshot.namespaces[0].tracking.value?["insert_failed"] == 0)
    #expect(snapshot.namespaces[0].tracking.value?["count"] != nil)
    #expect(snapshot.machine.softnet.value?["processed"].map { $0 > 0 } == true)
    #expect((snapshot.machine.processors.value ?? 0) > 0)
  }

  @Test func `a snapshot survives as a document`() throws {
    let snapshot = try SnapshotFixture().sense()
    let text = try snapshot.json()
    #expect(try Snapshot(json: Array(text.utf8)) == snapshot)
    #expect(snapshot.origin.complete)
    #expect(snapshot.origin.blindSpots.isEmpty)
  }

  @Test func `nothing is changed, and no namespace gets a number`() throws {
    let first = try NetworkNamespace.make()
    let second = try NetworkNamespace.make()
    let before = try SnapshotFixture.output("ip -d link show", in: first)
    let targets = [first, second].map { SensedNamespace($0, role: .machine, name: "x") }
    _ = try SnapshotSensor.sense(targets, tool: "test", privileges: "root")
    #expect(try SnapshotFixture.output("ip -d link show", in: first) == before)
    #expect(try SnapshotFixture.output("ip netns list-id", in: first).isEmpty)
  }
}
