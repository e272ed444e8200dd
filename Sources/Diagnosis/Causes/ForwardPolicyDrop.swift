internal import NetworkTypes
internal import Observation

extension CauseID {
  /// A chain on the forward hook drops what no rule accepts.
  static let forwardPolicyDrop = CauseID(rawValue: "forward-policy-drop")
}

/// The packet filter's forward hook has the policy drop, and nothing accepts the containers' packets.
struct ForwardPolicyDrop: CauseRule {
  let id = CauseID.forwardPolicyDrop
  let suspect = "filter rules"
  let stages: Set<Stage> = [.forwarding, .return]

  func explain(_ lookup: LookupCase) -> Explanation? {
    let isAnswer = lookup.stage == .return
    // An answer that reached the bridge has passed the filter.
    guard !isAnswer || lookup.journey.answerAtBridge.isEmpty,
      let frame = isAnswer
        ? lookup.journey.answerAtUplink.first?.sighting : lookup.journey.requestAtBridge.last,
      lookup.history.setting(IpForwardReset.settings(lookup.family), at: frame.time).value != "0"
    else { return nil }
    let request = lookup.packet(out: lookup.host.uplink)
    let packet =
      isAnswer
      ? Ruleset.Packet(
        inInterface: request.outInterface,
        outInterface: request.inInterface,
        source: request.destination,
        destination: request.source,
        upperProtocol: request.upperProtocol,
        state: .established
      ) : request
    // If the rules were changed between the looks before and after, either may have held.
    let chains = lookup.history.ruleset(at: frame.time).values.compactMap { ruleset -> String? in
      if case .droppedByPolicy(let chain) = ruleset.filter(packet, hook: "forward") { chain } else { nil }
    }
    guard let chain = chains.first else { return nil }
    let word = lookup.dropEvidence(
      "NETFILTER_DROP",
      near: frame.time,
      meaning: "the kernel dropped a packet at that moment because the packet filter said so"
    )
    let evidence = [
      lookup.evidence(
        frame,
        meaning: isAnswer
          ? "the answer came in, and never reached the bridge"
          : "the host took the request, and never sent it on"
      ),
      Evidence(
        time: nil,
        source: "nft list ruleset",
        value: "chain \(chain), hook forward, policy drop",
        meaning: "no rule accepts a packet from \(packet.inInterface) to \(packet.outInterface)"
      ),
    ]
    return Explanation(
      confidence: word.isEmpty ? .likely : .certain,
      evidence: evidence + word,
      decidedBy: "skb:kfree_skb with the reason NETFILTER_DROP"
    )
  }
}
