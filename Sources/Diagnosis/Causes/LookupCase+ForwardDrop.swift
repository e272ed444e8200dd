internal import NetworkTypes
internal import Observation

extension LookupCase {
  /// What explains a lookup whose request or answer the forward hook dropped.
  ///
  /// - Parameters:
  ///   - chain: the chain that a decision of the kind in question names; nil for other decisions.
  ///   - rules: what the chain's being there means for the packet.
  func explainForwardDrop(
    _ chain: (Ruleset.Decision) -> String?,
    rules: (String, Ruleset.Packet) -> Evidence
  ) -> Explanation? {
    let isAnswer = stage == .return
    // An answer that reached the bridge has passed the filter.
    guard !isAnswer || journey.answerAtBridge.isEmpty,
      let frame = isAnswer ? journey.answerAtUplink.first?.sighting : journey.requestAtBridge.last,
      history.setting(IpForwardReset.settings(family), at: frame.time).value != "0"
    else { return nil }
    let packet = isAnswer ? answerPacket : packet(out: host.uplink)
    // If the rules were changed between the looks before and after, either may have held.
    let chains = history.ruleset(at: frame.time).values.compactMap {
      chain($0.filter(packet, hook: "forward"))
    }
    guard let dropper = chains.first else { return nil }
    let word = dropEvidence(
      "NETFILTER_DROP",
      near: frame.time,
      meaning: "the kernel dropped a packet at that moment because the packet filter said so"
    )
    let seen = evidence(
      frame,
      meaning: isAnswer
        ? "the answer came in, and never reached the bridge"
        : "the host took the request, and never sent it on"
    )
    return Explanation(
      confidence: word.isEmpty ? .likely : .certain,
      evidence: [seen, rules(dropper, packet)] + word,
      decidedBy: "skb:kfree_skb with the reason NETFILTER_DROP"
    )
  }

  /// What the packet filter is asked about for the answer: the request turned round.
  private var answerPacket: Ruleset.Packet {
    let request = packet(out: host.uplink)
    return Ruleset.Packet(
      inInterface: request.outInterface,
      outInterface: request.inInterface,
      source: request.destination,
      destination: request.source,
      upperProtocol: request.upperProtocol,
      state: .established
    )
  }
}
