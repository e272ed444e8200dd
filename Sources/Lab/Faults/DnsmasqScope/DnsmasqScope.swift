internal import NetworkTypes

extension Fault {
  /// The host's resolver isn't where containers ask.
  static let dnsmasqScope = Fault(
    id: "dnsmasq-scope",
    text: FaultText(
      title: "the host's resolver doesn't listen where containers ask it",
      story: [
        "Containers ask a resolver on the host, at an address of their bridge.",
        "The resolver took the addresses that were there when it started. The bridge, or this address of it, came up"
          + " afterwards: after a boot, or when somebody made the bridge anew.",
        "Questions to it find no socket. They are refused at once, or time out where a firewall swallows the refusal.",
      ],
      why:
        "A socket is bound to an address (bind(2)); one that comes later isn't among them. dnsmasq follows addresses that"
        + " come and go, unless it is told bind-interfaces.",
      outage: "Until the resolver is started anew, and again after the next boot.",
      cure: "Containers ask at an address where the resolver is.",
      lasting: [
        FaultText.LastingCure(
          "dnsmasq (/etc/dnsmasq.d/br0.conf), and no bind-interfaces anywhere",
          "bind-dynamic"
        ),
        FaultText.LastingCure(
          "systemd-resolved (/etc/systemd/resolved.conf.d/br0.conf)",
          "[Resolve]",
          "DNSStubListenerExtra=172.18.0.1"
        ),
      ],
      next: "Look who listens where: \"ss -lunp 'sport = 53'\"."
    ),
    topology: .resolverOnHost,
    families: [.v4],
    parts: [Part("late", "the bridge gets the asked address after the resolver started")],
    marks: [],
    proof: .checkOnly(
      "Lookups of a lab go to the resolver's own address, whatever a configuration says."
    ),
    apply: { plan, _ in
      guard let late = IPAddress("172.18.255.1"), let prefix = IPPrefix(late, length: 16) else { return [] }
      return [
        .addAddress(link: plan.bridge.name, prefix),
        .inside(container: "build", .resolver(ResolverConfiguration(servers: [late]))),
      ]
    },
    cure: { plan, _ in
      plan.container("build").map { [.inside(container: $0.name, .resolver($0.resolver))] } ?? []
    }
  )
}
