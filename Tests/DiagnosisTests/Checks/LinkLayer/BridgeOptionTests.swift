import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct `Check stp-forward-delay` {
  let id = "stp-forward-delay"

  @Test func `spanning tree on a containers' bridge fails, with how long and who waits now`() throws {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "brci0") { $0.bridge?["stp_state"] = "1" }
    world.edit(link: world.port(of: "build")) { $0.port?["state"] = "1" }
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == .critical)
    #expect(finding.summary == "Every container that starts on brci0 is offline for 30 s.")
    #expect(finding.evidence.last?.meaning.hasPrefix("build is offline") == true)
    #expect(finding.remedies.map(\.kind) == [.runtime, .persistent])
    #expect(finding.remedies.last?.files.first?.path == "/etc/network/interfaces.d/brci0-stp")
  }

  @Test func `the delay doesn't matter with spanning tree off`() {
    #expect(SnapshotWorld.labHost.results(id).map(\.status) == [.passed])
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:virbr0")?.status == .notApplicable)
  }

  @Test func `it can't be told without the bridge's options`() {
    var world = SnapshotWorld.labHost
    world.edit(link: "br0") { $0.bridge = nil }
    #expect(world.results(id).map(\.status) == [.unknown])
  }

  @Test(arguments: [
    (ManagementSnapshot.Manager.networkd, "/etc/systemd/network/br.netdev"),
    (.networkManager, "/etc/NetworkManager/system-connections/brci0.nmconnection"),
    (.netplan, "/etc/netplan/1.yaml"),
  ]) func `what lasts is for whoever manages the bridge`(manager: ManagementSnapshot.Manager, file: String) {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "brci0") { $0.bridge?["stp_state"] = "1" }
    world.snapshot.management.interfaces = .value([
      ConfiguredInterface(manager: manager, name: "brci0", file: file, line: 1, kind: "bridge")
    ])
    let lasting = world.result(id, "bridge:brci0")?.finding?.remedies.last
    switch manager {
    case .networkd:
      #expect(lasting?.files.first?.path == "/etc/systemd/network/br.netdev.d/50-stp.conf")
      #expect(lasting?.files.first?.content == "[Bridge]\nSTP=no\n")
    case .networkManager: #expect(lasting?.commands == ["nmcli connection modify brci0 bridge.stp no"])
    default: #expect(lasting?.files.first?.content.contains("brci0: {parameters: {stp: false") == true)
    }
  }
}

@Suite struct `Check vlan-pvid` {
  let id = "vlan-pvid"

  @Test func `filtering without a VLAN for new ports fails, and no more than possibly`() throws {
    var world = SnapshotWorld.labHost
    world.edit(link: "br0") {
      $0.bridge?["vlan_filtering"] = "1"
      $0.bridge?["default_pvid"] = "0"
    }
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .info)
    #expect(finding.confidence == .possible)
    #expect(finding.remedies.first?.commands.count == 4)
  }

  @Test func `filtering with the default VLAN passes, as does a kernel without filtering`() {
    var world = SnapshotWorld.labHost
    world.edit(link: "br0") { $0.bridge?["vlan_filtering"] = "1" }
    #expect(world.results(id).first?.why == "it filters VLANs, and new ports are in VLAN 1")
    world.edit(link: "br0") { $0.bridge?["vlan_filtering"] = nil }
    #expect(world.results(id).map(\.status) == [.passed])
    world.edit(link: "br0") { $0.bridge = nil }
    #expect(world.results(id).map(\.status) == [.unknown])
  }

  @Test func `a bridge for virtual machines isn't meant`() {
    var world = SnapshotWorld.lookAlikes
    world.edit(link: "virbr0") {
      $0.bridge?["vlan_filtering"] = "1"
      $0.bridge?["default_pvid"] = "0"
    }
    #expect(world.result(id, "bridge:virbr0")?.status == .notApplicable)
  }
}

@Suite struct `Check port-isolated` {
  let id = "port-isolated"

