import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct `Check bridge-ip-lost` {
  let id = "bridge-ip-lost"

  @Test func `a bridge without its containers' gateway fails, by the containers' word`() throws {
    var world = SnapshotWorld.labHost
    world.removeAddresses(.v4, from: "br0")
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .critical)
    #expect(finding.summary.contains("172.18.0.1"))
    #expect(finding.remedies.first?.commands == ["ip addr add 172.18.0.1/16 dev br0"])
    #expect(world.findings("user-bridge-mismatch").isEmpty)
  }

  @Test func `and by the engine's, without any container`() throws {
    var world = SnapshotWorld.dockerHost
    world.removeAddresses(.v4, from: "docker0")
    world.edit(link: world.port(of: "web")) { $0.master = nil }
    let finding = try #require(world.result(id, "bridge:docker0")?.finding)
    #expect(finding.evidence.first?.source == SnapshotWorld.mainEngine)
    #expect(world.result(id, "bridge:brci0")?.status == .passed)
  }

  @Test func `a network that is meant to have no gateway, and a router on the bridge, pass`() {
    var world = SnapshotWorld.dockerHost
    world.removeAddresses(.v4, from: "brci0")
    var routed = world
    routed.add(SnapshotWorld.hardware("eth1", index: 90, address: MACAddress(0x5254_0000_0099)))
    let bridge = routed.index("brci0")
    routed.edit(link: "eth1") { $0.master = bridge }
    #expect(routed.result(id, "bridge:brci0")?.status == .notApplicable)
    for name in ["build", "other", "lowest"] { world.edit(link: world.port(of: name)) { $0.master = nil } }
    world.edit(engine: SnapshotWorld.secondEngine) { engine in
      engine.networks = engine.networks.map { networks in
        networks.map { network in
          var network = network
          network.options["com.docker.network.bridge.inhibit_ipv4"] = "true"
          return network
        }
      }
    }
    #expect(world.result(id, "bridge:brci0")?.status == .notApplicable)
  }

  @Test func `systemd-networkd looking after docker0 is a warning, before anything is lost`() throws {
    var world = SnapshotWorld.dockerHost
    var wild = ConfiguredInterface(
      manager: .networkd,
      name: "*",
      isPattern: true,
      file: "/etc/systemd/network/20-all.network",
      line: 1,
      settings: ["dhcp": "yes"]
    )
    world.snapshot.management.managers = .value([.networkd])
    world.snapshot.management.interfaces = .value([wild])
    let finding = try #require(world.result(id, "bridge:docker0")?.finding)
    #expect(finding.severity == .warning)
    #expect(finding.confidence == .likely)
    #expect(world.result(id, "bridge:brci0")?.status == .passed)
    wild.settings["unmanaged"] = "yes"
    world.snapshot.management.interfaces = .value([wild])
    #expect(world.result(id, "bridge:docker0")?.status == .passed)
    world.snapshot.management.interfaces = .unreadable(reason: "not permitted")
    #expect(world.result(id, "bridge:docker0")?.status == .unknown)
  }

  @Test func `it can't be told without addresses, or if no container can be looked at`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.addresses = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
    var blind = SnapshotWorld.labHost
    for name in ["build", "other", "lowest"] {
      blind.edit(name) { $0.routes = .unreadable(reason: "not permitted") }
    }
    #expect(blind.results(id).map(\.status) == [.unknown])
  }

  @Test func `a bridge that nobody expects anything of isn't meant`() {
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:br-idle")?.status == .notApplicable)
  }
}

@Suite struct `Check user-bridge-mismatch` {
  let id = "user-bridge-mismatch"

