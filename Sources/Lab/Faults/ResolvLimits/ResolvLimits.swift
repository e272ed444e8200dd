internal import NetworkTypes

extension Fault {
  /// There are more servers than resolvers ask.
  static let resolvLimits = Fault(
    id: "resolv-limits",
    text: FaultText(
      title: "a resolver configuration has more than resolvers use",
      story: [
        "The host has four servers, or a long search list: a VPN added its own to those that were there."
          + " Containers get a copy.",
        "glibc asks the first three servers only, and old versions know six search domains and 256"
          + " characters.",
        "The server that would have known the name is the fourth. It is never asked, and nobody says so.",
      ],
      why:
        "MAXNS is 3 in glibc's resolv.h; MAXDNSRCH was 6 before 2.26. What is more is read and dropped.",
      outage:
        "Always, for what only the ignored server or domain knows.",
      cure:
        "Three servers and a short search list.",
      lasting: [
        FaultText.LastingCure(
          "dockerd (daemon.json)",
          "{\"dns\": [\"192.0.2.53\"], \"dns-search\": [\"example.org\"]}"
        )
      ],
      next:
        "Count them in a container: \"grep -c ^nameserver /etc/resolv.conf\"."
    ),
    parts: [Part("four", "a container is given four servers")],
    marks: [],
    proof: .checkOnly(
      "Lookups of a lab go to the lab's resolver, whatever a configuration says."
    ),
    apply: { plan, _ in
      let more = ["192.0.2.54", "192.0.2.55", "192.0.2.56"].compactMap { IPAddress($0) }
      let servers = plan.resolver.servers + more
      return [.inside(container: "build", .resolver(ResolverConfiguration(servers: servers)))]
    },
    cure: { plan, _ in [.inside(container: "build", .resolver(plan.resolver))] }
  )
}
