internal import NetworkTypes

extension Fault {
  /// The reverse path filter drops answers that come back by policy routing.
  static let rpFilter = Fault(
    id: "rp-filter",
    text: FaultText(
      title: "the reverse path filter drops answers to policy-routed requests",
      story: [
        "Containers' packets get a mark, and a routing rule sends what has the mark out by another table: a second"
          + " uplink, a VPN. The main table has no route to the resolver by that interface.",
        "Something set rp_filter to 1 (strict): a distribution's default, a hardening rule, sysctl --system.",
        "Requests left by the marked way. Answers came back on that interface without a mark; the way back to their"
          + " source, looked up in the main table, was another one, so the host dropped them.",
      ],
      why:
        "With rp_filter=1 a packet is taken in only if the route to its source leaves by the interface that it came in"
        + " on (fib_validate_source). The greater of conf.all and the interface's own value counts. The lookup uses the"
        + " packet's mark only with src_valid_mark=1, and an answer has no mark before connection tracking gives it"
        + " one.",
      outage:
        "Until the filter is loose (2) or off (0) on that interface, or the main table has the way back.",
      cure: "The filter is loose: any route to the source will do.",
      lasting: [
        FaultText.LastingCure(
          "sysctl (/etc/sysctl.d/99-rp-filter.conf)",
          "net.ipv4.conf.eth0.rp_filter = 2",
          "net.ipv4.conf.all.rp_filter = 2"
        )
      ],
      next:
        "Look at what counts: \"nstat -az TcpExtIPReversePathFilter\", \"sysctl -a -r '\\.rp_filter'\", \"ip rule\"."
    ),
    families: [.v4],
    parts: [Part("strict", "rp_filter becomes strict on the uplink")],
    marks: [.counterGrew(["TcpExt.IPReversePathFilter"]), .setting("rp_filter", "1")],
    ground: { plan in
      guard let second = IPPrefix("203.0.113.2/24"),
        let secondGateway = IPAddress("203.0.113.1"),
        let gateway = plan.uplink.gateways.map(\.address).first(where: { $0.family == .v4 })
      else { return }
      let everything = IPPrefix.everything(.v4)
      // The main table leads by a second uplink; only what has the mark leaves by the first.
      plan.ruleset +=
        "\ntable inet steering { chain prerouting { type filter hook prerouting priority mangle; policy accept;"
        + " iifname \"\(plan.bridge.name)\" meta mark set 0x1; }; }"
      plan.preparation += [
        .addLink(name: "wan1", address: second),
        .routing(.deleteRoute(to: everything, table: 254)),
        .routing(.addRoute(to: everything, via: gateway, link: plan.uplink.name, table: 100)),
        .routing(.addMarkRule(mark: 1, family: .v4, table: 100, priority: 100)),
        .routing(.addRoute(to: everything, via: secondGateway, link: "wan1", table: 254)),
      ]
    },
    apply: { plan, _ in [.setting(Setting("net.ipv4.conf.\(plan.uplink.name).rp_filter", "1"))] },
    cure: { plan, _ in [.setting(Setting("net.ipv4.conf.\(plan.uplink.name).rp_filter", "2"))] }
  )
}
