internal import NetworkTypes

extension Fault {
  /// The older packet filter still has rules.
  static let nftLegacyMix = Fault(
    id: "nft-legacy-mix",
    text: FaultText(
      title: "rules of iptables-legacy drop what nftables accepts",
      story: [
        "iptables has two backends. Rules were made with the older one (a dockerd from before an upgrade, a static"
          + " binary that brings its own iptables, another PATH), and the host uses the newer one now.",
        "The policy of the older filter's FORWARD chain is DROP, as dockerd sets it.",
        "Requests passed every rule that \"nft list ruleset\" and \"iptables -S\" show, and were dropped by a chain"
          + " that neither shows.",
      ],
      why:
        "ip_tables and nf_tables are two filters on the same hooks; the kernel asks both (nf_hook_slow), and one drop is"
        + " final. iptables-nft lists nftables' rules only, and warns of legacy tables at most.",
      outage: "Until the old rules are gone: they are, after a reboot, if nothing makes them again.",
      cure: "The older filter accepts. Better still, nothing uses it any more.",
      lasting: [
        FaultText.LastingCure(
          "Debian: one backend for all, then a reboot",
          "update-alternatives --set iptables /usr/sbin/iptables-nft",
          "update-alternatives --set ip6tables /usr/sbin/ip6tables-nft"
        )
      ],
      next:
        "Look at both: \"iptables-legacy-save\" (only if \"cat /proc/net/ip_tables_names\" names tables: asking makes"
        + " them), and \"nft list ruleset\"."
    ),
    parts: [Part("policy", "the older filter's policy becomes DROP")],
    marks: [.legacyRulesHave("FORWARD DROP")],
    apply: { _, family in [.legacyFilter(family, ["-P", "FORWARD", "DROP"])] },
    cure: { _, family in [.legacyFilter(family, ["-P", "FORWARD", "ACCEPT"])] }
  )
}
