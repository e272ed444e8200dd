internal import NetworkTypes

extension Fault {
  /// The resolver has a link-local address.
  static let linkLocalResolver = Fault(
    id: "link-local-resolver",
    text: FaultText(
      title: "containers ask a link-local resolver that they are kept from",
      story: [
        "The cloud's resolver has a link-local address, 169.254.169.254 or 169.254.169.253, and"
          + " containers were given it.",
        "A rule keeps containers from 169.254.0.0/16, because the machine's credentials are there as"
          + " well; or the address is on a link that isn't routed to from the bridge.",
        "Each lookup in a container times out; on the host they work.",
      ],
      why:
        "A link-local address means something on its own link only (RFC 3927). What a container sends"
        + " there is routed like anything else, if no rule forbids it.",
      outage:
        "Always, in containers; never on the host.",
      cure:
        "The containers ask a forwarder on the host. Here they ask the other resolver.",
      lasting: [
        FaultText.LastingCure(
          "systemd-resolved (/etc/systemd/resolved.conf.d/containers.conf)",
          "[Resolve]",
          "DNSStubListenerExtra=172.18.0.1"
        ),
        FaultText.LastingCure(
          "dockerd (daemon.json)",
          "{\"dns\": [\"172.18.0.1\"]}"
        ),
      ],
      next:
        "Ask from a container and from the host: \"dig @169.254.169.254 NAME\"; then \"nft list ruleset |"
        + " grep 169.254\"."
    ),
    parts: [Part("linklocal", "a container is given a link-local resolver")],
    marks: [],
    proof: .checkOnly(
      "Lookups of a lab go to the lab's resolver, whatever a configuration says."
    ),
    ground: { plan in
      plan.ruleset +=
        "\ntable inet metadata { chain forward { type filter hook forward priority filter; policy accept;"
        + " iifname \"\(plan.bridge.name)\" ip daddr 169.254.0.0/16 drop; }; }"
    },
    apply: { _, _ in
      IPAddress("169.254.169.254").map {
        [.inside(container: "build", .resolver(ResolverConfiguration(servers: [$0])))]
      } ?? []
    },
    cure: { plan, _ in [.inside(container: "build", .resolver(plan.resolver))] }
  )
}
