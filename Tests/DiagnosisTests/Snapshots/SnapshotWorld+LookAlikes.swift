import NetworkTypes
import Observation

extension SnapshotWorld {
  /// Adds what healthy hosts have besides and what looks like a fault: libvirt's virbr0 with spanning tree, a
  /// bridge without ports, carrier or MAC, and Podman's and CNI's networks. For `dockerHost`.
  mutating func addLookAlikes() {
    var virtual = Self.bridge("virbr0", index: 200, address: MACAddress(0x5254_0000_0001))
    virtual.bridge?["stp_state"] = "1"
    virtual.bridge?["forward_delay"] = "200"
    virtual.hasCarrier = false
    virtual.state = "DOWN"
    add(virtual, addresses: ["192.168.122.1/24"])
    var idle = Self.bridge("br-idle", index: 201, address: MACAddress(0x6a00_0000_0001), assignment: .random)
    idle.hasCarrier = false
    idle.state = "DOWN"
    add(idle)
    add(
      Self.bridge("podman0", index: 202, address: MACAddress(0x7200_0000_0001)),
      addresses: ["10.88.0.1/16"]
    )
    add(Self.bridge("cni0", index: 203, address: MACAddress(0x8200_0000_0001)), addresses: ["10.85.0.1/16"])
    snapshot.engines += [
      EngineSnapshot(
        id: "libvirt:default",
        kind: .libvirt,
        namespace: host,
        settings: .value([:]),
        networks: .value([
          Self.network("default", on: "virbr0", subnet: "192.168.122.0/24", gateway: "192.168.122.1")
        ]),
        containers: .value([])
      ),
      EngineSnapshot(
        id: "podman:root",
        kind: .podman,
        namespace: host,
        settings: .value([:]),
        networks: .value([Self.network("podman", on: "podman0", subnet: "10.88.0.0/16", gateway: "10.88.0.1")]
        ),
        containers: .value([])
      ),
      EngineSnapshot(
        id: "containerd:cni",
        kind: .containerd,
        namespace: host,
        settings: .value([:]),
        networks: .value([Self.network("cbr0", on: "cni0", subnet: "10.85.0.0/16", gateway: "10.85.0.1")]),
        containers: .value([])
      ),
    ]
    addContainer(
      "pod",
      on: "podman0",
      addresses: ["10.88.0.2/16"],
      linkAddress: MACAddress(0x4200_0000_0001),
      portAddress: MACAddress(0x4600_0000_0001),
      engine: "podman:root",
      network: "podman"
    )
    addContainer(
      "task",
      on: "cni0",
      addresses: ["10.85.0.2/16"],
      linkAddress: MACAddress(0x4200_0000_0002),
      portAddress: MACAddress(0x4600_0000_0002),
      engine: "containerd:cni",
      network: "cbr0"
    )
  }

  /// A healthy Docker host with what looks like faults.
  static var lookAlikes: SnapshotWorld {
    var world = dockerHost
    world.addLookAlikes()
    return world
  }
}
