internal import NetworkTypes

extension Fault {
  /// The first server is one without a way there.
  static let v6NameserverUnreachable = Fault(
    id: "v6-nameserver-unreachable",
    text: FaultText(
      title: "the first name server is one that has no way there",
      story: [
        "The host has an IPv6 name server, from its router, and containers get a copy of the list.",
        "The containers' network has no way to it: IPv4 only, or no IPv6 route on the host.",
        "Each lookup tries that server first. Where the kernel says at once that there is no way, nothing"
          + " is lost; where the packet vanishes, each lookup takes five seconds more.",
      ],
      why:
        "Resolvers try the servers in the order of the file. connect(2) fails at once with ENETUNREACH"
        + " only if the container itself has no route; if the host has none, only ICMP tells, if it comes.",
      outage:
        "Always, for each lookup.",
      cure:
        "Containers get only servers that they can reach.",
      lasting: [
        FaultText.LastingCure(
          "dockerd (daemon.json)",
          "{\"dns\": [\"192.0.2.53\"]}"
        )
      ],
      next:
        "Ask from a container: \"ip -6 route get SERVER\", and \"time getent ahosts NAME\"."
    ),
    parts: [Part("v6first", "a container's first server is one that the host has no route to")],
    marks: [],
    proof: .checkOnly(
      "Lookups of a lab go to the lab's resolver, whatever a configuration says."
    ),
    ground: { plan in plan.preparation.append(.routing(.deleteRoute(to: .everything(.v6), table: 254))) },
    apply: { _, _ in
      [
        .inside(
          container: "build",
          .resolver(ResolverConfiguration(servers: Topology.resolverAddresses.reversed()))
        )
      ]
    },
    cure: { plan, _ in [.inside(container: "build", .resolver(plan.resolver))] }
  )
}
