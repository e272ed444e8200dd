import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct `Check bridge-mac-unstable` {
  let id = "bridge-mac-unstable"

  /// The founding host: brci0's MAC is its smallest port's.
  private var founding: SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.edit(link: "brci0") {
      $0.addressAssignment = .value(.random)
      $0.address = MACAddress(0x1200_0000_0001)
    }
    for name in ["build", "other", "lowest"] {
      world.addNeighbour("172.18.0.1", at: MACAddress(0x1200_0000_0001), on: "eth0", in: name)
    }
    return world
  }

  /// `victim` lost datagrams after a leave, and `refused` after a join.
  private func scarred(_ world: SnapshotWorld, flooded: UInt64, refused: UInt64) -> SnapshotWorld {
    var world = world
    for name in ["other", "lowest"] {
      world.edit(link: "eth0", in: name) { $0.statistics["rx_otherhost_dropped"] = flooded }
    }
    world.edit(link: "brci0") { $0.statistics["rx_otherhost_dropped"] = refused }
    world.edit("build") { namespace in
      namespace.counters = namespace.counters.map { counters in
        var counters = counters
        counters["Udp.OutDatagrams", default: 0] += flooded + refused
        return counters
      }
    }
    return world
  }

  @Test
  func `the founding host fails: whose MAC, which engine, who is at risk, why here, and what to expect`()
    throws
  {
    let finding = try #require(founding.result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == .critical)
    #expect(finding.consequence.contains("build, other, lowest"))
    let values = finding.evidence.map(\.value)
    #expect(values.contains { $0.contains("brci0 and veth18 have 12:00:00:00:00:01") })
    #expect(values.contains("bridge: brci0"))
    #expect(values.contains { $0.contains("99-default.link") })
    #expect(values.contains { $0.contains("MAC changes a day") })
    #expect(finding.remedies.first?.kind == .runtime)
    #expect(founding.result(id, "bridge:docker0")?.status == .passed)
    #expect(founding.alarms == ["bridge-mac-unstable", "veth-mac-rewritten-by-udev"])
  }

  @Test func `it says whether udev would have set it`() throws {
    var world = founding
    world.snapshot.machine.udevRuns = .value(false)
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    #expect(finding.evidence.contains { $0.source == "udev" && $0.value == "udev doesn't run" })
    world.snapshot.machine.udevRuns = .unreadable(reason: "no /proc")
    #expect(world.result(id, "bridge:brci0")?.status == .failed)
  }

  @Test func `scars are told with the finding`() throws {
    let finding = try #require(
      scarred(founding, flooded: 300, refused: 180).result(id, "bridge:brci0")?.finding
    )
    #expect(finding.confidence == .certain)
    #expect(finding.consequence.hasSuffix("It has likely happened already: about 480 datagrams lost."))
    #expect(
      finding.evidence.contains {
        $0.value == "rx_otherhost_dropped 300" && $0.meaning.contains("2026-11-23T18:0")
      }
    )
    #expect(finding.evidence.contains { $0.source.hasPrefix("build") && $0.value.hasSuffix("by 480") })
    #expect(try #require(founding.result(id, "bridge:brci0")?.finding).consequence.hasSuffix("53 s."))
  }

  @Test func `a bridge that is well now tells of what was, as worth knowing`() throws {
    let world = scarred(.dockerHost, flooded: 300, refused: 180)
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == .info)
    #expect(finding.confidence == .likely)
    #expect(world.alarms.isEmpty)
  }

  @Test func `the same counters without a victim, a few datagrams, or an engine's own bridge are no scars`() {
    var healthy = SnapshotWorld.dockerHost
    for name in ["build", "other", "lowest"] {
      healthy.edit(link: "eth0", in: name) { $0.statistics["rx_otherhost_dropped"] = 900 }
    }
    #expect(healthy.result(id, "bridge:brci0")?.status == .passed)
    #expect(scarred(.dockerHost, flooded: 4, refused: 4).result(id, "bridge:brci0")?.status == .passed)
    var own = SnapshotWorld.dockerHost
    own.edit(link: "docker0") { $0.statistics["rx_otherhost_dropped"] = 500 }
    #expect(own.result(id, "bridge:docker0")?.status == .passed)
  }

  @Test func `containers that still hold another MAC than a bridge of its own has are a warning`() throws {
    var world = SnapshotWorld.dockerHost
    world.addNeighbour(
      "172.18.0.1",
      at: MACAddress(0x1200_0000_0777),
      on: "eth0",
      state: "STALE",
      in: "build"
    )
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == .warning)
    #expect(finding.evidence.first?.source == "build, neighbour table")
    world.addNeighbour(
      "172.18.0.1",
      at: MACAddress(0x1200_0000_0777),
      on: "eth0",
      state: "FAILED",
      in: "build"
    )
    #expect(world.result(id, "bridge:brci0")?.status == .passed)
  }

  @Test func `a bridge for virtual machines is a warning, one with a physical port alone isn't`() throws {
    var world = SnapshotWorld.dockerHost
    var bridge = SnapshotWorld.bridge(
      "vmbr0",
      index: 80,
      address: MACAddress(0x5254_0000_0081),
      assignment: .random
    )
    bridge.address = MACAddress(0x5254_0000_0081)
    world.add(bridge, addresses: ["10.1.0.1/24"])
    world.add(SnapshotWorld.hardware("eth1", index: 81, address: MACAddress(0x5254_0000_0081)))
    world.edit(link: "eth1") { $0.master = InterfaceIndex(80) }
    #expect(world.result(id, "bridge:vmbr0")?.status == .passed)
    var tap = SnapshotWorld.hardware("vnet0", index: 82, address: MACAddress(0xfe54_0000_0082))
    tap.kind = "tun"
    tap.master = InterfaceIndex(80)
    world.add(tap)
    let finding = try #require(world.result(id, "bridge:vmbr0")?.finding)
    #expect(finding.severity == .warning)
    // Smaller than any that is drawn at random for a guest.
    for name in ["eth1", "vmbr0"] { world.edit(link: name) { $0.address = MACAddress(0x0016_3e00_0001) } }
    #expect(world.result(id, "bridge:vmbr0")?.status == .passed)
    #expect(world.result(id, "bridge:vmbr0")?.why.contains("eth1") == true)
  }

  @Test func `a permanent port with the smallest MAC keeps a containers' bridge as it is`() {
    var world = founding
    var keeper = SnapshotWorld.hardware("keep0", index: 81, address: MACAddress(0x0200_0000_0001))
    keeper.kind = "dummy"
    keeper.master = world.index("brci0")
    world.add(keeper)
    world.edit(link: "brci0") { $0.address = MACAddress(0x0200_0000_0001) }
    #expect(world.result(id, "bridge:brci0")?.status == .passed)
  }

  @Test func `a bridge without an address, or without ports, isn't meant`() {
    var world = SnapshotWorld.labHost
    world.edit(link: "br0") { $0.addressAssignment = .value(.random) }
    #expect(world.results(id).map(\.status) == [.failed])
    for family in [IPFamily.v4, .v6] { world.removeAddresses(family, from: "br0") }
    #expect(world.results(id).map(\.status) == [.notApplicable])
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:br-idle")?.status == .notApplicable)
  }

  @Test func `it can't be told without who chose the MAC, or without addresses`() {
    var world = founding
    world.edit(link: "brci0") { $0.addressAssignment = .unreadable(reason: "no sysfs") }
    #expect(world.result(id, "bridge:brci0")?.status == .unknown)
    var blind = founding
    blind.edit { $0.addresses = .unreadable(reason: "not permitted") }
    #expect(blind.result(id, "bridge:brci0")?.status == .unknown)
  }
}
