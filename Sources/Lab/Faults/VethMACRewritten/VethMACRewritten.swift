internal import NetworkTypes
internal import Observation

extension Fault {
  /// A port's link address is rewritten after it joined, and the bridge follows it.
  static let vethMACRewritten = Fault(
    id: "veth-mac-rewritten-by-udev",
    text: FaultText(
      title: "a port's MAC is rewritten after it joined, and the bridge's changes",
      story: [
        "The bridge has no MAC address of its own, so the kernel lends it the smallest MAC of its ports.",
        "A container's port joined with the MAC that the kernel drew. A moment later udev applied its policy for new"
          + " interfaces (MACAddressPolicy=persistent) and gave the port another one.",
        "That one was smaller than the others, and the bridge's MAC became it: a second change besides the one that"
          + " the joining itself may bring.",
        "The other containers went on sending to the old MAC until their neighbour entries were renewed.",
      ],
      why:
        "A port's NETDEV_CHANGEADDR makes the bridge look for the smallest address again"
        + " (br_stp_recalculate_bridge_id), just as joining and leaving do. systemd-udevd handles the \"add\" event"
        + " of the veth after whoever made it has gone on.",
      outage:
        "Up to about 53 s for a container that talks, about 8 s for one whose neighbour entry was stale already; any"
        + " packet from the host to one of the containers heals all of them at once.",
      cure:
        "The bridge gets a MAC of its own, so that its ports' no longer matter. The policy for veth interfaces"
        + " spares the rewriting as well: it is the file below.",
      lasting: [
        FaultText.LastingCure(
          "systemd-udevd (/etc/systemd/network/10-veth.link)",
          "[Match]",
          "Driver=veth",
          "[Link]",
          "MACAddressPolicy=none"
        ),
        FaultText.LastingCure("systemd-networkd (br0.netdev)", "[NetDev]", "MACAddress=02:00:00:00:00:01"),
        FaultText.LastingCure("ifupdown (/etc/network/interfaces)", "bridge_hw 02:00:00:00:00:01"),
      ],
      next:
        "Watch a container start: \"ip monitor link\" shows two MACs of one veth, one after the other, if it is so."
    ),
    parts: [Part("rewrite", "a port is given a MAC that is smaller than the others'")],
    marks: [.bridgeAddressChanged, .portAddressChanged, .otherHostDropped],
    sideEffects: [
      SideEffect(
        "bridge-mac-unstable",
        because: "only a bridge without a MAC of its own follows a port whose MAC is rewritten"
      )
    ],
    surroundings: { snapshot in
      // udev doesn't act in namespaces.
      snapshot.machine.udevRuns = .value(true)
    },
    ground: {
      // The policy that distributions ship.
      $0.files["/usr/lib/systemd/network/99-default.link"] =
        "[Match]\nOriginalName=*\n[Link]\nMACAddressPolicy=persistent\n"
    },
    shape: { $0.bridge.address = nil },
    apply: { plan, _ in
      plan.container("other").map { [.setAddress(link: $0.portName, rewritten)] } ?? []
    },
    cure: { plan, _ in announced(.pinAddress(link: plan.bridge.name), on: plan) }
  )

  /// Smaller than any that is drawn: all but one in 2^40 random addresses with the same first octet are greater.
  private static let rewritten = MACAddress(0x0200_0000_0001)

  /// A change of the bridge's link address, or its setting, that the kernel announces: gratuitous ARP and
  /// unsolicited neighbour advertisements heal entries that are stale already. Off again, so that the change alone
  /// is shown to be the cure.
  static func announced(_ change: Action, on plan: HostPlan) -> [Action] {
    let settings = [
      "net.ipv4.conf.\(plan.bridge.name).arp_notify", "net.ipv6.conf.\(plan.bridge.name).ndisc_notify",
    ]
    return settings.map { .setting(Setting($0, "1")) } + [change]
      + settings.map { .setting(Setting($0, "0")) }
  }
}
