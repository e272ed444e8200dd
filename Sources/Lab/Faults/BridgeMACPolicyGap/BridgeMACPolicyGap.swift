internal import NetworkTypes
internal import Observation

extension Fault {
  /// What makes the bridge at the next boot gives it no link address.
  static let bridgeMACPolicyGap = Fault(
    id: "bridge-mac-policy-gap",
    text: FaultText(
      title: "a bridge's MAC is its own until the next boot",
      story: [
        "Somebody set the bridge's MAC by hand (ip link set br0 address), and the failures ended.",
        "The file that makes the bridge says nothing of a MAC, and udev's policy is to leave the kernel's.",
        "The machine is booted months later. The bridge is made without a MAC of its own, takes the smallest of its"
          + " ports', and the failures are back.",
      ],
      why:
        "A MAC that was set (NET_ADDR_SET) lasts as long as the interface. A new bridge has one that the kernel drew"
        + " (NET_ADDR_RANDOM), unless whoever makes it, or udev (MACAddressPolicy=persistent), sets another.",
      outage: "None until the next boot; from then on as in bridge-mac-unstable.",
      cure: "A second stanza gives the bridge its MAC whenever it is made.",
      lasting: [
        FaultText.LastingCure("ifupdown (/etc/network/interfaces)", "bridge_hw 02:00:00:00:00:01"),
        FaultText.LastingCure("systemd-networkd (br0.netdev)", "[NetDev]", "MACAddress=02:00:00:00:00:01"),
      ],
      next:
        "Look what would be: \"grep -A9 br0 /etc/network/interfaces\", and \"udevadm test-builtin net_setup_link"
        + " /sys/class/net/br0\"."
    ),
    parts: [Part("gap", "the file that makes the bridge has lost its MAC")],
    marks: [],
    proof: .checkOnly("Nothing fails before the next boot; what happens then is bridge-mac-unstable."),
    surroundings: { snapshot in
      // udev doesn't act in namespaces.
      snapshot.machine.udevRuns = .value(true)
    },
    ground: { plan in
      // As on distributions whose policy is to leave MACs alone.
      plan.files["/usr/lib/systemd/network/99-default.link"] =
        "[Match]\nOriginalName=*\n[Link]\nMACAddressPolicy=none\n"
      plan.files[interfaces] = stanza + "  bridge_hw 02:00:00:00:00:01\n"
    },
    apply: { _, _ in [.file(path: interfaces, text: stanza)] },
    cure: { _, _ in
      [
        .file(
          path: "/etc/network/interfaces.d/br0-mac",
          text: "iface br0 inet manual\n  bridge_hw 02:00:00:00:00:01\n"
        )
      ]
    }
  )

  private static let interfaces = "/etc/network/interfaces"

  private static let stanza = """
    source /etc/network/interfaces.d/*
    auto br0
    iface br0 inet static
      address 172.18.0.1/16
      bridge_ports none

    """
}
