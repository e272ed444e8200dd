internal import NetworkTypes

extension Fault {
  /// A search list and ndots multiply the questions.
  static let ndotsSearch = Fault(
    id: "ndots-search-amplification",
    text: FaultText(
      title: "each lookup asks many questions, for ndots and a search list",
      story: [
        "A container's configuration has ndots:5 and a search list, as Kubernetes writes it and people"
          + " copy it.",
        "A name with fewer than five dots is tried with each search domain first, for A and for AAAA."
          + " With three domains a lookup of registry.example.org asks eight questions.",
        "Eight times the load, and eight chances that one of them is lost and costs five seconds.",
      ],
      why:
        "res_search tries the name itself first only if it has at least ndots dots (resolv.conf(5)); 1 is"
        + " the default.",
      outage:
        "Always, for names that aren't written with a dot at the end.",
      cure:
        "ndots is 1 again.",
      lasting: [
        FaultText.LastingCure(
          "each container (docker run)",
          "--dns-option ndots:1"
        ),
        FaultText.LastingCure(
          "dockerd (daemon.json)",
          "{\"dns-opts\": [\"ndots:1\"]}"
        ),
      ],
      next:
        "Look at what a lookup asks: \"tcpdump -p -ni any port 53\" while a container does \"getent ahosts"
        + " NAME\"."
    ),
    parts: [Part("ndots", "a container is given ndots:5 and a search list")],
    marks: [],
    proof: .checkOnly(
      "Lookups of a lab go to the lab's resolver, whatever a configuration says."
    ),
    apply: { plan, _ in
      let configuration = ResolverConfiguration(
        servers: plan.resolver.servers,
        search: ["default.svc.example.org", "svc.example.org", "example.org"],
        options: ["ndots:5"]
      )
      return [.inside(container: "build", .resolver(configuration))]
    },
    cure: { plan, _ in [.inside(container: "build", .resolver(plan.resolver))] }
  )
}
