internal import NetworkTypes
internal import Observation

/// Rules in both packet filters, of which each program shows one.
struct NftLegacyMixCheck: Check {
  let entry = CatalogueEntry(
    number: 31,
    id: "nft-legacy-mix",
    title: "rules in iptables-legacy and in nftables; each tool shows its own",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "There are two packet filters in the kernel: the legacy tables, and nftables. The command iptables is a front end to"
        + " one of them, whichever the system's alternatives (or a program's own copy) choose.",
      "Some rules were made with one and some with the other: dockerd started before the alternative was switched, or a"
        + " container or installer brought an iptables of its own.",
      "Both filters run on the same hooks, and a packet must pass both. A forgotten legacy rule drops what nftables"
        + " accepts, and \"nft list ruleset\" and \"iptables -S\" don't show it.",
    ],
    why:
      "ip_tables and nf_tables register separate functions on each netfilter hook (ipt_register_table,"
      + " nft_basechain_init); the kernel runs all, by priority. Neither knows of the other's rules, and none of the tools"
      + " lists both, apart from iptables-nft's warning that legacy tables are present.",
    byHand: [
      "cat /proc/net/ip_tables_names   # names the legacy tables that exist; empty is good",
      "iptables-legacy-save -c; iptables-nft-save -c   # both must be read",
      "iptables -V   # says (nf_tables) or (legacy)",
    ],
    sources: ["m#26824", "m#38974", "m#46147", "fl#179", "xtables-nft(8)", "Debian wiki, nftables"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      let ruleset = try namespace.rules()
      let legacy = ruleset.chains.filter { $0.backend == .legacy && (!$0.rules.isEmpty || $0.dropsByPolicy) }
      guard !legacy.isEmpty else {
        return .passed("there are no rules in the legacy tables: nft shows all that there are")
      }
      let nftables = ruleset.chains.filter { $0.backend == .nftables && $0.hook != nil }
      guard !nftables.isEmpty else {
        return .passed("all rules are in the legacy tables: iptables-legacy shows all that there are")
      }
      for bridge in namespace.bridges where bridge.notRouted(in: namespace) == nil {
        if let judgement = try dropped(bridge, namespace, ruleset) { return judgement }
      }
      return mixed(legacy, nftables, namespace)
    }
  }

  /// A legacy rule or policy drops a bridge's packets, and the legacy tables aren't where its rules are.
  private func dropped(
    _ bridge: BridgeView,
    _ namespace: NamespaceView,
    _ ruleset: Ruleset
  ) throws(Missing) -> Judgement? {
    guard ruleset.legacyIsForeign else { return nil }
    for crossing in try namespace.crossings(of: bridge) where crossing.purpose != .web {
      for fate in [crossing.request, crossing.answer] where fate.isDropped {
        guard let site = fate.dropped, ruleset.chains[site.base].backend == .legacy else { continue }
        let chain = ruleset.chains[site.base]
        let program = FilterRemedies.command(chain, crossing.family)
        return finding(
          namespace.subject,
          summary:
            "A legacy iptables rule, which nft doesn't show, drops what \(bridge.name)'s containers need.",
          consequence: "Cut off by a forgotten rule: \(crossing.container ?? bridge.containersInWords).",
          evidence: [
            ruleset.evidence(site, "this drops \(crossing.words)"),
            Evidence("nft list ruleset", "accepts it", "who reads nftables alone sees nothing wrong"),
          ],
          remedies: [
            Remedy(
              .runtime,
              "Look at the legacy rules, keep a copy, then remove them and let everything pass there.",
              commands: [
                "\(program)-save > /root/\(program).rules", "\(program) -P FORWARD ACCEPT",
                "\(program) -F \(chain.name)",
              ]
            ),
            Remedy(
              .persistent,
              "Make all programs use nftables (then restart those that made legacy rules, or reboot: nothing of the legacy"
                + " tables survives).",
              commands: ["update-alternatives --set iptables /usr/sbin/iptables-nft"]
            ),
          ]
        )
      }
    }
    return nil
  }

  private func mixed(
    _ legacy: [Ruleset.Chain],
    _ nftables: [Ruleset.Chain],
    _ namespace: NamespaceView
  ) -> Judgement {
    let isDoubled = nftables.contains { $0.isOfIptables && (!$0.rules.isEmpty || $0.dropsByPolicy) }
    guard isDoubled || legacy.contains(where: { $0.dropsByPolicy && $0.hook == "forward" }) else {
      return .passed(
        "the legacy tables have rules and so has nftables, but none of iptables: each is one program's"
      )
    }
    let count = legacy.reduce(0) { $0 + $1.rules.count }
    return finding(
      namespace.subject,
      severity: isDoubled ? .warning : .info,
      summary: "Both iptables-legacy and nftables hold rules here; a packet must pass both.",
      consequence:
        "Nothing of the containers' traffic was found dropped by it now, but whoever reads one sees half.",
      evidence: [
        Evidence(
          "iptables-legacy-save",
          "\(count) rules in \(legacy.count) chains",
          "nft doesn't show these"
        ),
        Evidence(
          "nft list ruleset",
          nftables.prefix(4).map(\.title).joined(separator: ", "),
          "iptables-legacy doesn't show these"
        ),
      ],
      remedies: [
        Remedy(
          .persistent,
          "Choose one (nftables), restart the programs that made legacy rules, and flush what is left; or reboot.",
          commands: ["update-alternatives --set iptables /usr/sbin/iptables-nft"]
        )
      ]
    )
  }
}
