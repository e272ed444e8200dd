internal import NetworkTypes

extension Fault {
  /// Spanning tree keeps a new container's port shut for half a minute.
  static let stpForwardDelay = Fault(
    id: "stp-forward-delay",
    text: FaultText(
      title: "spanning tree keeps every new container offline for 30 s",
      story: [
        "Spanning tree is on at the bridge (NetworkManager's default, or bridge_stp on).",
        "A new container's port listens for 15 s, then learns for 15 s, and forwards nothing in that time.",
        "The container asks at once, as builds do: its ARP request for the gateway never arrives, no DNS request is"
          + " even sent. Older containers notice nothing.",
      ],
      why:
        "A port that might close a loop must wait for the other bridges' messages before it forwards (IEEE 802.1D,"
        + " forward delay, twice). On a bridge of containers there is no loop to find.",
      outage:
        "Twice the forward delay: 30 s by default, from the moment the port joins, for every new container.",
      cure:
        "Spanning tree is switched off, so that ports forward as soon as they join. A port that is waiting goes on"
        + " waiting all the same: the second command ends that.",
      lasting: [
        FaultText.LastingCure("ifupdown (/etc/network/interfaces)", "bridge_stp off", "bridge_fd 0"),
        FaultText.LastingCure("systemd-networkd (br0.netdev)", "[Bridge]", "STP=no"),
        FaultText.LastingCure("NetworkManager", "nmcli connection modify br0 bridge.stp no"),
        FaultText.LastingCure("netplan", "bridges: {br0: {parameters: {stp: false}}}"),
      ],
      next: "Look at your own bridges: \"cat /sys/class/net/*/bridge/stp_state\" should print 0."
    ),
    parts: [
      Part("new", "a new container joins and asks", askers: ["build", newcomer]) { plan, generator in
        let greatest = plan.containers.map(\.portAddress).max() ?? .zero
        return [
          .join(
            Topology.founding.container(
              newcomer,
              position: plan.containers.count,
              portAddress: .unicast(above: greatest, using: &generator),
              using: &generator
            )
          )
        ]
      }
    ],
    onset: .beforehand,
    marks: [.portHeldBack],
    apply: { plan, _ in [.spanningTree(link: plan.bridge.name, isOn: true, forwardDelaySeconds: 15)] },
    cure: { plan, _ in
      [
        .spanningTree(link: plan.bridge.name, isOn: false, forwardDelaySeconds: nil),
        .forwardPorts(link: plan.bridge.name),
      ]
    }
  )

  private static let newcomer = "newcomer"
}
