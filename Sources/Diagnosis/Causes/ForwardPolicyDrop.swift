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
    lookup.explainForwardDrop(
      { if case .droppedByPolicy(let chain) = $0 { chain } else { nil } },
      rules: { chain, packet in
        Evidence(
          time: nil,
          source: "nft list ruleset",
          value: "chain \(chain), hook forward, policy drop",
          meaning: "no rule accepts a packet from \(packet.inInterface) to \(packet.outInterface)"
        )
      }
    )
  }
}
