import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct `Check stale-arp-ip-reuse` {
  let id = "stale-arp-ip-reuse"

  @Test(arguments: ["REACHABLE", "STALE", "DELAY", "PERMANENT"])
  func `an entry with another MAC than the container's fails`(state: String) throws {
    var world = SnapshotWorld.labHost
    world.addNeighbour("172.18.0.2", at: MACAddress(0x0242_0000_0001), on: "br0", state: state)
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning)
    #expect(finding.evidence.first?.value == "172.18.0.2 lladdr 02:42:00:00:00:01 \(state)")
    #expect(finding.remedies.first?.commands == ["ip neigh del 172.18.0.2 dev br0"])
  }

  @Test func `another container's entry counts too, and is cured where it is`() throws {
    var world = SnapshotWorld.labHost
    world.addNeighbour("172.18.0.2", at: MACAddress(0x0242_0000_0001), on: "eth0", in: "other")
    let finding = try #require(world.findings(id).first)
    #expect(finding.summary.hasPrefix("other sends"))
    #expect(finding.remedies.first?.commands.first?.hasPrefix("nsenter -t ") == true)
  }

  @Test func `entries that aren't used, or are for nobody on the bridge, pass`() {
    var world = SnapshotWorld.labHost
    world.addNeighbour("172.18.0.2", at: MACAddress(0x0242_0000_0001), on: "br0", state: "FAILED")
    world.addNeighbour("172.18.0.77", at: MACAddress(0x0242_0000_0001), on: "br0", state: "STALE")
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `one of two owners' MACs is another fault`() {
    var world = SnapshotWorld.labHost
    world.addContainer(
      "second",
      on: "br0",
      addresses: ["172.18.0.2/16"],
      linkAddress: MACAddress(0x4e00_0000_0009),
      portAddress: MACAddress(0x9600_0000_0009)
    )
    #expect(world.results(id).map(\.status) == [.passed])
    #expect(world.alarms == ["ip-duplicate"])
  }

  @Test func `it can't be told without the neighbour table or the container's addresses`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.neighbours = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
    var blind = SnapshotWorld.labHost
    blind.edit("build") { $0.addresses = .unreadable(reason: "not permitted") }
    #expect(blind.results(id).map(\.status) == [.unknown])
  }

  @Test func `a bridge without containers isn't meant`() {
    var world = SnapshotWorld.dockerHost
    world.addLookAlikes()
    #expect(world.result(id, "bridge:virbr0")?.status == .notApplicable)
  }
}

@Suite struct `Check ip-duplicate` {
  let id = "ip-duplicate"

  private var duplicate: SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    world.addContainer(
      "second",
      on: "brci0",
      addresses: ["172.18.0.2/16"],
      linkAddress: MACAddress(0x4e00_0000_0009),
      portAddress: MACAddress(0x9600_0000_0009),
      engine: SnapshotWorld.mainEngine
    )
    return world
  }

  @Test func `two containers with one address fail, with their engines and who gets the answers`() throws {
    let finding = try #require(duplicate.result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == .critical)
    #expect(finding.summary == "build and second on brci0 both have 172.18.0.2.")
    #expect(finding.consequence.contains("docker:/run/docker.sock"))
    #expect(finding.evidence.last?.meaning == "answers go to second now")
  }

  @Test func `the same address on two bridges, and link-local ones, are no duplicates`() {
    var world = SnapshotWorld.lookAlikes
    for name in ["build", "other"] {
      let index = world.index("eth0", in: name)
      world.edit(name) { namespace in
        namespace.addresses = namespace.addresses.map {
          $0
            + [IPPrefix("fe80::1/64")].compactMap(\.self).map {
              AddressSnapshot(interface: index, prefix: $0)
            }
        }
      }
    }
    world.edit("web") { namespace in
      namespace.addresses = namespace.addresses.map { addresses in
        addresses.map { address in
          var address = address
          address.prefix = IPPrefix("172.18.0.2/16") ?? address.prefix
          return address
        }
      }
    }
    #expect(world.findings(id).isEmpty)
  }

  @Test func `it can't be told if one container can't be looked at, unless two others are found`() {
    var blind = SnapshotWorld.labHost
    blind.edit("lowest") { $0.addresses = .unreadable(reason: "not permitted") }
    #expect(blind.results(id).map(\.status) == [.unknown])
    #expect(blind.results(id).first?.why.contains("lowest") == true)
    var found = duplicate
    found.edit("lowest") { $0.links = .unreadable(reason: "not permitted") }
    #expect(found.result(id, "bridge:brci0")?.status == .failed)
  }

  @Test func `a bridge without containers isn't meant`() {
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:virbr0")?.status == .notApplicable)
  }
}

@Suite struct `Check gateway-ip-hijack` {
  let id = "gateway-ip-hijack"

