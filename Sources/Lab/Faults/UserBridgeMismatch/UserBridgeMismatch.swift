internal import NetworkTypes
internal import Statistics

extension Fault {
  /// The containers' gateway isn't an address of the bridge.
  static let userBridgeMismatch = Fault(
    id: "user-bridge-mismatch",
    text: FaultText(
      title: "containers are given a gateway that the bridge doesn't have",
      story: [
        "The bridge was made by hand and given to dockerd. Its address was changed afterwards, or it has several and"
          + " dockerd took another one for the gateway.",
        "Containers went on being started with the gateway of before.",
        "A new container asked for it by ARP, and nobody answered: no request could be sent. Containers that knew the"
          + " gateway's MAC from before went on for a while.",
      ],
      why:
        "dockerd reads a given bridge's address once, when it starts, and takes the first that fits. A host answers"
        + " ARP only for addresses that it has.",
      outage: "Until bridge and containers agree: for every new container from its first lookup on.",
      cure: "The bridge has the containers' gateway again.",
      lasting: [
        FaultText.LastingCure(
          "ifupdown (/etc/network/interfaces)",
          "iface br0 inet static",
          "  address 172.18.0.1/16"
        ),
        FaultText.LastingCure("systemd-networkd (br0.network)", "[Network]", "Address=172.18.0.1/16"),
        FaultText.LastingCure(
          "dockerd, after the bridge's address was changed on purpose",
          "systemctl restart docker"
        ),
      ],
      next: "Compare \"ip route\" in a container with \"ip address show dev br0\" on the host."
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
    marks: [.addressMissing],
    apply: { plan, family in exchange(plan, family, back: false) },
    cure: { plan, family in exchange(plan, family, back: true) }
  )

  private static let newcomer = "newcomer"

  private static func exchange(_ plan: HostPlan, _ family: IPFamily, back: Bool) -> [Action] {
    guard let own = plan.bridge.gateways.first(where: { $0.address.family == family }),
      let other = Topology.addresses(position: 250).first(where: { $0.address.family == family })
    else { return [] }
    return [
      .removeAddress(link: plan.bridge.name, back ? other : own),
      .addAddress(link: plan.bridge.name, back ? own : other),
    ]
  }
}
