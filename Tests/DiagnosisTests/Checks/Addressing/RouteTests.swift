import Diagnosis
import NetworkTypes
import Observation
import Testing

@Suite struct `Check dhcp-client-route-hijack` {
  let id = "dhcp-client-route-hijack"

  @Test func `a default route by a container's port fails`() throws {
    var world = SnapshotWorld.labHost
    let port = world.port(of: "other")
    world.edit { $0.routes = $0.routes.map { $0.filter { $0.destination.description != "0.0.0.0/0" } } }
    world.addRoute("0.0.0.0/0", by: port, origin: "dhcp")
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .critical)
    #expect(finding.remedies.first?.commands == ["ip route del default dev \(port)"])
    #expect(finding.consequence.hasPrefix("What containers"))
  }

  @Test func `one that isn't preferred fails too, and says so`() {
    var world = SnapshotWorld.dockerHost
    world.addRoute("0.0.0.0/0", via: "172.17.0.2", by: "docker0", metric: 205)
    #expect(world.findings(id).first?.consequence.hasPrefix("It isn't the preferred one") == true)
  }

  @Test func `a link-local route on a container's port is a warning`() {
    var world = SnapshotWorld.dockerHost
    world.addRoute("169.254.0.0/16", by: world.port(of: "build"), metric: 205)
    #expect(world.findings(id).map(\.severity) == [.warning])
    var elsewhere = SnapshotWorld.dockerHost
    elsewhere.addRoute("169.254.0.0/16", by: "eth0", metric: 1000)
    #expect(elsewhere.findings(id).isEmpty)
  }

  @Test func `a default route by a bridge with a physical port is the host's own`() {
    var world = SnapshotWorld.dockerHost
    let bridge = world.index("brci0")
    world.add(SnapshotWorld.hardware("eth1", index: 90, address: MACAddress(0x5254_0000_0099)))
    world.edit(link: "eth1") { $0.master = bridge }
    world.addRoute("0.0.0.0/0", via: "172.18.0.254", by: "brci0")
    #expect(world.findings(id).isEmpty)
  }

  @Test func `it can't be told without routes`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.routes = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
  }

  @Test func `a host without bridges isn't meant`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.links = .value([SnapshotWorld.loopback]) }
    #expect(world.results(id).map(\.status) == [.notApplicable])
  }
}

@Suite struct `Check nm-grabs-veth` {
  let id = "nm-grabs-veth"

  @Test func `a container's veth that isn't on its bridge fails`() throws {
    var world = SnapshotWorld.labHost
    let port = world.port(of: "build")
    world.edit(link: port) { $0.master = nil }
    let finding = try #require(world.findings(id).first)
    #expect(finding.severity == .warning)
    #expect(finding.summary.hasPrefix("build is cut off"))
    #expect(finding.remedies.first?.commands == ["ip link set dev \(port) master br0"])
  }

  @Test func `a port with an address fails`() throws {
    var world = SnapshotWorld.labHost
    let port = world.port(of: "build")
    let index = world.index(port)
    world.edit { namespace in
      namespace.addresses = namespace.addresses.map {
        $0
          + [IPPrefix("169.254.7.7/16")].compactMap(\.self).map {
            AddressSnapshot(interface: index, prefix: $0)
          }
      }
    }
    let finding = try #require(world.findings(id).first)
    #expect(finding.remedies.first?.commands == ["ip addr del 169.254.7.7/16 dev \(port)"])
  }

  @Test func `a profile for all wired interfaces is possible trouble, unless veths are left alone`() {
    var world = SnapshotWorld.dockerHost
    let profile = ConfiguredInterface(
      manager: .networkManager,
      name: "*",
      isPattern: true,
      file: "/etc/NetworkManager/system-connections/any.nmconnection",
      line: 1,
      settings: ["dhcp": "yes"]
    )
    world.snapshot.management.managers = .value([.networkManager])
    world.snapshot.management.interfaces = .value([profile])
    #expect(world.findings(id).map(\.confidence) == [.possible])
    let unmanaged = ConfiguredInterface(
      manager: .networkManager,
      name: "veth*",
      isPattern: true,
      file: "/etc/NetworkManager/conf.d/90.conf",
      line: 2,
      settings: ["unmanaged": "yes"]
    )
    world.snapshot.management.interfaces = .value([profile, unmanaged])
    #expect(world.findings(id).isEmpty)
    world.snapshot.management.managers = .unreadable(reason: "not permitted")
    #expect(world.results(id).map(\.status) == [.unknown])
  }

