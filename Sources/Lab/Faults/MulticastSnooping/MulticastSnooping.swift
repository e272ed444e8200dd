internal import NetworkTypes

extension Fault {
  /// The bridge keeps neighbour solicitations from containers whose membership it never learnt.
  static let multicastSnooping = Fault(
    id: "mcast-snooping-nd",
    text: FaultText(
      title: "the bridge withholds IPv6 neighbour solicitations from containers",
      story: [
        "The bridge snoops multicast, as bridges do by default, and somebody queries on it: the bridge itself"
          + " (multicast_querier) or a router.",
        "The containers' membership reports (MLD) were lost: a firewall rule drops them.",
        "The bridge believes that nobody wants the containers' solicited-node groups, and stops sending solicitations"
          + " to their ports. They can't be found by IPv6 any more.",
      ],
      why:
        "Without a querier a bridge floods what it knows no member of; with one it takes silence for an answer"
        + " (br_multicast_rcv, br_multicast_querier_exists).",
      outage:
        "From some ten seconds after the first query on, whenever an entry has to be resolved by multicast; for as long"
        + " as reports are lost.",
      cure: "The bridge sends multicast to all ports.",
      lasting: [
        FaultText.LastingCure("systemd-networkd (br0.netdev)", "[Bridge]", "MulticastSnooping=no"),
        FaultText.LastingCure("NetworkManager", "nmcli connection modify br0 bridge.multicast-snooping no"),
        FaultText.LastingCure("or the rule that drops them", "icmpv6 type { 130, 131, 132, 143 } accept"),
      ],
      next:
        "Compare \"bridge mdb show\" with the containers' addresses: each needs its group ff02::1:ffXX:XXXX."
    ),
    parts: [Part("query", "the bridge queries, and hears no reports")],
    marks: [],
    proof: .checkOnly(
      "It takes ten seconds from the first query on, and then until an entry has to be resolved anew by multicast."
    ),
    shape: { $0.ruleset += "\n" + deafness },
    apply: { plan, _ in [.multicastQuerier(link: plan.bridge.name, isOn: true)] },
    cure: { plan, _ in [.multicastSnooping(link: plan.bridge.name, isOn: false)] }
  )

  private static let deafness = """
    table bridge strict {
      chain prerouting {
        type filter hook prerouting priority -300; policy accept;
        icmpv6 type { 131, 132, 143 } drop
      }
    }
    """
}
