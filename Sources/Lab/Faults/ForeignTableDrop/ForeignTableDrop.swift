internal import NetworkTypes

extension Fault {
  /// A table of another program drops what this one accepted.
  static let foreignTableDrop = Fault(
    id: "foreign-table-drop",
    text: FaultText(
      title: "a table of another program drops what the own rules accept",
      story: [
        "A second program put a table of its own on the forward hook: a VPN, an intrusion blocker, a firewall manager.",
        "The host's own chain, which is asked first, accepts the containers' packets. That ends this chain only; the"
          + " other table's chain is asked as well.",
        "A rule there drops requests to port 53 from the containers' subnet, and one drop is final.",
      ],
      why:
        "Every base chain on a hook is asked, in the order of priorities. In nf_tables \"accept\" ends the evaluation"
        + " of its own base chain, \"drop\" that of the packet (nft_do_chain, nf_hook_slow).",
      outage: "Until that program's rule goes, or its chain accepts these packets before it.",
      cure: "An accept in the other table, before the rule that drops.",
      lasting: [
        FaultText.LastingCure(
          "the program that owns the table",
          "allow 172.18.0.0/16 in its configuration; rules that are added beside it",
          "go when it reloads"
        ),
        FaultText.LastingCure(
          "nftables (a file of /etc/nftables.d, loaded after it)",
          "insert rule inet blocker forward \\",
          "  iifname \"br0\" udp dport 53 accept"
        ),
      ],
      next:
        "Look at every chain on the hook, not only at your own: \"nft list ruleset | grep 'hook forward'\"; then follow"
        + " a packet with \"nft monitor trace\"."
    ),
    parts: [Part("table", "another program loads its table")],
    marks: [.rulesetHas("blocker")],
    ground: { plan in
      plan.ruleset +=
        "\ntable inet own { chain forward { type filter hook forward priority filter - 5; policy accept;"
        + " iifname \"\(plan.bridge.name)\" accept; }; }"
    },
    apply: { plan, _ in
      plan.subnets.map { subnet in
        .nft(
          "table inet blocker { chain forward { type filter hook forward priority filter + 10; policy accept;"
            + " \(subnet.address.family == .v4 ? "ip" : "ip6") saddr \(subnet) meta l4proto { tcp, udp }"
            + " th dport 53 drop; }; }"
        )
      }
    },
    cure: { plan, _ in
      [
        .nft(
          "insert rule inet blocker forward iifname \"\(plan.bridge.name)\" meta l4proto { tcp, udp } th dport 53 accept"
        )
      ]
    }
  )
}
