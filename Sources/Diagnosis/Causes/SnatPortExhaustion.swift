internal import Observation

extension CauseID {
  /// The translation has no port left.
  static let snatPortExhaustion = CauseID(rawValue: "snat-port-exhaustion")
}

/// The request was forwarded and translated, and its connection couldn't be confirmed, because another has the tuple.
struct SnatPortExhaustion: CauseRule {
  let id = CauseID.snatPortExhaustion
  let suspect = "ports of the translation"
  let stages: Set<Stage> = [.forwarding]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let frame = lookup.journey.requestAtBridge.last else { return nil }
    let packet = lookup.packet(out: lookup.host.uplink)
    let rulesets = lookup.history.ruleset(at: frame.time).values
    // What a filter drops never comes to be confirmed.
    guard rulesets.contains(where: { $0.filter(packet, hook: "forward") == .accepted }),
      rulesets.contains(where: { $0.translatesSource(of: packet) != false })
    else { return nil }
    let failed = lookup.history.growth(of: "Conntrack.insert_failed", around: frame.time) ?? 0
    let dropped = lookup.history.growth(of: "Conntrack.drop", around: frame.time) ?? 0
    guard failed > 0 else { return nil }
    let word = lookup.dropEvidence(
      "NETFILTER_DROP",
      near: frame.time,
      meaning: "the kernel dropped a packet at that moment in a netfilter hook, and no rule did"
    )
    let evidence = [
      lookup.evidence(frame, meaning: "the host took the request, accepted it, and never sent it on"),
      Evidence(
        time: nil,
        source: "/proc/net/stat/nf_conntrack",
        value: "insert_failed +\(failed), drop +\(dropped)",
        meaning: "connections couldn't be confirmed, because others have the same addresses and ports"
      ),
    ]
    return Explanation(
      confidence: word.isEmpty ? .likely : .certain,
      evidence: evidence + word,
      decidedBy: "skb:kfree_skb with the reason NETFILTER_DROP at the end of postrouting"
    )
  }
}
