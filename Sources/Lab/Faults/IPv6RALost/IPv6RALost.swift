internal import NetworkTypes

extension Fault {
  /// Nothing renews the route that a router advertised.
  static let ipv6RALost = Fault(
    id: "ipv6-ra-lost",
    text: FaultText(
      title: "forwarding makes the host ignore router advertisements",
      story: [
        "The host's IPv6 default route came from a router's advertisement, with accept_ra=1.",
        "dockerd, or somebody for it, switched IPv6 forwarding on. A router takes no advertisements, so"
          + " nothing renews the route.",
        "When its lifetime ends, half an hour at the most with common routers, the route goes. IPv6 ends"
          + " for the host and its containers, long after the change that did it.",
      ],
      why:
        "With forwarding on, accept_ra=1 means no (ipv6_accept_ra, net/ipv6/ndisc.c); only 2 takes"
        + " advertisements in spite of it.",
      outage:
        "From the route's end on, until somebody adds a route or sets accept_ra to 2.",
      cure:
        "Advertisements are taken in spite of forwarding.",
      lasting: [
        FaultText.LastingCure(
          "sysctl (/etc/sysctl.d/90-accept-ra.conf)",
          "net.ipv6.conf.eth0.accept_ra = 2"
        ),
        FaultText.LastingCure(
          "systemd-networkd (the uplink's .network)",
          "[Network]",
          "IPv6AcceptRA=yes"
        ),
      ],
      next:
        "Look at the route and its lifetime: \"ip -6 route show default\" and \"sysctl"
        + " net.ipv6.conf.all.forwarding\"."
    ),
    parts: [Part("forward", "nothing renews the advertised default route any more")],
    marks: [],
    proof: .checkOnly(
      "The route lasts as long as the router said, half an hour or more."
    ),
    ground: { plan in
      guard let gateway = plan.uplink.gateways.map(\.address).first(where: { $0.family == .v6 }) else {
        return
      }
      plan.preparation += [
        .setting(Setting("net.ipv6.conf.\(plan.uplink.name).accept_ra", "2")),
        .routing(.deleteRoute(to: .everything(.v6), table: 254)),
        .routing(.addAdvertisedRoute(via: gateway, link: plan.uplink.name)),
      ]
    },
    apply: { plan, _ in [.setting(Setting("net.ipv6.conf.\(plan.uplink.name).accept_ra", "1"))] },
    cure: { plan, _ in [.setting(Setting("net.ipv6.conf.\(plan.uplink.name).accept_ra", "2"))] }
  )
}
