import NetworkTypes
import Observation

/// The parts that hosts are put together from, with the values that a kernel has by default.
extension SnapshotWorld {
  /// A bridge, as `ip link add NAME type bridge` makes it; with a MAC of its own unless told otherwise.
  static func bridge(
    _ name: String,
    index: UInt32,
    address: MACAddress,
    assignment: AddressAssignment = .set
  ) -> LinkSnapshot {
    LinkSnapshot(
      index: InterfaceIndex(index),
      name: name,
      kind: "bridge",
      address: address,
      addressAssignment: .value(assignment),
      flags: ["BROADCAST", "MULTICAST", "UP"],
      state: "UP",
      hasCarrier: true,
      transmitQueueLength: 1000,
      statistics: statistics,
      bridge: bridgeOptions
    )
  }

  /// A physical interface.
  static func hardware(_ name: String, index: UInt32, address: MACAddress) -> LinkSnapshot {
    LinkSnapshot(
      index: InterfaceIndex(index),
      name: name,
      address: address,
      permanentAddress: address,
      addressAssignment: .value(.permanent),
      flags: ["BROADCAST", "MULTICAST", "UP"],
      state: "UP",
      hasCarrier: true,
      transmitQueueLength: 1000,
      statistics: statistics
    )
  }

  /// One end of a veth; a port if `master` is given.
  static func veth(
    _ name: String,
    index: UInt32,
    address: MACAddress,
    assignment: AddressAssignment = .set,
    peer: UInt32,
    in namespace: String?,
    master: InterfaceIndex? = nil
  ) -> LinkSnapshot {
    LinkSnapshot(
      index: InterfaceIndex(index),
      name: name,
      kind: "veth",
      address: address,
      addressAssignment: .value(assignment),
      master: master,
      peer: PeerSnapshot(index: InterfaceIndex(peer), namespace: namespace),
      flags: ["BROADCAST", "MULTICAST", "UP"],
      state: "UP",
      hasCarrier: true,
      transmitQueueLength: 1000,
      statistics: statistics,
      port: master == nil ? nil : portOptions
    )
  }

  /// The loopback interface.
  static let loopback = LinkSnapshot(
    index: InterfaceIndex(1),
    name: "lo",
    mtu: 65536,
    flags: ["LOOPBACK", "UP"],
    state: "UNKNOWN",
    hasCarrier: true
  )

  /// Adds a container: its namespace, and a port of `bridge` that leads to it. `address` holds its addresses with
  /// their subnets' lengths; its default routes go to the bridge's addresses.
  mutating func addContainer(
    _ name: String,
    on bridge: String,
    addresses: [String],
    linkAddress: MACAddress,
    portAddress: MACAddress,
    started: String? = nil,
    engine: String? = nil,
    network: String = "bridge"
  ) {
    let number = UInt32(10 + 2 * snapshot.namespaces.count)
    let id = "4026533\(100 + snapshot.namespaces.count)"
    let master = index(bridge)
    let prefixes = addresses.compactMap(IPPrefix.init)
    let gateways = (namespace(host)?.addresses.value ?? []).filter { $0.interface == master }.map(
      \.prefix.address
    )
    var inside = NamespaceSnapshot(
      id: id,
      role: .container,
      name: name,
      processes: [ProcessSnapshot(pid: Int32(number), name: "sleep", started: 1000)],
      links: .value([Self.loopback]),
      counters: .value(Self.counters),
      tracking: .value(Self.tracking),
      listeners: .value([]),
      resolver: .value(Self.resolverText)
    )
    inside.settings = Self.settings.mapValues { .value($0) }
    snapshot.namespaces.append(inside)
    add(
      Self.veth("eth0", index: number - 1, address: linkAddress, peer: number, in: host),
      addresses: addresses,
      in: id
    )
    let port = Self.veth(
      "veth\(number)",
      index: number,
      address: portAddress,
      peer: number - 1,
      in: id,
      master: master
    )
    edit { namespace in
      namespace.links = namespace.links.map { $0 + [port] }
      namespace.forwarding = namespace.forwarding.map {
        $0 + [
          ForwardingSnapshot(
            bridge: master,
            port: port.index,
            address: portAddress,
            flags: ["permanent"]
          ),
          ForwardingSnapshot(bridge: master, port: port.index, address: linkAddress, idle: 3),
        ]
      }
    }
    for prefix in prefixes {
      guard let gateway = gateways.first(where: { prefix.contains($0) }) else { continue }
      addRoute(
        prefix.address.family == .v4 ? "0.0.0.0/0" : "::/0",
        via: gateway.description,
        by: "eth0",
        in: id
      )
      addNeighbour(gateway.description, at: link(bridge)?.address, on: "eth0", in: id)
      addNeighbour(prefix.address.description, at: linkAddress, on: bridge)
    }
    guard let engine else { return }
    let container = EngineContainer(
      id: "c0ffee\(number)",
      name: name,
      pid: Int32(number),
      started: started,
      namespace: id,
      networkMode: network,
      endpoints: [
        EngineContainer.Endpoint(
          network: network,
          addresses: prefixes,
          gateway: gateways.first,
          linkAddress: linkAddress
        )
      ]
    )
    edit(engine: engine) { $0.containers = $0.containers.map { $0 + [container] } }
  }

  /// The name of the port that leads to a container.
  func port(of container: String) -> String {
    let id = namespace(container)?.id
    return namespace(host)?.links.value?.first { $0.peer?.namespace == id && $0.master != nil }?.name ?? ""
  }
}
