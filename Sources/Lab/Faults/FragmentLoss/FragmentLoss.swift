internal import NetworkTypes

extension Fault {
  /// A rule drops fragments.
  static let fragmentLoss = Fault(
    id: "frag-edns-tcp53",
    text: FaultText(
      title: "rules drop fragments, so that large answers are lost",
      story: [
        "A firewall drops IP fragments, as old hardening guides advise, or lets UDP port 53 pass and not"
          + " TCP.",
        "A resolver sends an answer that is larger than the path's MTU in fragments, because the request"
          + " allowed that (EDNS). Only the first has ports; the others are dropped.",
        "Lookups of names with large answers fail, each time; all others succeed.",
      ],
      why:
        "A fragment without the UDP header matches no rule about ports. Connection tracking puts"
        + " fragments together before (nf_defrag_ipv4), but rules of the raw table that come before it see"
        + " them one by one.",
      outage:
        "For good, and for certain names only: DNSSEC, many addresses, long TXT records.",
      cure:
        "The rule goes. Resolvers that keep to 1,232 octets send no fragments.",
      lasting: [
        FaultText.LastingCure(
          "unbound (unbound.conf)",
          "edns-buffer-size: 1232"
        ),
        FaultText.LastingCure(
          "dnsmasq (dnsmasq.conf)",
          "edns-packet-max=1232"
        ),
      ],
      next:
        "Ask for a large answer from a container, by UDP and by TCP: \"dig +bufsize=4096 DNSKEY .\" and"
        + " \"dig +tcp . DNSKEY\"."
    ),
    parts: [Part("drop", "a rule that drops fragments is added")],
    marks: [],
    proof: .checkOnly(
      "The lab's answers fit into one packet each."
    ),
    apply: { _, _ in
      [
        .nft(
          "table inet hardening { chain prerouting { type filter hook prerouting priority -450; policy accept;"
            + " ip frag-off & 0x1fff != 0 drop; }; }"
        )
      ]
    },
    cure: { _, _ in [.nft("delete table inet hardening")] }
  )
}