  @Test func `a routed container, and a veth uplink, are nobody's orphans`() {
    var world = SnapshotWorld.labHost
    world.edit(link: world.port(of: "build")) { $0.master = nil }
    world.edit("build") { namespace in
      namespace.routes = namespace.routes.map { $0.filter { $0.destination.length > 0 } }
    }
    #expect(world.results(id).map(\.status) == [.passed])
  }

  @Test func `it can't be told without addresses, and needs a bridge`() {
    var world = SnapshotWorld.labHost
    world.edit { $0.addresses = .unreadable(reason: "not permitted") }
    #expect(world.results(id).map(\.status) == [.unknown])
    world.edit { $0.links = .value([SnapshotWorld.loopback]) }
    #expect(world.results(id).map(\.status) == [.notApplicable])
  }
}

@Suite struct `Check subnet-overlap` {
  let id = "subnet-overlap"

  @Test func `a network with the resolver's addresses fails`() throws {
    var world = SnapshotWorld.labHost
    world.add(
      SnapshotWorld.bridge("br-second", index: 60, address: MACAddress(0x0242_c000_0201)),
      addresses: ["192.0.2.1/24"]
    )
    let finding = try #require(world.result(id, "bridge:br-second@host 0")?.finding)
    #expect(finding.severity == .critical)
    #expect(finding.summary == "br-second's subnet covers the name server 192.0.2.53.")
    #expect(world.result(id, "bridge:br0@host 0")?.status == .passed)
  }

  @Test func `a resolver on the bridge, or on the host, is where it should be`() {
    var world = SnapshotWorld.dockerHost
    for (name, server) in [("build", "172.18.0.3"), ("other", "172.18.0.1"), ("web", "127.0.0.11")] {
      world.edit(name) { $0.resolver = .value("search example.net\nnameserver \(server)\n") }
    }
    #expect(world.findings(id).isEmpty)
    world.edit("build") { $0.resolver = .value("nameserver 172.18.0.77\n") }
    #expect(world.findings(id).map(\.subject.description) == ["bridge:brci0"])
  }

  @Test(arguments: [
    ("172.18.4.0/24", "static", Severity.critical), ("172.18.0.0/16", "dhcp", .critical),
    ("172.16.0.0/12", "kernel", .critical), ("172.16.0.0/12", "static", .warning),
  ]) func `another route to the subnet's addresses fails`(
    destination: String,
    origin: String,
    severity: Severity
  ) throws {
    var world = SnapshotWorld.dockerHost
    world.addRoute(destination, by: "eth0", origin: origin)
    let finding = try #require(world.result(id, "bridge:brci0")?.finding)
    #expect(finding.severity == severity)
    #expect(finding.confidence == (severity == .critical ? .certain : .possible))
  }

  @Test func `two bridges with one subnet both fail`() {
    var world = SnapshotWorld.dockerHost
    world.add(
      SnapshotWorld.bridge("br-2", index: 60, address: MACAddress(0x0242_0000_0001)),
      addresses: ["172.18.9.1/24"]
    )
    #expect(world.findings(id).map(\.subject.description) == ["bridge:brci0", "bridge:br-2"])
  }

  @Test func `routes for one address, by the bridge itself, and blackholes are no overlaps`() {
    var world = SnapshotWorld.dockerHost
    world.addRoute("172.18.0.77/32", by: "eth0")
    world.addRoute("172.18.4.0/24", via: "172.18.0.2", by: "brci0")
    world.addRoute("172.18.4.0/24", by: world.port(of: "build"))
    world.edit { namespace in
      namespace.routes = namespace.routes.map {
        $0
          + [IPPrefix("172.16.0.0/12")].compactMap(\.self).map {
            RouteSnapshot(destination: $0, type: "blackhole")
          }
      }
    }
    #expect(world.findings(id).isEmpty)
  }

  @Test func `it can't be told without routes, addresses or the name servers`() {
    for change in [
      { $0.routes = .unreadable(reason: "no") }, { $0.addresses = .unreadable(reason: "no") },
      { $0.resolver = .unreadable(reason: "no") },
    ] as [(inout NamespaceSnapshot) -> Void] {
      var world = SnapshotWorld.labHost
      world.edit(nil, change)
      #expect(world.results(id).map(\.status) == [.unknown])
    }
    #expect(SnapshotWorld.lookAlikes.result(id, "bridge:br-idle")?.status == .notApplicable)
  }
}
