import NetworkTypes
import Observation
import Testing

extension Snapshot {
  /// A snapshot with a value in every member, and each form of a reading.
  static func sample() throws -> Snapshot {
    let prefix = try #require(IPPrefix("172.18.0.1/16"))
    let gateway = IPAddress.v4(IPv4Address(172, 18, 0, 1))
    let process = ProcessSnapshot(pid: 42, name: "dockerd", started: 12.5)
    let bridge = LinkSnapshot(
      index: InterfaceIndex(3),
      name: "br0",
      kind: "bridge",
      address: MACAddress(0x0200_0000_0001),
      permanentAddress: MACAddress(0x0200_0000_0002),
      addressAssignment: .value(.random),
      master: nil,
      state: "UP",
      hasCarrier: true,
      transmitQueueLength: 1000,
      alternativeNames: ["other"],
      // More than a double can hold.
      statistics: ["rx_packets": UInt64.max],
      bridge: ["stp_state": "0"]
    )
    let port = LinkSnapshot(
      index: InterfaceIndex(4),
      name: "veth \"1\"\n\u{1b}[31m<b>",
      kind: "veth",
      addressAssignment: .unreadable(reason: "no sysfs"),
      master: InterfaceIndex(3),
      peer: PeerSnapshot(index: InterfaceIndex(2), namespace: "2"),
      port: ["isolated": "0"],
      options: ["id": "7"]
    )
    let machine = NamespaceSnapshot(
      id: "1",
      role: .machine,
      name: "machine",
      processes: [process],
      links: .value([bridge, port]),
      addresses: .value([
        AddressSnapshot(interface: InterfaceIndex(3), prefix: prefix, peer: gateway, flags: ["nodad"])
      ]),
      routes: .value([
        RouteSnapshot(
          destination: prefix.network,
          gateway: gateway,
          interface: InterfaceIndex(3),
          source: gateway,
          metric: 5,
          mtu: 1400,
          hops: [.init(gateway: gateway, interface: InterfaceIndex(3), weight: 2)]
        )
      ]),
      rules: .value([
        RuleSnapshot(
          family: 4,
          priority: 0,
          table: 255,
          source: prefix,
          destination: prefix,
          inputInterface: "a",
          outputInterface: "b",
          mark: 1,
          markMask: 2,
          isInverted: true,
          suppressedPrefixLength: 0,
          origin: "kernel"
        )
      ]),
      neighbours: .value([
        NeighbourSnapshot(
          interface: InterfaceIndex(3),
          address: gateway,
          linkAddress: MACAddress(1),
          state: "STALE"
        )
      ]),
      forwarding: .value([
        ForwardingSnapshot(
          bridge: InterfaceIndex(3),
          port: InterfaceIndex(4),
          address: MACAddress(1),
          flags: ["permanent"],
          vlan: 1,
          idle: 0.25
        )
      ]),
      multicast: .value([
        MulticastSnapshot(
          bridge: InterfaceIndex(3),
          port: InterfaceIndex(4),
          group: "ff02::1",
          isPermanent: false,
          vlan: 1
        )
      ]),
      settings: [
        "net.ipv4.ip_forward": .value("1"), "net.no": .absent, "net.x": .unreadable(reason: "EPERM"),
      ],
      nftables: .value("table inet nat {\n}\n"),
      legacyTables: ["iptables": .value("*filter\nCOMMIT\n")],
      counters: .value(["Ip.InAddrErrors": 3]),
      tracking: .value(["insert_failed": 1]),
      neighbourCounters: .value(["arp.table_fulls": 0]),
      listeners: .value([
        ListenerSnapshot(transport: "udp", address: gateway, port: 53, drops: 2, process: process)
      ]),
      resolver: .value("nameserver 127.0.0.11\n")
    )
    let container = NamespaceSnapshot(
      id: "2",
      role: .container,
      name: "build",
      links: .unreadable(reason: "needs CAP_SYS_ADMIN"),
      resolver: .absent
    )
    let engine = EngineSnapshot(
      id: "docker:/run/docker.sock",
      kind: .docker,
      process: process,
      namespace: "1",
      sockets: ["/run/docker.sock"],
      version: .value("27.0"),
      settings: .value(["bridge": "\"br0\""]),
      configurationFile: "/etc/docker/daemon.json",
      networks: .value([
        EngineNetwork(
          id: "n",
          name: "bridge",
          driver: "bridge",
          bridge: "br0",
          isDefault: true,
          pools: [.init(subnet: prefix.network, range: prefix, gateway: gateway)],
          options: ["a": "b"]
        )
      ]),
      containers: .value([
        EngineContainer(
          id: "c",
          name: "build",
          pid: 43,
          started: "2026-11-23T04:05:06Z",
          namespace: "2",
          endpoints: [
            .init(network: "bridge", addresses: [prefix], gateway: gateway, linkAddress: MACAddress(7))
          ],
          dns: ["1.1.1.1"],
          publishedPorts: ["udp/53"]
        )
      ])
    )
    let management = ManagementSnapshot(
      managers: .value([.ifupdown, .networkd]),
      interfaces: .value([
        ConfiguredInterface(
          manager: .ifupdown,
          name: "br0",
          file: "/etc/network/interfaces",
          line: 3,
          kind: "bridge",
          settings: ["stp": "no"]
        )
      ]),
      linkPolicies: .value([LinkPolicy(file: "99-default.link", match: ["OriginalName": "*"], link: [:])]),
      bootSettings: .value([BootSetting(name: "net.ipv4.ip_forward", value: "1", file: "a.conf", line: 1)]),
      resolverFiles: ["/etc/resolv.conf": .value("nameserver 192.0.2.53")],
      mistakes: ["a:1: b"]
    )
    return Snapshot(
      origin: SnapshotOrigin(
        tool: "kingpost 0.2.0",
        host: "ci1",
        bootId: "b",
        kernel: "6.18",
        time: "2026-11-23T04:05:06.000000007Z",
        uptime: 1234.5,
        namespace: "1",
        privileges: "root",
        complete: false,
        blindSpots: ["container build: needs CAP_SYS_ADMIN"]
      ),
      machine: MachineSnapshot(
        settings: ["net.core.rmem_max": .value("212992")],
        softnet: .value(["dropped": 0]),
        pressure: .value(["some.avg300": 0.25]),
        processors: .value(2),
        modules: .value(["nf_tables"]),
        hasModulesFolder: .value(false),
        machineIdDigest: .value("d"),
        udevRuns: .value(true)
      ),
      namespaces: [machine, container],
      engines: [engine],
      management: management
    )
  }
}
