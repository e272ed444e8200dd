extension Fault {
  /// The forward chain drops what no rule accepts, and no rule accepts this bridge.
  static let forwardPolicyDrop = Fault(
    id: "forward-policy-drop",
    text: FaultText(
      title: "the forward chain's policy is drop, and no rule accepts the bridge",
      story: [
        "dockerd found forwarding off when it started, switched it on, and set the policy of the FORWARD chain to"
          + " DROP; or a firewall did.",
        "dockerd's own bridges have rules that accept them. A bridge made by hand has none.",
        "Requests crossed the bridge, were routed to the uplink, and were dropped at the forward hook.",
      ],
      why:
        "A base chain's policy is what happens to a packet that no rule decided about. On every hook all base chains"
        + " are asked in the order of their priorities: one drop is final, an accept only ends its own chain.",
      outage: "Until a rule accepts the bridge's traffic both ways, or the policy is accept.",
      cure: "Two rules accept what comes from the bridge, and what answers it.",
      lasting: [
        FaultText.LastingCure(
          "iptables with dockerd",
          "iptables -I DOCKER-USER -i br0 -j ACCEPT",
          "iptables -I DOCKER-USER -o br0 -m conntrack \\",
          "  --ctstate RELATED,ESTABLISHED -j ACCEPT"
        ),
        FaultText.LastingCure("dockerd (daemon.json, 28 and later)", "{\"ip-forward-no-drop\": true}"),
      ],
      next:
        "Look at your own chains: \"nft list ruleset | grep 'hook forward'\", and \"iptables -S FORWARD\"."
    ),
    parts: [Part("policy", "the forward chain's policy becomes drop")],
    marks: [.rulesetHas("policy drop")],
    apply: { _, _ in
      [.nft("add chain inet filter forward { type filter hook forward priority filter; policy drop; }")]
    },
    cure: { plan, _ in
      [
        .nft("add rule inet filter forward iifname \"\(plan.bridge.name)\" accept"),
        .nft(
          "add rule inet filter forward oifname \"\(plan.bridge.name)\" ct state established,related accept"
        ),
      ]
    }
  )
}
