internal import NetworkTypes

extension Fault {
  /// Answers of a resolver on the same bridge go past the host.
  static let hairpinSource = Fault(
    id: "hairpin-proxy-source",
    text: FaultText(
      title: "answers come from another address than the one that was asked",
      story: [
        "A resolver runs in a container and is published: a rule leads questions to the host's address on to that"
          + " container.",
        "The asker is on the same bridge. Its question goes through the host, which exchanges the destination; the"
          + " answer goes from port to port, past the host.",
        "So nobody exchanges the answer's source back. The asker drops it, for it never asked that address, and waits"
          + " for its timeout. Askers elsewhere have no trouble.",
      ],
      why:
        "Bridged frames pass connection tracking only with bridge-nf-call-iptables=1. A connected UDP socket takes"
        + " datagrams from its peer only (__udp4_lib_lookup); others are answered with port unreachable.",
      outage: "Always, for containers on the resolver's own bridge; never for others.",
      cure:
        "Questions that stay on the bridge get the host's own address as their source, so that answers come back to the"
        + " host.",
      lasting: [
        FaultText.LastingCure(
          "dockerd (daemon.json): ask the resolver itself",
          "{\"dns\": [\"172.18.0.5\"]}"
        ),
        FaultText.LastingCure(
          "nftables (/etc/nftables.conf), in a postrouting chain of type nat",
          "iifname \"br0\" oifname \"br0\" udp dport 53 masquerade"
        ),
      ],
      next: "Ask in a container: \"dig @HOST NAME\" says \"reply from unexpected source\"."
    ),
    topology: .resolverOnBridge,
    families: [.v4],
    parts: [Part("published", "the rule goes that brings answers back to the host")],
    marks: [],
    proof: .checkOnly(
      "Lookups of a lab go to the resolver's own address, whatever a configuration says."
    ),
    ground: { plan in
      let host = plan.bridge.gateways.map(\.address).filter { $0.family == .v4 }
      for index in plan.containers.indices where plan.containers[index].name == "build" {
        plan.containers[index].resolver = ResolverConfiguration(servers: host)
      }
      guard let asked = host.first, let resolver = plan.container("dns")?.address(.v4) else { return }
      plan.ruleset += """

        table ip published {
          chain prerouting {
            type nat hook prerouting priority dstnat; policy accept;
            ip daddr \(asked) udp dport 53 dnat to \(resolver)
          }
          chain postrouting {
            type nat hook postrouting priority srcnat; policy accept;
            \(comingBack(plan))
          }
        }
        """
    },
    apply: { _, _ in [.nft("flush chain ip published postrouting")] },
    cure: { plan, _ in [.nft("add rule ip published postrouting \(comingBack(plan))")] }
  )

  private static func comingBack(_ plan: HostPlan) -> String {
    let bridge = plan.bridge.name
    return "iifname \"\(bridge)\" oifname \"\(bridge)\" udp dport 53 masquerade"
  }
}
