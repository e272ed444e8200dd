internal import NetworkTypes

extension Fault {
  /// Two ports of the bridge are the ends of one cable.
  static let l2Loop = Fault(
    id: "l2-loop",
    text: FaultText(
      title: "two ports of a bridge are connected to each other",
      story: [
        "A second cable was laid: two veth ends or two physical ports of one bridge lead to each other, directly or by"
          + " way of another bridge. Spanning tree is off.",
        "A broadcast that leaves by one of them comes back by the other and leaves again, without end. Every MAC is seen"
          + " now here, now there, and answers go astray.",
        "In this lab the two ports are told to pass on no floods, so that there is a loop and no storm.",
      ],
      why:
        "A bridge sends broadcasts to all ports but the one that they came by, and Ethernet frames have no time to live.",
      outage: "From the first broadcast on, until the loop is cut; it takes the whole machine's time.",
      cure: "The cable is removed.",
      lasting: [
        FaultText.LastingCure("systemd-networkd, where a loop is wanted (br0.netdev)", "[Bridge]", "STP=yes")
      ],
      next: "Look for MACs that move: \"bridge monitor fdb\", and \"dmesg | grep 'own address as source'\"."
    ),
    parts: [Part("cable", "both ends of a cable join the bridge")],
    marks: [],
    proof: .checkOnly("A loop that really floods takes the machine's time from everybody else on it."),
    apply: { plan, _ in
      let ends = ["loop0", "loop1"]
      let floods: [PortOption] = [.unicastFlood, .multicastFlood, .broadcastFlood, .learning]
      return [.addCable(ends[0], ends[1])]
        + ends.map { .enslave(link: $0, bridge: plan.bridge.name) }
        + ends.flatMap { end in floods.map { .portOption(port: end, $0, isOn: false) } }
        + ends.map { .switchOn(link: $0) }
    },
    cure: { _, _ in [.removeLink("loop0")] }
  )
}