  @Test func `a bridge with another address than the containers' gateway fails`() throws {
    var world = SnapshotWorld.labHost
    world.removeAddresses(.v4, from: "br0")
    let index = world.index("br0")
    world.edit { namespace in
      namespace.addresses = namespace.addresses.map {
        $0
          + [IPPrefix("172.18.0.252/16")].compactMap(\.self).map {
            AddressSnapshot(interface: index, prefix: $0)
          }
      }
    }
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning)
    #expect(finding.remedies.first?.commands == ["ip addr add 172.18.0.1/16 dev br0"])
    #expect(world.findings("bridge-ip-lost").isEmpty)
  }

  @Test(arguments: [
    ("172.18.128.0/17", false), ("172.18.0.0/16", false), ("172.19.0.0/24", true), ("172.16.0.0/12", true),
  ])
  func `a range for containers must be within the bridge's subnet`(range: String, isWrong: Bool) {
    var world = SnapshotWorld.dockerHost
    world.set(engine: SnapshotWorld.secondEngine, "fixed-cidr", "\"\(range)\"")
    #expect(world.findings(id).isEmpty != isWrong)
  }

  @Test func `a container outside of the bridge's subnet fails`() {
    var world = SnapshotWorld.labHost
    world.addContainer(
      "stray",
      on: "br0",
      addresses: ["10.9.0.2/24"],
      linkAddress: MACAddress(0x4e00_0000_0009),
      portAddress: MACAddress(0x9600_0000_0009)
    )
    #expect(world.findings(id).first?.evidence.first?.source == "stray, its addresses")
  }

  @Test func `it can't be told without addresses, and needs an address and containers`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.addresses = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:br-idle")?.status == .notApplicable)
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:virbr0")?.status == .notApplicable)
  }
}

@Suite struct `Check multi-dockerd-shared-bridge` {
  let id = "multi-dockerd-shared-bridge"

  /// The second daemon on docker0, too.
  private func shared(_ range: String?, and other: String?) -> SnapshotWorld {
    var world = SnapshotWorld.dockerHost
    for (engine, range) in [(SnapshotWorld.mainEngine, range), (SnapshotWorld.secondEngine, other)] {
      world.edit(engine: engine) {
        $0.networks = .value([
          SnapshotWorld.network(
            "bridge",
            on: "docker0",
            subnet: "172.17.0.0/16",
            gateway: "172.17.0.1",
            range: range
          )
        ])
      }
    }
    return world
  }

  @Test func `two daemons on one bridge with one pool fail`() throws {
    let finding = try #require(shared(nil, and: nil).findings(id).first)
    #expect(finding.severity == .critical)
    #expect(finding.summary.contains("docker0"))
    #expect(finding.evidence.count == 2)
    #expect(shared("172.17.0.0/17", and: "172.17.64.0/18").findings(id).count == 1)
  }

  @Test func `parts of a bridge's subnet that don't overlap pass`() {
    #expect(shared("172.17.0.0/17", and: "172.17.128.0/17").results(id).map(\.status) == [.passed])
    #expect(SnapshotWorld.dockerHost.results(id).map(\.status) == [.passed])
  }

  @Test func `a daemon that can't be asked is judged by its settings`() {
    var world = SnapshotWorld.dockerHost
    world.edit(engine: SnapshotWorld.secondEngine) {
      $0.networks = .unreadable(reason: "no answer within 2 s")
    }
    #expect(world.results(id).map(\.status) == [.passed])
    world.set(engine: SnapshotWorld.secondEngine, "bridge", nil)
    #expect(world.results(id).map(\.status) == [.failed])
    world.edit(engine: SnapshotWorld.secondEngine) { $0.settings = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }

  @Test func `a data directory that two daemons have in common fails`() throws {
    var world = SnapshotWorld.dockerHost
    world.set(engine: SnapshotWorld.secondEngine, "data-root", "\"/var/lib/docker\"")
    let finding = try #require(world.findings(id).first)
    #expect(finding.summary == "Two daemons share data-root /var/lib/docker.")
  }

  @Test func `one engine, or none, isn't meant; nor is one in another namespace`() {
    #expect(SnapshotWorld.labHost.results(id).map(\.status) == [.notApplicable])
    var world = shared(nil, and: nil)
    world.edit(engine: SnapshotWorld.secondEngine) { $0.namespace = "4026539999" }
    #expect(world.results(id).map(\.status) == [.notApplicable])
  }
}
