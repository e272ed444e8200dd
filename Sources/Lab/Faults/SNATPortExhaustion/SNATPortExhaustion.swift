internal import NetworkTypes

extension Fault {
  /// The translation has so few ports that requests are dropped.
  static let snatPortExhaustion = Fault(
    id: "snat-port-exhaustion",
    text: FaultText(
      title: "the translation runs out of ports for requests to one resolver",
      story: [
        "The masquerade rule was given a small range of ports, or one address has to serve more flows to one resolver"
          + " than it has ports: every lookup from a socket of its own is a flow for 30 s.",
        "The first requests take the ports. The next ones find none that is free for the same resolver and port.",
        "Their connection can't be confirmed, and the packet is dropped after the last rule has accepted it.",
      ],
      why:
        "A translated flow needs a tuple of addresses and ports that no other has. If get_unique_tuple finds none it"
        + " gives the packet one that is taken, and __nf_conntrack_confirm drops it at the end of postrouting"
        + " (insert_failed and drop in conntrack -S).",
      outage:
        "Until flows end: 30 s after the last packet for an answered lookup (nf_conntrack_udp_timeout). Under steady"
        + " load it doesn't end.",
      cure:
        "The whole range of ports again, chosen at random, so that two processors don't choose the same one.",
      lasting: [
        FaultText.LastingCure(
          "nftables (/etc/nftables.conf)",
          "table inet nat { chain postrouting {",
          "  type nat hook postrouting priority srcnat;",
          "  ip saddr 172.18.0.0/16 oifname != \"br0\" masquerade fully-random } }"
        ),
        FaultText.LastingCure(
          "or a caching resolver on the host",
          "dnsmasq, unbound or systemd-resolved on the bridge's address"
        ),
      ],
      next:
        "Look at what counts: \"conntrack -S\" (insert_failed, drop), and \"nft list ruleset | grep masquerade\"."
    ),
    parts: [Part("range", "the masquerade rule gets a range of three ports")],
    marks: [.counterGrew(["Conntrack.insert_failed"]), .rulesetHas("masquerade to :")],
    apply: { plan, _ in
      translation(of: plan) { "masquerade to :\($0 == .v4 ? "40000-40002" : "41000-41002")" }
    },
    cure: { plan, _ in translation(of: plan) { _ in "masquerade fully-random" } }
  )

  private static func translation(of plan: HostPlan, _ statement: (IPFamily) -> String) -> [Action] {
    let rules = plan.subnets.map { subnet in
      let family = subnet.address.family
      let match = "meta l4proto { tcp, udp } \(family == .v4 ? "ip" : "ip6") saddr \(subnet)"
      return "add rule inet nat postrouting \(match) oifname \"\(plan.uplink.name)\" \(statement(family))"
    }
    return [.nft((["flush chain inet nat postrouting"] + rules).joined(separator: "; "))]
  }
}
