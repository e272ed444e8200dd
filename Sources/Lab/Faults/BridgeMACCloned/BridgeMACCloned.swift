internal import NetworkTypes
internal import Statistics

extension Fault {
  /// Somebody on the bridge's segment has the bridge's own link address.
  static let bridgeMACCloned = Fault(
    id: "bridge-mac-cloned",
    text: FaultText(
      title: "a machine on the bridge's segment has the bridge's own MAC",
      story: [
        "A virtual machine was cloned with its /etc/machine-id. systemd derives a bridge's MAC from that id and the"
          + " bridge's name, so the clone's bridge has the MAC of this host's.",
        "The clone is on this host's bridge, or on the same network as it. It asks for its gateway by ARP, with that"
          + " MAC as the sender.",
        "The host hears the question. Its answer is addressed to its own bridge's MAC, so the bridge doesn't hand it"
          + " to any port: the clone gets nothing. Containers with other MACs notice nothing.",
      ],
      why:
        "A bridge's own MAC is a local entry of its forwarding table that no learning replaces (br_fdb_update warns"
        + " \"received packet on X with own address as source address\"), and what the host sends to it has no port"
        + " to go to (br_dev_xmit, br_forward).",
      outage: "As long as the two have the same MAC.",
      cure: "The bridge gets another MAC, and announces it.",
      lasting: [
        FaultText.LastingCure(
          "the clone's machine id (in the clone, before its network comes up)",
          "rm /etc/machine-id; systemd-machine-id-setup"
        ),
        FaultText.LastingCure("systemd-networkd (br0.netdev)", "[NetDev]", "MACAddress=02:00:00:00:00:01"),
        FaultText.LastingCure("ifupdown (/etc/network/interfaces)", "bridge_hw 02:00:00:00:00:01"),
        FaultText.LastingCure("netplan", "bridges: {br0: {macaddress: \"02:00:00:00:00:01\"}}"),
      ],
      next: "Look for the kernel's own word: \"dmesg | grep 'own address as source'\" names the port."
    ),
    parts: [
      Part("clone", "a machine joins whose MAC was computed like the bridge's", askers: ["build", clone]) {
        plan,
        generator in
        let greatest = plan.containers.map(\.portAddress).max() ?? .zero
        var container = Topology.founding.container(
          clone,
          position: plan.containers.count,
          portAddress: .unicast(above: greatest, using: &generator),
          using: &generator
        )
        container.address = computed
        return [.join(container)]
      }
    ],
    onset: .beforehand,
    marks: [.ownAddressFromPort],
    shape: { $0.bridge.address = computed },
    apply: { _, _ in [] },
    cure: { plan, _ in announced(.setAddress(link: plan.bridge.name, other), on: plan) }
  )

  private static let clone = "clone"
  /// What two machines with one id compute for a bridge of one name.
  private static let computed = MACAddress(0x0e71_c10e_d001)
  private static let other = MACAddress(0x0e71_c10e_d002)
}
