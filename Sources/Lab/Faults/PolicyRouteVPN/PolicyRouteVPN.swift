internal import NetworkTypes

extension Fault {
  /// A routing rule leads the containers' packets into a tunnel.
  static let policyRouteVPN = Fault(
    id: "policy-route-vpn",
    text: FaultText(
      title: "a VPN's routing rule takes the containers' packets",
      story: [
        "A VPN was brought up on the host (WireGuard, Tailscale). It made an interface, a routing table of its own, and"
          + " a routing rule that comes before the main table.",
        "The rule matches the containers' packets as well: by their source, or because they lack the mark that the VPN"
          + " gives to its own.",
        "Requests were taken from the bridge and led to the tunnel, whose far end doesn't know the resolver. The host's"
          + " own lookups go on as before.",
      ],
      why:
        "Rules are tried by priority, and the first table that has a route decides (fib_rules_lookup). A default route"
        + " in a VPN's table has one for everything.",
      outage:
        "As long as the VPN is up. It often begins with a login, or with the VPN's reconnection at night.",
      cure:
        "A rule of a smaller priority sends the containers' packets to the main table. What went into the tunnel left"
        + " untranslated flows behind for half a minute, and a lookup that happens to use the port of one would leave the"
        + " uplink untranslated as well: \"conntrack -D -s 172.18.0.0/16 -p udp\" forgets them.",
      lasting: [
        FaultText.LastingCure(
          "systemd-networkd (a drop-in of the bridge's .network)",
          "[RoutingPolicyRule]",
          "From=172.18.0.0/16",
          "Table=main",
          "Priority=90"
        ),
        FaultText.LastingCure(
          "ifupdown (the bridge's stanza)",
          "up ip rule add pref 90 from 172.18.0.0/16 lookup main"
        ),
      ],
      next: "Ask the kernel as it decides for a container: \"ip route get RESOLVER from CONTAINER iif br0\"."
    ),
    parts: [Part("rule", "the VPN adds its routing rule")],
    marks: [.askedForServer],
    sideEffects: [
      SideEffect("masq-missing", because: "the tunnel is a way out for which no rule translates")
    ],
    ground: { plan in
      guard let address = IPPrefix("10.8.0.2/24"), let sixth = IPPrefix("fd08::2/64") else { return }
      plan.preparation.append(.addLink(name: tunnel, address: address))
      plan.preparation.append(.addAddress(link: tunnel, sixth))
    },
    apply: { plan, family in
      guard let subnet = plan.subnet(family) else { return [] }
      let everything = IPPrefix.everything(family)
      return [
        .routing(.addRoute(to: everything, via: nil, link: tunnel, table: table)),
        .routing(.addSourceRule(from: subnet, table: table, priority: 100)),
      ]
    },
    cure: { plan, family in
      guard let subnet = plan.subnet(family) else { return [] }
      return [
        .routing(.addSourceRule(from: subnet, table: 254, priority: 90)), .forgetDatagrams(from: subnet),
      ]
    }
  )

  private static let tunnel = "wg0"
  private static let table: UInt32 = 51_820
}
