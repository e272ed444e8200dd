internal import NetworkTypes
internal import Observation

/// A bridge for containers without a link address of its own.
struct BridgeMacUnstableCheck: Check {
  let entry = CatalogueEntry(
    number: 1,
    id: "bridge-mac-unstable",
    title: "a bridge without a MAC of its own changes it when ports come and go",
    area: .linkLayer,
    severity: .critical,
    mechanism: [
      "A bridge that nobody gave a MAC takes the smallest MAC of its ports. When a container starts or ends, a port"
        + " joins or leaves, and another MAC may be the smallest.",
      "The bridge's MAC is the default gateway's MAC for every container on it. The other containers go on sending"
        + " to the old one until their neighbour entries are renewed: up to about 53 s for one that talks, about 8 s"
        + " for one whose entry was stale already.",
      "After a leave nobody has the old MAC: frames are flooded to the other ports. After a join the host takes them"
        + " in and drops them as somebody else's (SKB_DROP_REASON_OTHERHOST).",
    ],
    why:
      "br_stp_recalculate_bridge_id returns at once if addr_assign_type is NET_ADDR_SET (3), and otherwise takes"
      + " the smallest of the ports' addresses; it announces the change to nobody (arp_notify is 0 by default).",
    byHand: [
      "cat /sys/class/net/br0/addr_assign_type   # 3: somebody set the MAC, it stays",
      "ip monitor link dev br0                   # shows the MAC change as containers come and go",
    ],
    sources: [
      "net/bridge/br_stp_if.c (br_stp_recalculate_bridge_id)", "containers/netavark#833", "m#3200", "k#63922",
      "lxc#604", "systemd.link(5), MACAddressPolicy",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      let assignment = try bridge.link.addressAssignment.required("who chose the MAC of \(bridge.name)")
      if assignment == .set { return pinned(bridge) }
      guard bridge.isForContainers || !bridge.ports.isEmpty else {
        return .notApplicable("it has no ports, and no engine uses it")
      }
      guard let address = bridge.link.address else { throw Missing(what: "the MAC of \(bridge.name)") }
      _ = try bridge.namespace.addresses.needed("the addresses of \(bridge.name)")
      guard !bridge.gateways.isEmpty || !bridge.networks.isEmpty else {
        return .notApplicable("it has no address, so nobody sends to its MAC")
      }
      if let keeper = Self.keeper(of: bridge) {
        return .passed(
          "its MAC is \(keeper.name)'s, smaller than any that a container's port gets, and stays with it"
        )
      }
      guard let severity = Self.severity(of: bridge) else {
        return .passed(
          "its MAC is one of its ports', and those don't come and go: \(bridge.ports.map(\.name).joined(separator: ", "))"
        )
      }
      return unstable(bridge, host, address: address, assignment: assignment, severity: severity)
    }
  }

  /// Who suffers: containers come and go all the time, virtual machines now and then, physical ports hardly ever. Nil
  /// if nobody does.
  private static func severity(of bridge: BridgeView) -> Severity? {
    if bridge.carriesContainers { return .critical }
    let comeAndGo = bridge.ports.contains { ["tun", "veth"].contains($0.kind) }
    return comeAndGo || !bridge.networks.isEmpty ? .warning : nil
  }

  /// A port that isn't a container's or a virtual machine's and whose MAC no other undercuts.
  private static func keeper(of bridge: BridgeView) -> LinkSnapshot? {
    let guests = Set(bridge.containers.map(\.port.index))
    guard let smallest = smallestPort(of: bridge), let address = smallest.address,
      address == bridge.link.address,
      !guests.contains(smallest.index), smallest.kind != "tun",
      MacChangeForecast.chance(below: address) < 1e-6
    else { return nil }
    return smallest
  }

  static func smallestPort(of bridge: BridgeView) -> LinkSnapshot? {
    bridge.ports.filter { $0.address != nil }.min { ($0.address ?? .broadcast) < ($1.address ?? .broadcast) }
  }
}
