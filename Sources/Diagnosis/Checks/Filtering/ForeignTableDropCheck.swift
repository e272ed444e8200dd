internal import NetworkTypes
internal import Observation

/// A chain that drops what another chain on the same hook accepted.
struct ForeignTableDropCheck: Check {
  let entry = CatalogueEntry(
    number: 32,
    id: "foreign-table-drop",
    title: "another table drops what the containers' own rules accept",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "Several programs have chains on the forward hook: dockerd or you, and a VPN, an intrusion blocker, firewalld, or a"
        + " table of the distribution's.",
      "One accepts the containers' packets. That ends only its own base chain; the others are asked as well, in the order"
        + " of their priorities.",
      "One of them drops: by a rule that is wider than was meant, or by its policy. The packet is gone, and whoever reads"
        + " only the first chain sees an accept with a growing counter.",
    ],
    why:
      "In nf_tables \"accept\" ends the evaluation of the base chain (nft_do_chain returns NF_ACCEPT), after which"
      + " nf_hook_slow calls the next chain on the hook; \"drop\" ends everything. No rule of one table can protect a"
      + " packet from another's.",
    byHand: [
      "nft list ruleset | grep -B1 'hook forward'   # every one of these chains must accept",
      "nft add table inet t; nft 'add chain inet t c { type filter hook prerouting priority -350; }'; nft add rule inet t c"
        + " iifname br0 udp dport 53 meta nftrace set 1; nft monitor trace   # shows the rule that drops; then: nft delete"
        + " table inet t",
    ],
    sources: [
      "tailscale/tailscale#12108", "tailscale/tailscale#12070", "fl#179", "nft(8), verdict statement",
      "net/netfilter/nf_tables_core.c (nft_do_chain)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachRoutedBridge(of: host) { (bridge, namespace) throws(Missing) in
      return judge(try namespace.crossings(of: bridge), bridge, namespace, try namespace.rules())
    }
  }

  private func judge(
    _ all: [Crossing],
    _ bridge: BridgeView,
    _ namespace: NamespaceView,
    _ ruleset: Ruleset
  ) -> Judgement {
    let crossings = all.filter { $0.isRedirected != true }
    guard !crossings.isEmpty else { return .notApplicable("no route leads out for its containers") }
    var onPurpose: Ruleset.Site?
    for crossing in crossings {
      guard let (fate, isAnswer) = crossing.firstDropped, let site = fate.dropped else { continue }
      if ruleset.chains[site.base].backend == .legacy, ruleset.legacyIsForeign { continue }
      let acceptance = fate.accepted.first { $0.base != site.base }
      let isMeant =
        crossing.purpose == .web || crossing.purpose == .anyResolver && bridge.hasResolverAtHand(namespace)
        || acceptance == nil && ruleset.isAbout(site, bridge)
      let isPolicy = ruleset.policy(against: crossing) != nil
      if acceptance == nil, isPolicy { continue }
      if isMeant, !crossings.allSatisfy({ $0.isDropped && acceptance != nil }) {
        onPurpose = onPurpose ?? site
        continue
      }
      return failure(crossing, site, acceptance, isAnswer, bridge, ruleset)
    }
    if let doubt = crossings.first(where: { $0.purpose != .web && $0.isUndecided }) {
      return undecided(doubt.request.doubts + doubt.answer.doubts, ruleset, doubt.words)
    }
    if let onPurpose {
      return .passed("a rule drops some of its traffic, it seems on purpose (\(ruleset.words(onPurpose)))")
    }
    let count = ruleset.baseChains(hook: "forward", type: "filter", family: .v4).count
    return .passed("none of the \(count) chains on the forward hook drops by a rule what its containers send")
  }

  private func failure(
    _ crossing: Crossing,
    _ site: Ruleset.Site,
    _ acceptance: Ruleset.Site?,
    _ isAnswer: Bool,
    _ bridge: BridgeView,
    _ ruleset: Ruleset
  ) -> Judgement {
    let chain = ruleset.chains[site.base]
    let what = (isAnswer ? "the answer to " : "") + crossing.words
    var evidence = [ruleset.evidence(site, "this drops \(what)")]
    if let acceptance {
      evidence.insert(
        ruleset.evidence(
          acceptance,
          "this accepts it, which ends that chain only (priority \(ruleset.priority(acceptance)))"
        ),
        at: 0
      )
    }
    let owner =
      switch FilterRemedies.owner(of: chain, in: ruleset) {
      case .firewalld: "firewalld"
      case .ufw: "ufw"
      case .docker: "dockerd"
      case .iptables, .nftables: "the table \(chain.family) \(chain.table)"
      }
    return finding(
      bridge.subject,
      severity: bridge.containers.isEmpty ? .warning : .critical,
      confidence: acceptance == nil ? .likely : .certain,
      summary: acceptance == nil
        ? "\(chain.title) drops lookups of \(bridge.name)'s containers by a rule that doesn't name them."
        : "\(chain.title) drops what another chain accepts for \(bridge.name).",
      consequence:
        "\(owner) keeps these containers from what they need: \(crossing.container ?? bridge.containersInWords).",
      evidence: evidence,
      remedies: FilterRemedies.forward(bridge.name, past: chain, in: ruleset, crossing.family)
    )
  }
}

extension Crossing {
  /// The way that is dropped for certain: there, or else back.
  fileprivate var firstDropped: (fate: Fate, isAnswer: Bool)? {
    if request.isDropped { return (request, false) }
    return answer.isDropped ? (answer, true) : nil
  }
}

extension BridgeView {
  /// Whether a container's configuration names a resolver on the host, on the bridge, or its engine's own.
  fileprivate func hasResolverAtHand(_ namespace: NamespaceView) -> Bool {
    let local = (namespace.state.addresses.value ?? []).map(\.prefix.address)
    return containers.contains { container in
      container.nameservers.contains { server in
        !server.isLoopback && (local.contains(server) || subnets.contains { $0.contains(server) })
          || server.description == "127.0.0.11" && container.engine != nil
      }
    }
  }
}

extension Ruleset {
  fileprivate func priority(_ site: Site) -> Int { chains[site.base].priority }

  /// Whether a rule names a bridge or a subnet of it, so that somebody meant it.
  fileprivate func isAbout(_ site: Site, _ bridge: BridgeView) -> Bool {
    guard let number = site.rule else { return false }
    return chains[site.chain].rules[number].conditions.contains { condition in
      switch condition {
      case .one(.inInterface, let test, false), .one(.outInterface, let test, false):
        test == .name(bridge.name)
      case .one(.source, .addresses(let low, let high), false),
        .one(.destination, .addresses(let low, let high), false):
        bridge.subnets.contains { $0.contains(low) && $0.contains(high) }
      default: false
      }
    }
  }
}
