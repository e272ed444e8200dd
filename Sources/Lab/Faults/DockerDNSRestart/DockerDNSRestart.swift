internal import NetworkTypes

extension Fault {
  /// A container's rules lead to a port that dockerd left.
  static let dockerDNSRestart = Fault(
    id: "docker-dns-restart",
    text: FaultText(
      title: "a restart of dockerd left a container without 127.0.0.11",
      story: [
        "dockerd answers at 127.0.0.11 in each container on its own networks, at a port that the kernel chose; a rule in"
          + " the container leads port 53 there.",
        "dockerd was restarted, or upgraded, with live-restore: the container went on, and dockerd listens at another port.",
        "The rule was not replaced (\"Chain already exists\") and leads to the old port, where nobody is.",
        "Every lookup of this container is refused at once. Containers that were started later are well.",
      ],
      why:
        "libnetwork makes the chains DOCKER_OUTPUT and DOCKER_POSTROUTING in the container's table nat when it sets up the"
        + " resolver (setupResolver). Before 24.0.3 it gave up when an earlier daemon's were there.",
      outage: "Until the container is started anew.",
      cure: "The rule leads to where dockerd listens. On a real host the container is started anew.",
      lasting: [FaultText.LastingCure("dockerd", "version 24.0.3 or later")],
      next:
        "Compare: \"nsenter -t PID -n iptables -t nat -S DOCKER_OUTPUT\" and \"nsenter -t PID -n ss -lunp\"."
    ),
    families: [.v4],
    parts: [Part("restart", "dockerd's resolver in a container listens at another port")],
    marks: [],
    proof: .checkOnly("A lab has no dockerd that answers at 127.0.0.11: a socket stands for its resolver."),
    ground: { plan in
      plan.preparation += [
        .inside(container: "other", .resolver(ResolverConfiguration(servers: [resolver]))),
        .inside(container: "other", .listen(SocketAddress(resolver, port: 40_001))),
        .inside(container: "other", .nft(rules(to: 40_001))),
      ]
    },
    apply: { _, _ in [.inside(container: "other", .listen(SocketAddress(resolver, port: 40_002)))] },
    cure: { _, _ in [.inside(container: "other", .nft("delete table ip nat; " + rules(to: 40_002)))] }
  )

  /// Where dockerd's resolver is asked.
  private static let resolver = IPAddress.v4(IPv4Address(127, 0, 0, 11))

  /// What dockerd's two rules do to questions over UDP.
  private static func rules(to port: UInt16) -> String {
    "table ip nat { chain OUTPUT { type nat hook output priority -100; ip daddr 127.0.0.11 jump DOCKER_OUTPUT; };"
      + " chain POSTROUTING { type nat hook postrouting priority srcnat; ip daddr 127.0.0.11 jump DOCKER_POSTROUTING; };"
      + " chain DOCKER_OUTPUT { ip daddr 127.0.0.11 udp dport 53 dnat to 127.0.0.11:\(port); };"
      + " chain DOCKER_POSTROUTING { ip saddr 127.0.0.11 udp sport \(port) snat to :53; }; }"
  }
}