  @Test func `a container with the bridge's address fails`() throws {
    var world = SnapshotWorld.labHost
    world.addContainer(
      "thief",
      on: "br0",
      addresses: ["172.18.0.1/16"],
      linkAddress: MACAddress(0x4e00_0000_0009),
      portAddress: MACAddress(0x9600_0000_0009)
    )
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning)
    #expect(finding.summary.hasPrefix("thief is on br0"))
  }

  @Test func `who still has the right entry for the gateway has no stale one`() {
    var world = SnapshotWorld.labHost
    world.addContainer(
      "thief",
      on: "br0",
      addresses: ["172.18.0.99/16", "172.18.0.1/16"],
      linkAddress: MACAddress(0x4e00_0000_0009),
      portAddress: MACAddress(0x9600_0000_0009)
    )
    #expect(world.alarms == ["gateway-ip-hijack"])
  }

  @Test func `a container that is taken for the gateway fails`() throws {
    var world = SnapshotWorld.labHost
    world.addNeighbour("172.18.0.1", at: MACAddress(0x4e00_0000_0003), on: "eth0", in: "build")
    let finding = try #require(world.findings(id).first)
    #expect(finding.evidence.first?.meaning == "it takes other for its gateway")
  }

  @Test func `an old MAC that nobody has is another fault`() {
    var world = SnapshotWorld.labHost
    world.addNeighbour("172.18.0.1", at: MACAddress(0x1200_0000_00aa), on: "eth0", in: "build")
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `it can't be told without addresses`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.addresses = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
    var blind = SnapshotWorld.labHost
    blind.edit("build") { $0.neighbours = .unreadable(reason: "not permitted") }
    #expect(blind.results(id).map(\.status) == [.unknown])
  }

  @Test func `a bridge without an address has no gateway to take`() {
    var world = SnapshotWorld.labHost
    for family in [IPFamily.v4, .v6] { world.removeAddresses(family, from: "br0") }
    #expect(world.results(id).map(\.status) == [.notApplicable])
  }
}

@Suite struct `Check neigh-overflow` {
  let id = "neigh-overflow"

  @Test func `an entry that was refused fails`() throws {
    var world = SnapshotWorld.dockerHost
    world.edit { $0.neighbourCounters = .value(["arp.table_fulls": 3, "ndisc.table_fulls": 0]) }
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning)
    #expect(finding.evidence.map(\.value) == ["table_fulls 3"])
  }

  @Test func `a table that is nearly full fails; permanent entries don't count`() throws {
    var world = SnapshotWorld.dockerHost
    let bridge = world.index("brci0")
    func fill(_ count: UInt32, state: String) {
      world.edit { namespace in
        namespace.neighbours = .value(
          (0..<count).map {
            NeighbourSnapshot(
              interface: bridge,
              address: .v4(IPv4Address(0xac12_0000 + $0)),
              linkAddress: MACAddress(UInt64($0)),
              state: state
            )
          }
        )
      }
    }
    fill(950, state: "PERMANENT")
    #expect(world.results(id).map(\.status) == [.passed])
    fill(950, state: "STALE")
    #expect(world.findings(id).first?.evidence.first?.value.hasPrefix("95") == true)
  }

  @Test func `thresholds that can't be read, and a machine that doesn't show them`() {
    var world = SnapshotWorld.dockerHost
    world.snapshot.machine.settings["net.ipv4.neigh.default.gc_thresh3"] = .unreadable(
      reason: "not permitted"
    )
    #expect(world.results(id).map(\.status) == [.unknown])
    for key in ["net.ipv4.neigh.default.gc_thresh3", "net.ipv6.neigh.default.gc_thresh3"] {
      world.snapshot.machine.settings[key] = .absent
    }
    #expect(world.results(id).map(\.status) == [.notApplicable])
  }
}

@Suite struct `Check proxy-arp` {
  let id = "proxy-arp"

  @Test(arguments: ["net.ipv4.conf.all.proxy_arp", "net.ipv4.conf.br0.proxy_arp"])
  func `answering for others fails`(setting: String) throws {
    var world = SnapshotWorld.labHost
    world.set(setting, "1")
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .info)
    #expect(finding.remedies.first?.commands == ["sysctl -w \(setting)=0"])
    #expect(finding.remedies.last?.files.first?.content == "\(setting)=0\n")
  }

  @Test func `a port that answers fails, and so does a host that doesn't answer for itself`() {
    var world = SnapshotWorld.labHost
    world.edit(link: world.port(of: "build")) { $0.port?["proxyarp"] = "1" }
    #expect(world.findings(id).count == 1)
    var mute = SnapshotWorld.labHost
    mute.set("net.ipv4.conf.br0.arp_ignore", "8")
    #expect(mute.findings(id).first?.evidence.first?.value == "net.ipv4.conf.br0.arp_ignore = 8")
    mute.set("net.ipv4.conf.br0.arp_ignore", "1")
    #expect(mute.results(id).map(\.status) == [.passed])
  }

  @Test func `a setting that wasn't read can't be told`() {
    var world = SnapshotWorld.labHost
    world.set("net.ipv4.conf.all.proxy_arp", .unreadable(reason: "not permitted"))
    #expect(world.results(id).map(\.status) == [.unknown])
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:virbr0")?.status == .notApplicable)
  }
}

@Suite struct `Check arp-locktime` {
  let id = "arp-locktime"

  @Test func `ignoring announcements fails on the host and in a container`() throws {
    var world = SnapshotWorld.labHost
    world.set("net.ipv4.conf.br0.drop_gratuitous_arp", "1")
    world.set("net.ipv4.conf.all.drop_gratuitous_arp", "1", in: "build")
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .info)
    #expect(finding.evidence.map(\.source) == ["sysctl in host 0", "sysctl in build"])
  }

  @Test(arguments: [("99", false), ("100", false), ("500", true)])
  func `only a longer locktime than the default fails`(value: String, isWrong: Bool) {
    var world = SnapshotWorld.labHost
    world.set("net.ipv4.neigh.br0.locktime", value)
    #expect(world.findings(id).isEmpty != isWrong)
  }

  @Test func `it can't be told without the settings, and doesn't apply without containers`() {
    var world = SnapshotWorld.labHost
    world.set("net.ipv4.conf.all.drop_gratuitous_arp", .unreadable(reason: "not permitted"))
    #expect(world.results(id).map(\.status) == [.unknown])
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:virbr0")?.status == .notApplicable)
  }
}
