internal import NetworkTypes

extension Fault {
  /// Containers got the fallback servers.
  static let loopbackFallback = Fault(
    id: "resolv-loopback-fallback",
    text: FaultText(
      title: "containers ask 8.8.8.8, because the host names only loopbacks",
      story: [
        "The host's /etc/resolv.conf has only a loopback address: a local resolver, or systemd-resolved's"
          + " stub.",
        "dockerd can't give that to containers on its default bridge, whose loopback is their own. It"
          + " writes 8.8.8.8 and 8.8.4.4 instead.",
        "Names of the company's own network don't exist there; and where a firewall forbids foreign"
          + " resolvers, each lookup times out.",
      ],
      why:
        "dockerd strips loopback addresses when it makes a container's file, and falls back to Google's"
        + " servers if nothing is left (libnetwork's resolvconf); for 127.0.0.53 alone it takes"
        + " systemd-resolved's own file, decided once, when the daemon starts.",
      outage:
        "For each container as long as it runs; the next one too, until the configuration changes.",
      cure:
        "dockerd is told which servers to use; containers that exist are started anew.",
      lasting: [
        FaultText.LastingCure(
          "dockerd (daemon.json)",
          "{\"dns\": [\"192.0.2.53\"]}"
        ),
        FaultText.LastingCure(
          "or a stub on the bridge (/etc/systemd/resolved.conf.d/containers.conf)",
          "[Resolve]",
          "DNSStubListenerExtra=172.18.0.1"
        ),
      ],
      next:
        "Compare \"cat /etc/resolv.conf\" on the host and in a container."
    ),
    parts: [Part("fallback", "the host names only a loopback, and a container starts")],
    marks: [],
    proof: .checkOnly(
      "Lookups of a lab go to the lab's resolver, whatever a configuration says."
    ),
    apply: { _, _ in
      let fallback = ["8.8.8.8", "8.8.4.4"].compactMap { IPAddress($0) }
      return [
        .resolver(ResolverConfiguration(servers: [.v4(.loopback)])),
        .inside(container: "build", .resolver(ResolverConfiguration(servers: fallback))),
      ]
    },
    cure: { plan, _ in
      [.resolver(plan.resolver), .inside(container: "build", .resolver(plan.resolver))]
    }
  )
}
