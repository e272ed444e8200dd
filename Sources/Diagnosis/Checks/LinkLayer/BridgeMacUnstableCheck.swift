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
      switch assignment {
      case .set: return .passed("its MAC was set (addr_assign_type 3) and stays")
      case .permanent, .stolen, .random: break
      }
      guard bridge.isForContainers || !bridge.ports.isEmpty else {
        return .notApplicable("it has no ports, and no engine uses it")
      }
      guard let address = bridge.link.address else { throw Missing(what: "the MAC of \(bridge.name)") }
      return judge(bridge, address: address, assignment: assignment)
    }
  }

  private func judge(_ bridge: BridgeView, address: MACAddress, assignment: AddressAssignment) -> Judgement {
    let smallest = bridge.ports.filter { $0.address != nil }.min {
      ($0.address ?? .broadcast) < ($1.address ?? .broadcast)
    }
    var evidence = [
      Evidence(
        time: nil,
        source: "/sys/class/net/\(bridge.name)/addr_assign_type",
        value: "\(assignment.rawValue)",
        meaning: "nobody gave the bridge a MAC; the kernel lends it the smallest of its ports'"
      )
    ]
    if let smallest, smallest.address == address {
      evidence.append(
        Evidence(
          time: nil,
          source: "rtnetlink",
          value: "\(bridge.name) and \(smallest.name) have \(address)",
          meaning: "the bridge's MAC changes when \(smallest.name) leaves, or a port with a smaller one joins"
        )
      )
    }
    for engine in bridge.givenTo {
      evidence.append(
        Evidence(
          time: nil,
          source: engine.configurationFile ?? engine.id,
          value: "bridge: \(bridge.name)",
          meaning: "the engine was given this bridge; it sets a MAC only on bridges that it makes itself"
        )
      )
    }
    return finding(
      bridge.subject,
      summary:
        "\(bridge.name) has no MAC of its own: its containers lose their gateway when ports come and go.",
      consequence:
        "At risk: \(bridge.containersInWords). Each start or end of a container may cut off the others for"
        + " up to about 53 s.",
      evidence: evidence,
      remedies: BridgeMacRemedies.remedies(for: bridge, address: address)
    )
  }
}
