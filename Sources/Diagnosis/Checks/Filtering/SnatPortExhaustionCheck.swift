internal import NetworkTypes
internal import Observation

/// A translation with so few ports that lookups are dropped.
struct SnatPortExhaustionCheck: Check {
  let entry = CatalogueEntry(
    number: 39,
    id: "snat-port-exhaustion",
    title: "the translation runs out of ports for lookups to one resolver",
    area: .filtering,
    severity: .warning,
    mechanism: [
      "All containers' lookups leave with one address of the host's. To one resolver's port 53 there are as many lookups at"
        + " once as the translation has source ports.",
      "A rule gives it a small range (masquerade to :PORT-PORT), or very many lookups go to one resolver. Each takes its"
        + " port for 30 s, answered or not.",
      "When none is free a lookup gets a port that is taken, and is dropped at the end of postrouting, after the last rule"
        + " has accepted it.",
    ],
    why:
      "nf_nat_l4proto_unique_tuple tries a limited number of ports of the range and gives up with the last one;"
      + " __nf_conntrack_confirm then finds the tuple in use and drops the packet (insert_failed, drop). Without a range"
      + " a source port is kept if it is free, else one from the same class (1 to 511, 512 to 1023, 1024 and above).",
    byHand: [
      "nft list ruleset | grep -e 'masquerade to' -e 'snat to'; iptables -t nat -S POSTROUTING | grep -e to-ports -e to-source",
      "conntrack -S   # insert_failed and drop grow",
      "conntrack -L -p udp --dport 53 | wc -l   # how many lookups have an entry now",
    ],
    sources: [
      "XING engineering, A reason for unexplained connection timeouts on Kubernetes/Docker (2018)", "m#51667",
      "net/netfilter/nf_nat_core.c (nf_nat_l4proto_unique_tuple)",
    ]
  )

  /// With lookups that hold a port for 30 s, fewer than this are used up by some thirty lookups a second.
  private static let enough = 1024

  func examine(_ host: HostView) -> [CheckResult] {
    eachRoutedBridge(of: host) { (bridge, namespace) throws(Missing) in
      let crossings = try namespace.crossings(of: bridge)
      let translations = crossings.filter { $0.purpose != .web }.compactMap(\.translation)
      guard !translations.isEmpty else {
        return .notApplicable("no rule translates lookups of its containers")
      }
      guard
        let narrow = translations.first(where: { ($0.ports?.count ?? .max) < Self.enough }),
        let ports = narrow.ports
      else { return .passed("its containers' lookups are translated without a narrow range of ports") }
      return failure(narrow.site, ports, bridge, namespace, try namespace.rules())
    }
  }

  private func failure(
    _ site: Ruleset.Site,
    _ ports: ClosedRange<UInt16>,
    _ bridge: BridgeView,
    _ namespace: NamespaceView,
    _ ruleset: Ruleset
  ) -> Judgement {
    let timeout = namespace.setting("net.netfilter.nf_conntrack_udp_timeout")?.value.flatMap { Int($0) } ?? 30
    let failed = namespace.state.tracking.value?["insert_failed"] ?? 0
    var evidence = [
      ruleset.evidence(
        site,
        "\(ports.count) ports, each held for \(timeout) s: at most about"
          + " \(max(1, ports.count / max(1, timeout))) lookups a second to one resolver"
      )
    ]
    if failed > 0 {
      evidence.append(
        Evidence(
          "/proc/net/stat/nf_conntrack",
          "insert_failed = \(failed), drop = \(namespace.state.tracking.value?["drop"] ?? 0)",
          "packets were dropped because their translated tuple was taken"
        )
      )
    }
    let chain = ruleset.chains[site.chain]
    return finding(
      bridge.subject,
      confidence: failed > 0 ? .certain : .likely,
      summary: "Lookups from \(bridge.name) share \(ports.count) source ports.",
      consequence:
        "Under load lookups are dropped on their way out, of any of these: \(bridge.containersInWords).",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Take the range out of the rule (delete it by the handle or number that is shown, and add it without).",
          commands: [
            chain.backend == .legacy || chain.isOfIptables
              ? "\(FilterRemedies.command(chain, chain.family == "ip6" ? .v6 : .v4)) -t nat -S \(chain.name)"
              : "nft -a list chain \(chain.title)"
          ]
        ),
        Remedy(
          .persistent,
          "The same in the file that your rules come from; \"fully-random\" (--random-fully) makes clashes rarer, and a"
            + " caching resolver on the host makes most lookups needless."
        ),
      ]
    )
  }
}
