import LinuxSystem
import NetworkTypes
import Observation
import Sensing
import Testing

/// What a snapshot says of interfaces, against the namespace's own sysfs.
@Suite struct SnapshotLinkTests {
  /// What sysfs has and a snapshot leaves out on purpose: running timers, what is only written, and the way to the
  /// bridge's own directory.
  private static let leftOut: [String: Set<String>] = [
    "bridge": ["hello_timer", "tcn_timer", "topology_change_timer", "gc_timer", "flush"],
    "brport": ["hold_timer", "message_age_timer", "forward_delay_timer", "flush", "bridge"],
  ]

  /// Every file of a directory of sysfs, by its name.
  private func files(_ path: String, without names: Set<String>, _ sysfs: DetachedMount) throws -> [String:
    String]
  {
    var files: [String: String] = [:]
    for name in try sysfs.list(path) where !names.contains(name) {
      files[name] = try sysfs.read("\(path)/\(name)")
    }
    return files
  }

  private func host() throws -> (NetworkNamespace, [String: LinkSnapshot]) {
    let namespace = try NetworkNamespace.make()
    let options =
      "forward_delay 400 hello_time 150 max_age 1200 ageing_time 12345 stp_state 1 priority 4096 group_fwd_mask 8"
      + " mcast_snooping 1 mcast_querier 1 mcast_query_interval 7500 mcast_router 2 no_linklocal_learn 1"
      + " mcast_last_member_count 3 mcast_hash_max 512 nf_call_iptables 1 mcast_stats_enabled 1"
    for command in [
      "link add name br0 type bridge", "link add name br1 type bridge \(options)",
      "link add name p0 address 02:00:00:00:00:01 type veth peer name e0",
      "link add name p1 type veth peer name e1", "link set dev p0 master br0", "link set dev p1 master br1",
      "link set dev p1 type bridge_slave hairpin on isolated on learning off cost 42 priority 7 mcast_router 2"
        + " neigh_suppress on guard on fastleave on bcast_flood off group_fwd_mask 8 flood off",
      "link set dev br0 up", "link set dev p0 up", "link set dev e0 up",
    ] { try Fixture.ip(command, in: namespace) }
    try Fixture.untilUp(["p0", "e0"], in: namespace)
    let target = SensedNamespace(namespace, role: .machine, name: "host")
    let snapshot = try SnapshotSensor.sense([target], tool: "test", privileges: "root")
    let links = try #require(snapshot.namespaces.first?.links.value)
    return (namespace, Dictionary(uniqueKeysWithValues: links.map { ($0.name, $0) }))
  }

  @Test func `bridge and port options are what sysfs says, file for file`() throws {
    let (namespace, links) = try host()
    let sysfs = try DetachedMount.sysfs(of: namespace)
    for name in ["br0", "br1"] {
      let expected = try files("class/net/\(name)/bridge", without: Self.leftOut["bridge"] ?? [], sysfs)
      let found = try #require(links[name]?.bridge)
      #expect(expected.count > 20)
      for (file, value) in expected { #expect(found[file] == value, "\(name)/bridge/\(file)") }
      // Kernels without VLAN filtering have no such file, and it is off.
      #expect(Set(found.keys).subtracting(expected.keys).isSubset(of: ["vlan_filtering"]))
    }
    for name in ["p0", "p1"] {
      let expected = try files("class/net/\(name)/brport", without: Self.leftOut["brport"] ?? [], sysfs)
      let found = try #require(links[name]?.port)
      #expect(expected.count > 20)
      for (file, value) in expected { #expect(found[file] == value, "\(name)/brport/\(file)") }
      #expect(Set(found.keys).subtracting(expected.keys).isEmpty)
    }
    #expect(links["br1"]?.bridge?["forward_delay"] == "400")
    #expect(links["p1"]?.port?["isolated"] == "1")
    #expect(links["e0"]?.port == nil)
    #expect(links["e0"]?.bridge == nil)
  }

  @Test func `interfaces are what sysfs says`() throws {
    let (namespace, links) = try host()
    let sysfs = try DetachedMount.sysfs(of: namespace)
    #expect(Set(links.keys) == Set(try sysfs.list("class/net")))
    for (name, link) in links {
      func file(_ file: String) throws -> String { try sysfs.read("class/net/\(name)/\(file)") }
      #expect(try file("ifindex") == link.index.description)
      #expect(try file("address") == link.address?.description)
      #expect(try file("addr_assign_type") == link.addressAssignment.value.map { "\($0.rawValue)" })
      #expect(try file("mtu") == link.mtu.map { "\($0)" })
      #expect(try file("tx_queue_len") == link.transmitQueueLength.map { "\($0)" })
      #expect(try file("operstate").uppercased() == link.state)
      #expect(try UInt32(file("flags").dropFirst(2), radix: 16).map { $0 & 1 == 1 } == link.isUp)
      let counters = try sysfs.list("class/net/\(name)/statistics")
      #expect(Set(counters).union(["rx_otherhost_dropped"]) == Set(link.statistics.keys))
    }
    #expect(links["br0"]?.addressAssignment == .value(.random))
    #expect(links["p0"]?.addressAssignment == .value(.set))
    #expect(links["p0"]?.master == links["br0"]?.index)
    #expect(links["p0"]?.peer?.index == links["e0"]?.index)
    #expect(links["e0"]?.peer?.namespace == "\(namespace.identity)")
    #expect(links["p0"]?.hasCarrier == true)
    #expect(links["p1"]?.hasCarrier != true)
  }

  @Test func `counters are what sysfs says where nothing is sent`() throws {
    let namespace = try NetworkNamespace.make()
    try namespace.perform { try Sysctl.write("1", to: "net.ipv6.conf.default.disable_ipv6") }
    try Fixture.ip("link add name p0 type veth peer name e0", in: namespace)
    for name in ["p0", "e0"] { try Fixture.ip("link set dev \(name) up", in: namespace) }
    try Fixture.untilUp(["p0", "e0"], in: namespace)
    let sender = try FrameSender(namespace)
    try sender.send(FrameSender.misaddressedQuery, by: Fixture.index(of: "p0", in: namespace))
    let target = SensedNamespace(namespace, role: .machine, name: "host")
    let snapshot = try SnapshotSensor.sense([target], tool: "test", privileges: "root")
    let sysfs = try DetachedMount.sysfs(of: namespace)
    for link in snapshot.namespaces[0].links.value ?? [] {
      for name in try sysfs.list("class/net/\(link.name)/statistics") {
        let value = UInt64(try sysfs.read("class/net/\(link.name)/statistics/\(name)"))
        #expect(link.statistics[name] == value, "\(link.name) \(name)")
      }
      if link.name == "p0" { #expect(link.statistics["tx_packets"] == 1) }
      if link.name == "e0" { #expect(link.statistics["rx_otherhost_dropped"] == 1) }
    }
  }

  @Test func `what a driver counts is read`() throws {
    let namespace = try NetworkNamespace.make()
    try Fixture.ip("link add name v0 type veth peer name v1", in: namespace)
    try Fixture.ip("link add name br0 type bridge", in: namespace)
    let peer = try Fixture.text("/sys/class/net/v1/ifindex", in: namespace)
    try namespace.perform {
      // One of veth's statistics is the number of its other end (drivers/net/veth.c).
      let counted = try DriverStatistics.read("v0")
      #expect(counted["peer_ifindex"].map { "\($0)" } == peer)
      #expect(try DriverStatistics.read("br0").isEmpty)
      #expect(throws: SystemError.self) { try DriverStatistics.read("none") }
    }
  }
}
