internal import NetworkTypes

extension Fault {
  /// The containers' subnet isn't translated on its way out.
  static let masqueradeMissing = Fault(
    id: "masq-missing",
    text: FaultText(
      title: "no masquerade rule for the containers' subnet",
      story: [
        "Something emptied the NAT table: a firewall's reload, a rule written for another subnet, or a daemon told to"
          + " leave iptables alone (iptables=false, ip-masq=false) without a rule of one's own.",
        "Requests still crossed bridge and forwarding, and left the uplink with the container's own address as their"
          + " source.",
        "The resolver has no way back to 172.18.0.0/16, or another host's containers have it, so no answer came.",
      ],
      why:
        "Source NAT is a rule on netfilter's postrouting hook, made by whoever manages the containers. Without it the"
        + " kernel forwards packets as they are; it doesn't know that the subnet exists on this host only.",
      outage:
        "Until the rule is back. Flows that conntrack knows already keep their translation, so long-lived"
        + " connections go on, and only new ones fail; that makes the fault look random.",
      cure:
        "The rule is added again. Flows that began without it stay untranslated until they end, and a lookup that"
        + " happens to use such a flow's port fails;"
        + " \"conntrack -D -s 172.18.0.0/16 -p udp\" ends those of lookups and leaves builds' TCP connections alone. To"
        + " last, the rule is for the containers' subnet and for whatever leaves by another interface than the"
        + " bridge.",
      lasting: [
        FaultText.LastingCure(
          "nftables (/etc/nftables.conf)",
          "table inet nat { chain postrouting {",
          "  type nat hook postrouting priority srcnat;",
          "  ip saddr 172.18.0.0/16 oifname != \"br0\" masquerade } }"
        ),
        FaultText.LastingCure(
          "dockerd: restart it after a firewall's reload",
          "systemctl restart docker   # ends containers unless live-restore is on"
        ),
      ],
      next:
        "Look at your own rules: \"nft list ruleset | grep -i masquerade\" must cover every containers' subnet."
    ),
    parts: [Part("flush", "the NAT rules are flushed")],
    marks: [.untranslatedSource],
    apply: { _, _ in [.nft("flush chain inet nat postrouting")] },
    cure: { plan, _ in
      plan.subnets.flatMap { subnet -> [Action] in
        let family = subnet.address.family == .v4 ? "ip" : "ip6"
        return [
          .nft(
            "add rule inet nat postrouting \(family) saddr \(subnet) oifname \"\(plan.uplink.name)\" masquerade"
          ),
          .forgetDatagrams(from: subnet),
        ]
      }
    }
  )
}
