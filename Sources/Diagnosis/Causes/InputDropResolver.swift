internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The input hook drops requests to a resolver on the host.
  static let inputDropResolver = CauseID(rawValue: "input-drop-resolver")
}

/// The host took the request for itself, and its packet filter keeps it from the resolver.
struct InputDropResolver: CauseRule {
  let id = CauseID.inputDropResolver
  let suspect = "filter rules on the input hook"
  let stages: Set<Stage> = [.input]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let frame = lookup.journey.requestAtBridge.last else { return nil }
    let packet = lookup.packet(out: lookup.host.bridge)
    let chains = lookup.history.ruleset(at: frame.time).values.compactMap { ruleset -> String? in
      switch ruleset.filter(packet, hook: "input") {
      case .droppedByPolicy(let title): "\(title), by its policy"
      case .droppedByRule(let title): "\(title), by a rule"
      case .accepted, .undecided: nil
      }
    }
    guard let chain = chains.first else { return nil }
    let word = lookup.dropEvidence(
      "NETFILTER_DROP",
      near: frame.time,
      meaning: "the kernel dropped a packet at that moment because the packet filter said so"
    )
    let evidence = [
      lookup.evidence(frame, meaning: "the host took the request for itself, and nothing answered"),
      Evidence(
        time: nil,
        source: "nft list ruleset",
        value: "dropped in \(chain)",
        meaning: "the input hook doesn't let port \(lookup.lookup.server.port) in from \(packet.inInterface)"
      ),
    ]
    return Explanation(
      confidence: word.isEmpty ? .likely : .certain,
      evidence: evidence + word,
      decidedBy: "skb:kfree_skb with the reason NETFILTER_DROP"
    )
  }
}
