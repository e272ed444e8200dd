import NetworkTypes
import Observation
import Testing

/// The founding setup: docker0, made by dockerd, and a hand-made bridge that a second dockerd was given.
enum ComparedHost {
  static let rules = """
    table ip nat {
    \tchain POSTROUTING {
    \t\ttype nat hook postrouting priority srcnat; policy accept;
    \t\tip saddr 172.17.0.0/16 oifname != "docker0" counter packets 12 bytes 720 masquerade
    \t\tip saddr 172.30.0.0/16 oifname != "br-ci" counter packets 3 bytes 180 masquerade
    \t}
    }
    table ip filter {
    \tchain FORWARD {
    \t\ttype filter hook forward priority filter; policy accept;
    \t\toifname "docker0" counter packets 0 bytes 0 accept
    \t}
    }

    """

  static func bridge(_ name: String, index: UInt32, _ assignment: AddressAssignment) -> LinkSnapshot {
    LinkSnapshot(
      index: InterfaceIndex(index),
      name: name,
      kind: "bridge",
      address: MACAddress(0x0200_0000_0000 + UInt64(index)),
      addressAssignment: .value(assignment),
      statistics: ["rx_packets": UInt64(index)],
      bridge: [
        "stp_state": "0", "forward_delay": "1500", "bridge_id": "8000.02000000000\(index)",
        "gc_timer": "\(index)",
        "multicast_snooping": "1",
      ]
    )
  }

  static func snapshot(time: String = "2026-11-23T04:05:06Z") throws -> Snapshot {
    let docker = try #require(IPPrefix("172.17.0.1/16"))
    let builds = try #require(IPPrefix("172.30.0.1/16"))
    var settings: [String: Reading<String>] = ["net.ipv4.ip_forward": .value("1")]
    for name in ["docker0", "br-ci"] {
      for pattern in SnapshotSettings.ofInterface {
        settings[SnapshotSettings.key(pattern, interface: name)] = .value("0")
      }
    }
    let machine = NamespaceSnapshot(
      id: "1",
      role: .machine,
      name: "machine",
      links: .value([
        LinkSnapshot(index: InterfaceIndex(2), name: "eth0", address: MACAddress(0x0200_0000_00ff)),
        bridge("docker0", index: 3, .set), bridge("br-ci", index: 4, .random),
        LinkSnapshot(
          index: InterfaceIndex(5),
          name: "veth1",
          kind: "veth",
          master: InterfaceIndex(4),
          port: ["state": "3", "isolated": "0"]
        ),
      ]),
      addresses: .value([
        AddressSnapshot(interface: InterfaceIndex(3), prefix: docker),
        AddressSnapshot(interface: InterfaceIndex(4), prefix: builds),
      ]),
      routes: .value([
        RouteSnapshot(
          destination: try #require(IPPrefix("0.0.0.0/0")),
          gateway: IPAddress("198.51.100.1"),
          interface: InterfaceIndex(2)
        )
      ]),
      settings: settings,
      nftables: .value(rules),
      resolver: .value("# made by hand\nnameserver 192.0.2.53\n")
    )
    func engine(_ socket: String, _ bridge: String, _ settings: [String: String]) -> EngineSnapshot {
      EngineSnapshot(
        id: "docker:\(socket)",
        kind: .docker,
        process: ProcessSnapshot(pid: 1, name: "dockerd"),
        namespace: "1",
        sockets: [socket],
        version: .value("27.0"),
        settings: .value(settings),
        networks: .value([EngineNetwork(id: "n", name: "bridge", driver: "bridge", bridge: bridge)])
      )
    }
    return Snapshot(
      origin: SnapshotOrigin(
        tool: "kingpost 0.1.0",
        host: "ci1",
        bootId: "b",
        kernel: "6.18",
        time: time,
        uptime: 1,
        namespace: "1",
        privileges: "root",
        complete: true,
        blindSpots: []
      ),
      machine: MachineSnapshot(),
      namespaces: [machine],
      engines: [
        engine("/run/docker.sock", "docker0", [:]),
        engine(
          "/run/docker2.sock",
          "br-ci",
          ["bridge": "\"br-ci\"", "iptables": "false", "data-root": "\"/b\""]
        ),
      ],
      management: ManagementSnapshot()
    )
  }
}