  @Test func `two isolated ports fail; one alone keeps nobody from anybody`() throws {
    var world = SnapshotWorld.labHost
    world.edit(link: world.port(of: "build")) { $0.port?["isolated"] = "1" }
    #expect(world.results(id).map(\.status) == [.passed])
    world.edit(link: world.port(of: "other")) { $0.port?["isolated"] = "1" }
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .info)
    #expect(finding.evidence.count == 2)
  }

  @Test(arguments: [("unicast_flood", "flood"), ("broadcast_flood", "bcast_flood"), ("learning", "learning")])
  func `a port that floods or learns nothing fails`(option: String, word: String) {
    var world = SnapshotWorld.labHost
    let port = world.port(of: "build")
    world.edit(link: port) { $0.port?[option] = "0" }
    #expect(world.findings(id).first?.remedies.first?.commands == ["bridge link set dev \(port) \(word) on"])
  }

  @Test func `it can't be told without the ports' options, and needs containers`() {
    var world = SnapshotWorld.labHost
    world.edit(link: world.port(of: "build")) { $0.port = nil }
    #expect(world.results(id).map(\.status) == [.unknown])
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:virbr0")?.status == .notApplicable)
  }
}

@Suite struct `Check mcast-snooping-nd` {
  let id = "mcast-snooping-nd"

  private var querying: SnapshotWorld {
    var world = SnapshotWorld.labHost
    world.edit(link: "br0") { $0.bridge?["multicast_querier"] = "1" }
    return world
  }

  private func report(_ groups: [String: String], in world: inout SnapshotWorld) {
    let entries = groups.map { name, group in
      MulticastSnapshot(
        bridge: world.index("br0"),
        port: world.index(world.port(of: name)),
        group: group,
        isPermanent: false
      )
    }
    world.edit { $0.multicast = .value(entries) }
  }

  @Test func `a querier without the containers' groups fails`() throws {
    var world = querying
    report(["build": "ff02::1:ff00:2", "other": "ff02::1:ff00:3"], in: &world)
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning)
    #expect(finding.evidence.map(\.meaning) == ["lowest doesn't get solicitations for fd00:18::4"])
  }

  @Test func `known groups pass, and so does a bridge where nobody queries`() {
    var world = querying
    report(["build": "ff02::1:ff00:2", "other": "ff02::1:ff00:3", "lowest": "ff02::1:ff00:4"], in: &world)
    #expect(world.results(id).map(\.status) == [.passed])
    #expect(SnapshotWorld.labHost.results(id).first?.why.contains("nobody on it queries") == true)
    var off = querying
    off.edit(link: "br0") { $0.bridge?["multicast_snooping"] = "0" }
    #expect(off.results(id).map(\.status) == [.passed])
  }

  @Test func `it can't be told without the database; IPv4 alone isn't concerned`() {
    var world = querying
    world.edit { $0.multicast = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
    var old = SnapshotWorld.dockerHost
    old.edit(link: "brci0") { $0.bridge?["multicast_querier"] = "1" }
    #expect(old.result(id, "bridge:brci0")?.status == .passed)
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:virbr0")?.status == .notApplicable)
  }
}

@Suite struct `Checks of many ports` {
  private func world(ports: UInt32, carrier: Bool = true) -> SnapshotWorld {
    var world = SnapshotWorld.labHost
    let master = world.index("br0")
    let added = (0..<ports).map { number in
      var port = SnapshotWorld.veth(
        "v\(number)",
        index: 100 + number,
        address: MACAddress(0x9a00_0000_0000 + UInt64(number)),
        peer: 5000 + number,
        in: "4026539999",
        master: master
      )
      port.hasCarrier = carrier
      return port
    }
    world.edit { $0.links = $0.links.map { $0 + added } }
    return world
  }

  @Test(arguments: [(UInt32(800), CheckResult.Status.passed), (900, .failed), (1020, .failed)])
  func `bridge-port-limit fails when the bridge is nearly full`(ports: UInt32, status: CheckResult.Status) {
    let world = world(ports: ports, carrier: false)
    #expect(world.results("bridge-port-limit").map(\.status) == [status])
    if status == .failed {
      let finding = world.findings("bridge-port-limit").first
      #expect(finding?.severity == .info)
      #expect(finding?.evidence.last?.value.hasPrefix("\(ports) of them") == true)
    }
  }

  @Test func `flood-vs-backlog fails when a broadcast is more than a queue holds`() throws {
    let wide = world(ports: 1010)
    let finding = try #require(wide.findings("flood-vs-backlog").first)
    #expect(finding.severity == .warning)
    #expect(world(ports: 500).findings("flood-vs-backlog").isEmpty)
    var narrow = SnapshotWorld.labHost
    narrow.snapshot.machine.settings["net.core.netdev_max_backlog"] = .value("2")
    #expect(narrow.findings("flood-vs-backlog").count == 1)
  }

