internal import NetworkTypes

extension Fault {
  /// The firewall keeps containers from the resolver on the host.
  static let inputDropResolver = Fault(
    id: "input-drop-resolver",
    text: FaultText(
      title: "the firewall drops requests to the resolver on the host",
      story: [
        "The containers' resolver runs on the host and listens on the bridge's address: dnsmasq, systemd-resolved's"
          + " extra stub, unbound.",
        "A firewall with the policy drop on the input hook was loaded (ufw, firewalld). It knows the host's services,"
          + " and nothing of port 53 from the bridge.",
        "Requests reached the host and were dropped before the resolver saw them. Everything that is forwarded works,"
          + " also lookups at resolvers elsewhere.",
      ],
      why:
        "What is for an address of the host itself passes the input hook, not the forward hook: rules that let"
        + " containers out say nothing about it (ip_local_deliver).",
      outage: "Until a rule accepts port 53 from the bridge.",
      cure: "A rule accepts port 53 from the bridge.",
      lasting: [
        FaultText.LastingCure("ufw", "ufw allow in on br0 to any port 53"),
        FaultText.LastingCure(
          "firewalld",
          "firewall-cmd --permanent --zone=docker --add-interface=br0",
          "firewall-cmd --permanent --zone=docker --add-service=dns"
        ),
        FaultText.LastingCure(
          "nftables (/etc/nftables.conf)",
          "iifname \"br0\" meta l4proto { tcp, udp } th dport 53 accept"
        ),
      ],
      next: "Look at your own chains: \"nft list ruleset | grep 'hook input'\", and \"iptables -S INPUT\"."
    ),
    topology: .resolverOnHost,
    parts: [Part("firewall", "a firewall is loaded that knows nothing of the bridge")],
    marks: [.rulesetHas("hook input")],
    apply: { _, _ in
      [
        .nft(
          "table inet wall { chain input { type filter hook input priority filter; policy drop;"
            + " iifname \"lo\" accept; ct state established,related accept;"
            + " meta l4proto { icmp, ipv6-icmp } accept; tcp dport 22 accept; }; }"
        )
      ]
    },
    cure: { plan, _ in
      [
        .nft(
          "add rule inet wall input iifname \"\(plan.bridge.name)\" meta l4proto { tcp, udp } th dport 53 accept"
        )
      ]
    }
  )
}
