internal import Observation

extension CauseID {
  /// A rule lets only so many lookups pass in a time.
  static let upstreamRateLimit = CauseID(rawValue: "upstream-rate-limit")
}

/// A rule of the host's that limits a rate decides about requests, and this one was never sent on.
struct UpstreamRateLimit: CauseRule {
  let id = CauseID.upstreamRateLimit
  let suspect = "rate limits"
  let stages: Set<Stage> = [.forwarding]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let frame = lookup.journey.requestAtBridge.last else { return nil }
    let packet = lookup.packet(out: lookup.host.uplink)
    let rules = lookup.history.ruleset(at: frame.time).values.compactMap { $0.limit(on: packet) }
    guard let rule = rules.first else { return nil }
    let word = lookup.dropEvidence(
      "NETFILTER_DROP",
      near: frame.time,
      meaning: "the kernel dropped a packet at that moment because the packet filter said so"
    )
    let evidence = [
      lookup.evidence(frame, meaning: "the host took the request, and never sent it on"),
      Evidence(
        time: nil,
        source: "nft list ruleset",
        value: rule,
        meaning: "what is above this rate is dropped; whether a packet was, only the kernel can tell"
      ),
    ]
    return Explanation(
      confidence: word.isEmpty ? .likely : .certain,
      evidence: evidence + word,
      decidedBy: "skb:kfree_skb with the reason NETFILTER_DROP"
    )
  }
}

extension Ruleset {
  /// The rule with a rate limit that may drop a packet on the forward hook, as its backend prints it, if nothing else
  /// decides.
  fileprivate func limit(on packet: Packet) -> String? {
    var walk = Walk(mark: packet.mark)
    guard filter(packet, hook: "forward", &walk) == .undecided else { return nil }
    return walk.doubts.lazy.compactMap { site in
      site.rule.map { chains[site.chain].rules[$0].text }
    }.first { $0.contains("limit rate") || $0.contains("hashlimit") }
  }
}