  @Test func `flood-vs-backlog fails for dropped frames only if there are enough of them`() {
    var world = SnapshotWorld.labHost
    world.snapshot.machine.softnet = .value(["processed": 10_000_000, "dropped": 3, "timeSqueeze": 0])
    #expect(world.results("flood-vs-backlog").map(\.status) == [.passed])
    #expect(world.results("flood-vs-backlog").first?.why.contains("3 were dropped") == true)
    world.snapshot.machine.softnet = .value(["processed": 10_000_000, "dropped": 40_000, "timeSqueeze": 0])
    #expect(world.findings("flood-vs-backlog").first?.confidence == .likely)
    world.snapshot.machine.softnet = .unreadable(reason: "not permitted")
    #expect(world.results("flood-vs-backlog").map(\.status) == [.unknown])
    world.snapshot.machine.settings["net.core.netdev_max_backlog"] = .absent
    #expect(world.results("flood-vs-backlog").map(\.status) == [.notApplicable])
  }
}

@Suite struct `Check l2-loop` {
  let id = "l2-loop"

  /// A veth from one bridge to another.
  private func tie(_ left: String, _ right: String, _ number: UInt32, in world: inout SnapshotWorld) {
    let (first, second) = (60 + 2 * number, 61 + 2 * number)
    world.add(
      SnapshotWorld.veth(
        "tie\(first)",
        index: first,
        address: MACAddress(0xf200_0000_0000 + UInt64(first)),
        peer: second,
        in: world.host,
        master: world.index(left)
      )
    )
    world.add(
      SnapshotWorld.veth(
        "tie\(second)",
        index: second,
        address: MACAddress(0xf200_0000_0000 + UInt64(second)),
        peer: first,
        in: world.host,
        master: world.index(right)
      )
    )
  }

  @Test func `two ports of one bridge tied to each other fail`() throws {
    var world = SnapshotWorld.labHost
    tie("br0", "br0", 0, in: &world)
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .info)
    #expect(finding.evidence.map(\.value) == ["tie60 is tied to tie61"])
    world.edit(link: "br0") { $0.bridge?["stp_state"] = "1" }
    #expect(world.findings(id).isEmpty)
  }

  @Test func `two ways to another bridge are a loop, one isn't`() {
    var world = SnapshotWorld.labHost
    world.add(SnapshotWorld.bridge("br1", index: 50, address: MACAddress(0x7a00_0000_0002)))
    tie("br0", "br1", 0, in: &world)
    #expect(world.results(id).map(\.status) == [.passed, .passed])
    tie("br1", "br0", 1, in: &world)
    #expect(world.findings(id).count == 2)
    #expect(world.findings(id).first?.evidence.count == 2)
  }

  @Test func `a loop over three bridges is found, and a bridge beside it isn't in it`() {
    var world = SnapshotWorld.labHost
    for number in 1...3 {
      world.add(
        SnapshotWorld.bridge("br\(number)", index: 49 + UInt32(number), address: MACAddress(0x7a00_0000_0002))
      )
    }
    tie("br0", "br1", 0, in: &world)
    tie("br1", "br2", 1, in: &world)
    tie("br2", "br0", 2, in: &world)
    tie("br2", "br3", 3, in: &world)
    #expect(
      world.findings(id).map(\.subject.description) == [
        "bridge:br0@host 0", "bridge:br1@host 0", "bridge:br2@host 0",
      ]
    )
  }

  @Test func `a container's MAC at another port fails`() throws {
    var world = SnapshotWorld.labHost
    let (bridge, port) = (world.index("br0"), world.index(world.port(of: "other")))
    world.edit { namespace in
      namespace.forwarding = namespace.forwarding.map { entries in
        entries.map { entry in
          var entry = entry
          if entry.address == MACAddress(0x4e00_0000_0002), entry.bridge == bridge { entry.port = port }
          return entry
        }
      }
    }
    let finding = try #require(world.findings(id).first)
    #expect(finding.summary.contains("build's MAC"))
    world.edit { $0.forwarding = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }
}
