internal import NetworkTypes

extension Fault {
  /// The resolver is on another network.
  static let isolationInternal = Fault(
    id: "isolation-internal",
    text: FaultText(
      title: "the resolver is on a network that this one is isolated from",
      story: [
        "A resolver runs in a container on a network of its own: a company's dnsmasq, a Pi-hole.",
        "Containers of another network were given its address. The engine isolates its networks from each"
          + " other.",
        "Each request is dropped between the two bridges. From the host itself the resolver answers.",
      ],
      why:
        "dockerd's isolation rules (DOCKER-ISOLATION-STAGE-1 and -2, from 28 on its own chains) drop what"
        + " goes from one of its bridges to another; that is what separate networks are for.",
      outage:
        "Until the containers and the resolver share a network.",
      cure:
        "The containers ask a resolver that their network reaches.",
      lasting: [
        FaultText.LastingCure(
          "docker: attach the resolver to the other network too",
          "docker network connect NETWORK RESOLVER"
        ),
        FaultText.LastingCure(
          "or publish its port, and ask the host",
          "docker run -p 53:53/udp ..."
        ),
      ],
      next:
        "Ask from a container and from the host: \"dig @RESOLVER NAME\"; then look at both networks in"
        + " \"docker network inspect\"."
    ),
    parts: [Part("other", "a container is given a resolver on another network")],
    marks: [],
    proof: .checkOnly(
      "Lookups of a lab go to the lab's resolver, whatever a configuration says."
    ),
    sideEffects: [
      SideEffect(
        "subnet-overlap",
        because: "no container of the lab has the resolver's address on that network"
      )
    ],
    ground: { plan in
      guard let gateway = IPPrefix("172.19.0.1/16") else { return }
      plan.preparation += [
        .addBridge(other, MACAddress(0x0242_ac13_0001), [gateway]),
        .addCable("veth-second", "eth-second"),
        .enslave(link: "veth-second", bridge: other),
        .switchOn(link: "veth-second"),
        .switchOn(link: "eth-second"),
      ]
      plan.ruleset +=
        "\ntable inet isolation { chain forward { type filter hook forward priority filter; policy accept;"
        + " iifname \"\(plan.bridge.name)\" oifname \"\(other)\" drop;"
        + " iifname \"\(other)\" oifname \"\(plan.bridge.name)\" drop; }; }"
    },
    apply: { _, _ in
      IPAddress("172.19.0.53").map {
        [.inside(container: "build", .resolver(ResolverConfiguration(servers: [$0])))]
      } ?? []
    },
    cure: { plan, _ in [.inside(container: "build", .resolver(plan.resolver))] }
  )

  private static let other = "br-dns"
}
