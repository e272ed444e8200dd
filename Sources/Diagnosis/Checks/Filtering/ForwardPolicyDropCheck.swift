internal import NetworkTypes
internal import Observation

/// A policy of drop that no rule excepts a bridge from.
struct ForwardPolicyDropCheck: Check {
  let entry = CatalogueEntry(
    number: 27,
    id: "forward-policy-drop",
    title: "the packet filter forwards only what a rule accepts, and none does",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "The forward hook's chain has the policy drop: what no rule accepts is not passed on.",
      "dockerd sets that policy itself when it is the one who switches forwarding on (since 1.13), and accepts its own"
        + " bridges. A bridge that somebody made by hand, or another engine's, gets no rule.",
      "Containers on it reach the host and each other, and nothing else; or their requests go out and the answers are"
        + " dropped on their way back.",
    ],
    why:
      "Every base chain on a hook is asked, in the order of priorities (nf_hook_slow); one that ends without a verdict"
      + " applies its policy, and one drop is final. dockerd's setupIPForwarding sets FORWARD to DROP after it wrote"
      + " ip_forward, unless \"ip-forward-no-drop\" is set (28 and later).",
    byHand: [
      "iptables -S FORWARD; iptables -S DOCKER-USER   # -P FORWARD DROP, and no rule for the bridge",
      "nft list ruleset | grep -A20 'hook forward'",
      "iptables -L FORWARD -v | head -1   # the policy's counter grows with each lost packet",
    ],
    sources: [
      "m#28257", "m#30338", "flannel-io/flannel#872",
      "moby, daemon/libnetwork/drivers/bridge/setup_ip_forwarding.go",
      "net/netfilter/core.c (nf_hook_slow)", "nft(8), base chains",
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
    guard !crossings.isEmpty else {
      return .notApplicable(
        all.isEmpty ? "no route leads out for its containers" : "a rule redirects all of it"
      )
    }
    let dropped = crossings.filter { ruleset.policy(against: $0) != nil }
    let lookups = dropped.filter { $0.purpose != .web }
    let own = lookups.filter { $0.purpose == .ownResolver }
    let isListed = lookups.allSatisfy { crossing in
      ruleset.lets(out: bridge.name) && !(ruleset.policy(against: crossing)?.isAnswer ?? false)
    }
    for family in [IPFamily.v4, .v6] {
      let some = lookups.first { $0.family == family }
      let web = dropped.first { $0.family == family && $0.purpose == .web }
      let certain = own.first { $0.family == family }
      guard let crossing = certain ?? (isListed || web == nil ? nil : some) else { continue }
      return failure(crossing, bridge, namespace, ruleset)
    }
    if let doubt = crossings.first(where: { $0.purpose != .web && ($0.isUndecided) }) {
      return undecided(doubt.request.doubts + doubt.answer.doubts, ruleset, doubt.words)
    }
    if let listed = dropped.first {
      return .passed(
        "the rules let some of its traffic out by name; a policy drops \(listed.words), it seems on purpose"
      )
    }
    if crossings.contains(where: { $0.isDropped }) {
      return .passed("no policy drops its packets; a rule does: see foreign-table-drop and nft-legacy-mix")
    }
    return .passed("requests from \(bridge.name) are forwarded, and so are the answers")
  }

  private func failure(
    _ crossing: Crossing,
    _ bridge: BridgeView,
    _ namespace: NamespaceView,
    _ ruleset: Ruleset
  ) -> Judgement {
    guard let (site, isAnswer) = ruleset.policy(against: crossing) else {
      return .unknown("which policy drops \(crossing.words)")
    }
    let chain = ruleset.chains[site.base]
    var evidence = [
      ruleset.evidence(
        site,
        isAnswer
          ? "no rule accepts the answer to \(crossing.words)"
          : "no rule accepts \(crossing.words), out by \(crossing.packet.outInterface)"
      )
    ]
    if let counter = chain.policyCounter, counter.packets > 0 {
      evidence.append(
        Evidence(
          ruleset.source(site),
          "\(counter.packets) packets met the policy",
          "since the rules were loaded"
        )
      )
    }
    if bridge.networks.isEmpty {
      evidence.append(
        Evidence(
          "the engines",
          "no network of theirs is on \(bridge.name)",
          "so no engine makes rules for it"
        )
      )
    }
    return finding(
      bridge.subject,
      severity: bridge.containers.isEmpty ? .warning : .critical,
      summary: isAnswer
        ? "\(chain.title) drops what comes back to \(bridge.name): its policy is drop, and no rule accepts answers."
        : "\(chain.title) drops what \(bridge.name)'s containers send out: its policy is drop, and no rule accepts it.",
      consequence:
        "Without a way out over \(family(crossing)): \(crossing.container ?? bridge.containersInWords).",
      evidence: evidence,
      remedies: FilterRemedies.forward(bridge.name, past: chain, in: ruleset, crossing.family)
    )
  }

  private func family(_ crossing: Crossing) -> String { crossing.family == .v4 ? "IPv4" : "IPv6" }
}

extension Crossing {
  /// Whether a rule decides that can't be judged.
  var isUndecided: Bool { request.decision == .undecided || answer.decision == .undecided }
  /// Whether it, or its answer, is dropped for certain.
  var isDropped: Bool { request.isDropped || answer.isDropped }
}

extension Crossing.Fate {
  /// Whether it is dropped for certain.
  var isDropped: Bool {
    switch decision {
    case .droppedByPolicy, .droppedByRule: true
    case .accepted, .undecided: false
    }
  }
}

extension Ruleset {
  /// The policy that drops a packet or its answer, if no other base chain accepts it by a rule (that is
  /// foreign-table-drop's subject) and it isn't a forgotten backend's (nft-legacy-mix's). A rule without conditions
  /// at a base chain's end is a policy in other words.
  func policy(against crossing: Crossing) -> (site: Site, isAnswer: Bool)? {
    for (fate, isAnswer) in [(crossing.request, false), (crossing.answer, true)] where fate.isDropped {
      guard let site = fate.dropped, !fate.accepted.contains(where: { $0.base != site.base }),
        !(chains[site.base].backend == .legacy && legacyIsForeign)
      else { return nil }
      guard let number = site.rule else { return (site, isAnswer) }
      let isCatchAll = site.chain == site.base && chains[site.chain].rules[number].conditions.isEmpty
      return isCatchAll ? (site, isAnswer) : nil
    }
    return nil
  }

  /// Whether a rule on the forward hook accepts something that comes in by an interface, by its name.
  func lets(out interface: String) -> Bool {
    chains.contains { chain in
      chain.hook != "input" && chain.hook != "output" && chain.hook != "postrouting"
        && chain.rules.contains { rule in
          rule.verdict == .accept
            && rule.conditions.contains(.one(.inInterface, .name(interface), isNegated: false))
            && !rule.conditions.contains { if case .one(.state, _, _) = $0 { true } else { false } }
        }
    }
  }

  /// Whether the legacy tables are somebody else's than the rules that are looked at: nftables has base chains, and
  /// dockerd doesn't use the legacy tables, or has left them.
  var legacyIsForeign: Bool {
    let hasNftables = chains.contains { $0.backend == .nftables && $0.hook != nil }
    let docker = chains.filter { $0.name == "DOCKER" }
    return hasNftables
      && (!docker.contains { $0.backend == .legacy } || docker.contains { $0.backend == .nftables })
  }
}
