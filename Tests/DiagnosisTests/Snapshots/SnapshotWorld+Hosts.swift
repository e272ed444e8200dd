import NetworkTypes
import Observation

/// The healthy hosts.
extension SnapshotWorld {
  /// The main daemon's id, and the second one's.
  static let mainEngine = "docker:/run/docker.sock"
  static let secondEngine = "docker:/run/docker-ci/docker.sock"
  /// The MAC of the host's uplink, and of the router behind it.
  static let uplinkAddress = MACAddress(0x5254_0012_3456)
  static let routerAddress = MACAddress(0x5254_00fe_0001)

  /// A plain lab host, as `Topology.founding` builds it: a namespace with br0 and three containers; no engine, no
  /// udev, no manager.
  static var labHost: SnapshotWorld {
    let id = "4026532900"
    var namespace = NamespaceSnapshot(
      id: id,
      role: .host,
      name: "host 0",
      links: .value([loopback]),
      rules: .value(rules),
      nftables: .value(labRuleset),
      counters: .value(counters),
      tracking: .value(tracking),
      neighbourCounters: .value(neighbourCounters),
      listeners: .value([]),
      resolver: .value(resolverText)
    )
    namespace.settings = settings.mapValues { .value($0) }
    var machine = machine
    machine.udevRuns = .value(false)
    var world = SnapshotWorld(
      snapshot: Snapshot(
        origin: origin(namespace: id),
        machine: machine,
        namespaces: [namespace],
        engines: [],
        management: ManagementSnapshot(
          managers: .value([]),
          interfaces: .value([]),
          linkPolicies: .value([]),
          bootSettings: .value([])
        )
      ),
      host: id
    )
    let uplink = veth(
      "eth0",
      index: 2,
      address: uplinkAddress,
      assignment: .random,
      peer: 2,
      in: "4026532899"
    )
    world.add(uplink, addresses: ["198.18.0.1/31", "2001:db8::1/127"])
    world.addRoute("0.0.0.0/0", via: "198.18.0.0", by: "eth0")
    world.addRoute("::/0", via: "2001:db8::", by: "eth0")
    world.addNeighbour("198.18.0.0", at: routerAddress, on: "eth0")
    world.add(
      bridge("br0", index: 3, address: MACAddress(0x7a00_0000_0001)),
      addresses: ["172.18.0.1/16", "fd00:18::1/64", "fe80::7800:ff:fe00:1/64"]
    )
    for (position, name) in ["build", "other", "lowest"].enumerated() {
      let number = UInt64(position)
      world.addContainer(
        name,
        on: "br0",
        addresses: ["172.18.0.\(2 + position)/16", "fd00:18::\(2 + position)/64"],
        linkAddress: MACAddress(0x4e00_0000_0002 + number),
        portAddress: name == "lowest" ? MACAddress(0x1200_0000_0001) : MACAddress(0x9600_0000_0001 + number)
      )
    }
    return world
  }

  /// A healthy CI host: the main dockerd with docker0 as it makes it and "web" on it; a second dockerd that was
  /// given brci0, which ifupdown makes with a MAC of its own, and "build", "other" and "lowest" on it.
  static var dockerHost: SnapshotWorld {
    let id = "4026531840"
    var namespace = NamespaceSnapshot(
      id: id,
      role: .machine,
      name: "the machine",
      processes: [
        ProcessSnapshot(pid: 500, name: "dockerd", started: 20),
        ProcessSnapshot(pid: 501, name: "dockerd", started: 25),
      ],
      links: .value([loopback]),
      rules: .value(rules),
      nftables: .value(dockerRuleset),
      counters: .value(counters),
      tracking: .value(tracking),
      neighbourCounters: .value(neighbourCounters),
      listeners: .value([]),
      resolver: .value(resolverText)
    )
    namespace.settings = settings.mapValues { .value($0) }
    var world = SnapshotWorld(
      snapshot: Snapshot(
        origin: origin(namespace: id),
        machine: machine,
        namespaces: [namespace],
        engines: [mainDockerd(in: id), secondDockerd(in: id)],
        management: management
      ),
      host: id
    )
    world.add(hardware("eth0", index: 2, address: uplinkAddress), addresses: ["203.0.113.10/24"])
    world.addRoute("0.0.0.0/0", via: "203.0.113.1", by: "eth0", origin: "static")
    world.addNeighbour("203.0.113.1", at: routerAddress, on: "eth0")
    world.add(
      bridge("docker0", index: 3, address: MACAddress(0x0242_a1b2_c3d4)),
      addresses: ["172.17.0.1/16"]
    )
    world.add(bridge("brci0", index: 4, address: MACAddress(0x0242_c100_0001)), addresses: ["172.18.0.1/16"])
    world.addContainer(
      "web",
      on: "docker0",
      addresses: ["172.17.0.2/16"],
      linkAddress: MACAddress(0x3600_0000_0001),
      portAddress: MACAddress(0x5a00_0000_0001),
      started: "2026-11-20T06:00:00Z",
      engine: mainEngine
    )
    for (position, name) in ["build", "other", "lowest"].enumerated() {
      let number = UInt64(position)
      world.addContainer(
        name,
        on: "brci0",
        addresses: ["172.18.0.\(2 + position)/16"],
        linkAddress: MACAddress(0x4e00_0000_0002 + number),
        portAddress: name == "lowest" ? MACAddress(0x1200_0000_0001) : MACAddress(0x9600_0000_0001 + number),
        started: "2026-11-23T18:0\(position):00Z",
        engine: secondEngine
      )
    }
    return world
  }

