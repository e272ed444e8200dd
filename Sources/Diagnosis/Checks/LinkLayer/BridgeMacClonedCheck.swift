internal import NetworkTypes
internal import Observation

/// A bridge whose MAC somebody else has too.
struct BridgeMacClonedCheck: Check {
  let entry = CatalogueEntry(
    number: 4,
    id: "bridge-mac-cloned",
    title: "a bridge's MAC is used by somebody else on the same network",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "udev's persistent MAC of a bridge is computed from /etc/machine-id and the bridge's name. Virtual machines"
        + " that were cloned with their machine-id therefore give bridges of the same name the same MAC.",
      "If both are on one network, because a physical port is in the bridge or the bridges are connected, switches"
        + " and bridges see one MAC at two places. Frames for one machine go to the other, in turns.",
      "Frames that a host sends to such a MAC on its own bridge it takes itself.",
    ],
    why:
      "A bridge holds its own MAC as a local entry of its forwarding database. br_fdb_update doesn't move a local"
      + " entry; it writes \"received packet on PORT with own address as source address\" to the kernel's log.",
    byHand: [
      "dmesg | grep 'own address as source'   # each line is a frame from somebody with our MAC",
      "cat /etc/machine-id                    # the same on two machines: that is why",
      "bridge fdb show br br0; ip neigh       # the bridge's own MAC at somebody else's address",
    ],
    sources: ["sd#18362", "sd#13712", "sd#14744", "machine-id(5)", "net/bridge/br_fdb.c (br_fdb_update)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard let address = bridge.link.address, address != .zero else {
        return .notApplicable("it has no MAC yet")
      }
      var evidence: [Evidence] = []
      for container in bridge.containers where container.linkAddress == address {
        evidence.append(
          Evidence("\(container.name), its interface", "\(address)", "a container on the bridge has its MAC")
        )
      }
      for other in host.bridges
      where other.link.address == address && !isSame(other, bridge) && areConnected(bridge, other) {
        evidence.append(
          Evidence(
            "\(other.subject), rtnetlink",
            "\(address)",
            "another bridge with the same MAC is connected"
          )
        )
      }
      let own = Set((bridge.namespace.addresses.value ?? []).map(\.prefix.address))
      let onLink = try bridge.neighbours()
      for entry in onLink where entry.linkAddress == address && entry.isUsed && !own.contains(entry.address) {
        evidence.append(
          Evidence(
            "neighbour table of \(bridge.namespace.name)",
            "\(entry.address) lladdr \(address) \(entry.state)",
            "somebody else on this network has the bridge's MAC"
          )
        )
      }
      guard !evidence.isEmpty else {
        return .passed("nobody else on it is known to have its MAC, \(address)")
      }
      let isOut = !bridge.outwardPorts.isEmpty
      return finding(
        bridge.subject,
        summary: "\(bridge.name)'s MAC, \(address), is somebody else's too.",
        consequence: isOut
          ? "Answers from beyond \(bridge.outwardPorts[0].name) may go to the other machine; \(bridge.containersInWords)."
          : "Frames to the gateway and to the other owner are confused: \(bridge.containersInWords).",
        evidence: evidence
          + (host.snapshot.machine.machineIdDigest.value.map {
            [Evidence("/etc/machine-id, digest", $0, "equal on another machine: it was cloned with its id")]
          } ?? []),
        remedies: [
          Remedy(
            .runtime,
            "Give this bridge a MAC that nobody has, and announce it.",
            commands: BridgeMacRemedies.announcing(
              "ip link set dev \(bridge.name) address \(Self.another(than: address, host))",
              on: bridge
            )
          ),
          Remedy(
            .persistent,
            "A clone gets a machine-id of its own, before it boots for the first time (machine-id(5)).",
            commands: ["rm /etc/machine-id && systemd-machine-id-setup"]
          ),
        ]
      )
    }
  }

  /// A MAC that the snapshot doesn't know; a value, so that the same snapshot has the same remedy.
  private static func another(than address: MACAddress, _ host: HostView) -> MACAddress {
    let known = Set(host.snapshot.namespaces.flatMap { $0.links.value ?? [] }.compactMap(\.address))
    var candidate = MACAddress(address.rawValue ^ 0x0000_00a5_5a01 | 0x0200_0000_0000)
    while known.contains(candidate) { candidate = MACAddress(candidate.rawValue &+ 1) }
    return candidate
  }

  private func isSame(_ left: BridgeView, _ right: BridgeView) -> Bool {
    left.namespace.id == right.namespace.id && left.link.index == right.link.index
  }

  /// Whether two bridges are known to be on one network: a veth between them, or a way out of the machine of both.
  private func areConnected(_ left: BridgeView, _ right: BridgeView) -> Bool {
    let isTied = left.ports.contains { port in
      guard let peer = port.peer else { return false }
      return peer.namespace == right.namespace.id && right.ports.contains { $0.index == peer.index }
    }
    return isTied || !left.outwardPorts.isEmpty && !right.outwardPorts.isEmpty
  }
}
