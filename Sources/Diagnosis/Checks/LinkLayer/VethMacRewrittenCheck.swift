internal import NetworkTypes
internal import Observation

/// veth MACs that udev changes after they were made.
struct VethMacRewrittenCheck: Check {
  let entry = CatalogueEntry(
    number: 3,
    id: "veth-mac-rewritten-by-udev",
    title: "udev gives a container's veth another MAC after it was made",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "An engine makes a veth pair, adds one end to the bridge and gives the other to the container. At the same"
        + " time udev handles the new interfaces' events and, by its default policy, gives each a MAC that depends"
        + " on its name.",
      "If the bridge has no MAC of its own, a port whose MAC changes is as bad as one that joins: the bridge elects"
        + " anew, once more for every container that starts.",
      "If udev is late, it changes the container's end after the engine has noted its MAC: static entries, labels"
        + " and reservations by MAC are then wrong.",
    ],
    why:
      "A port's NETDEV_CHANGEADDR runs br_fdb_changeaddr and br_stp_recalculate_bridge_id (br_device_event). udev's"
      + " net_setup_link takes a veth's random address for one that it should make persistent.",
    byHand: [
      "ip monitor link     # two messages for a new veth, with different MACs",
      "udevadm test-builtin net_setup_link /sys/class/net/VETH   # names the .link file that applies",
    ],
    sources: [
      "sd#21185", "flatcar/init#33", "systemd.link(5), MACAddressPolicy", "net/bridge/br.c (br_device_event)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      let veths = bridge.ports.filter { $0.kind == "veth" }
      guard !veths.isEmpty else { return .notApplicable("it has no veth ports") }
      if let judgement = otherThanNoted(bridge) { return judgement }
      let assignment = try bridge.link.addressAssignment.required("who chose the MAC of \(bridge.name)")
      if assignment == .set {
        return .passed(
          "its own MAC is set, so its ports' MACs don't change it; no container has another than noted"
        )
      }
      let (policy, why) = try host.udev("veth", name: veths[0].name, in: bridge.namespace)
      guard let policy, policy.effect == .sets else {
        return .passed("nothing changes its ports' MACs: \(why)")
      }
      var changed: [LinkSnapshot] = []
      for port in veths {
        if try port.addressAssignment.required("who chose the MAC of \(port.name)") == .set {
          changed.append(port)
        }
      }
      guard let first = changed.first else {
        return .passed("its ports have the MACs that the kernel gave them")
      }
      return finding(
        bridge.subject,
        summary: "udev changes the MACs of \(bridge.name)'s ports, and the bridge's own follows them.",
        consequence:
          "Each container that starts makes the bridge elect its MAC twice: when its port joins, and when udev changes"
          + " it. At risk: \(bridge.containersInWords).",
        evidence: [
          Evidence(
            "/sys/class/net/\(first.name)/addr_assign_type",
            "3, as \(changed.count) of \(veths.count) veth ports have it",
            "somebody set the port's MAC after the kernel had drawn one"
          ),
          Evidence("udev", why, "so it was udev"),
          Evidence(
            "/sys/class/net/\(bridge.name)/addr_assign_type",
            "\(assignment.rawValue)",
            "the bridge's MAC follows its ports'"
          ),
        ],
        remedies: [Self.policyFile]
          + (bridge.link.address.map { BridgeMacRemedies.remedies(for: bridge, address: $0) } ?? [])
      )
    }
  }

  /// A container whose MAC isn't what its engine noted; only a container with one end, which can't be mistaken.
  private func otherThanNoted(_ bridge: BridgeView) -> Judgement? {
    for container in bridge.containers {
      guard let actual = container.interface?.address, let endpoints = container.container?.endpoints,
        endpoints.count == 1, let noted = endpoints[0].linkAddress, noted != actual
      else { continue }
      return finding(
        bridge.subject,
        summary: "\(container.name) on \(bridge.name) has another MAC than its engine gave it.",
        consequence:
          "Neighbour entries and reservations that were made for the noted MAC lead nowhere until they are renewed.",
        evidence: [
          Evidence(container.engine?.id ?? "the engine", "\(noted)", "what the engine noted"),
          Evidence("\(container.name), rtnetlink", "\(actual)", "what the interface has"),
        ],
        remedies: [Self.policyFile]
      )
    }
    return nil
  }

  private static let policyFile = Remedy(
    .persistent,
    "udev: leave the MACs of veths as they were made; for containers that start from now on.",
    commands: ["udevadm control --reload"],
    files: [
      Remedy.File(
        path: "/etc/systemd/network/10-veth.link",
        content: "[Match]\nDriver=veth\n\n[Link]\nMACAddressPolicy=none\n"
      )
    ]
  )
}
