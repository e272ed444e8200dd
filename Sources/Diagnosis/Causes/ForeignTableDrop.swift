internal import Observation

extension CauseID {
  /// A rule on the forward hook drops the containers' packets.
  static let foreignTableDrop = CauseID(rawValue: "foreign-table-drop")
}

/// A rule of some chain on the forward hook drops the request or its answer, whatever the other chains accept.
struct ForeignTableDrop: CauseRule {
  let id = CauseID.foreignTableDrop
  let suspect = "filter rules"
  let stages: Set<Stage> = [.forwarding, .return]

  func explain(_ lookup: LookupCase) -> Explanation? {
    lookup.explainForwardDrop(
      { if case .droppedByRule(let chain) = $0 { chain } else { nil } },
      rules: { chain, packet in
        Evidence(
          time: nil,
          source: "nft list ruleset",
          value: "chain \(chain), hook forward, a rule that drops",
          meaning:
            "it drops a packet from \(packet.inInterface) to \(packet.outInterface) that other chains may accept"
        )
      }
    )
  }
}