  private static func mainDockerd(in namespace: String) -> EngineSnapshot {
    EngineSnapshot(
      id: mainEngine,
      kind: .docker,
      process: ProcessSnapshot(pid: 500, name: "dockerd", started: 20),
      namespace: namespace,
      sockets: ["/run/docker.sock"],
      version: .value("29.7.2"),
      settings: .value([:]),
      configurationFile: nil,
      networks: .value([network("bridge", on: "docker0", subnet: "172.17.0.0/16", gateway: "172.17.0.1")]),
      containers: .value([])
    )
  }

  private static func secondDockerd(in namespace: String) -> EngineSnapshot {
    EngineSnapshot(
      id: secondEngine,
      kind: .docker,
      process: ProcessSnapshot(pid: 501, name: "dockerd", started: 25),
      namespace: namespace,
      sockets: ["/run/docker-ci/docker.sock"],
      version: .value("29.7.2"),
      settings: .value([
        "bridge": "\"brci0\"", "iptables": "false", "ip6tables": "false", "ip-forward": "false",
        "ip-masq": "false", "userland-proxy": "false", "data-root": "\"/var/lib/docker-ci\"",
        "exec-root": "\"/run/docker-ci-exec\"", "pidfile": "\"/run/docker-ci.pid\"",
      ]),
      configurationFile: "/etc/docker/ci.json",
      networks: .value([network("bridge", on: "brci0", subnet: "172.18.0.0/16", gateway: "172.18.0.1")]),
      containers: .value([])
    )
  }

  /// A bridge network of an engine.
  static func network(
    _ name: String,
    on bridge: String,
    subnet: String,
    gateway: String?,
    range: String? = nil
  ) -> EngineNetwork {
    EngineNetwork(
      id: "0123456789ab-\(name)-\(bridge)",
      name: name,
      driver: "bridge",
      bridge: bridge,
      isDefault: name == "bridge",
      pools: IPPrefix(subnet).map {
        [
          EngineNetwork.Pool(
            subnet: $0,
            range: range.flatMap { IPPrefix($0) },
            gateway: gateway.flatMap { IPAddress($0) }
          )
        ]
      } ?? []
    )
  }

  private static let rules = [
    RuleSnapshot(family: 4, priority: 0, table: 255, origin: "kernel"),
    RuleSnapshot(family: 4, priority: 32766, table: 254, origin: "kernel"),
    RuleSnapshot(family: 4, priority: 32767, table: 253, origin: "kernel"),
    RuleSnapshot(family: 6, priority: 0, table: 255, origin: "kernel"),
    RuleSnapshot(family: 6, priority: 32766, table: 254, origin: "kernel"),
  ]

  private static let management = ManagementSnapshot(
    managers: .value([.ifupdown]),
    interfaces: .value([
      ConfiguredInterface(
        manager: .ifupdown,
        name: "brci0",
        file: "/etc/network/interfaces.d/ci",
        line: 2,
        kind: "bridge",
        settings: ["address": "172.18.0.1/16", "mac": "02:42:c1:00:00:01", "stp": "no", "forward-delay": "0"]
      )
    ]),
    linkPolicies: .value([defaultPolicy]),
    bootSettings: .value([
      BootSetting(name: "net.ipv4.ip_forward", value: "1", file: "/etc/sysctl.d/50-forward.conf", line: 1)
    ]),
    resolverFiles: ["/etc/resolv.conf": .value(resolverText)]
  )

  /// systemd's own policy.
  static let defaultPolicy = LinkPolicy(
    file: "/usr/lib/systemd/network/99-default.link",
    match: ["OriginalName": "*"],
    link: [
      "NamePolicy": "keep kernel database onboard slot path",
      "AlternativeNamesPolicy": "database onboard slot path",
      "MACAddressPolicy": "persistent",
    ]
  )
}
