internal import Observation

extension CauseID {
  /// A legacy table drops what nftables accepts.
  static let nftLegacyMix = CauseID(rawValue: "nft-legacy-mix")
}

/// Both packet filters of the kernel are in use, and the older one drops.
struct NftLegacyMix: CauseRule {
  let id = CauseID.nftLegacyMix
  let suspect = "legacy packet filter"
  let stages: Set<Stage> = [.forwarding, .return]

  func explain(_ lookup: LookupCase) -> Explanation? {
    let rulesets = lookup.history.ruleset(at: lookup.lastSeen).values
    guard rulesets.contains(where: \.hasBothFilters) else { return nil }
    return lookup.explainForwardDrop(
      { decision in
        switch decision {
        case .droppedByPolicy(let chain), .droppedByRule(let chain): chain.hasPrefix("legacy ") ? chain : nil
        case .accepted, .undecided: nil
        }
      },
      rules: { chain, packet in
        Evidence(
          time: nil,
          source: "iptables-legacy-save",
          value: "dropped in \(chain)",
          meaning: "the older filter drops a packet from \(packet.inInterface) to \(packet.outInterface);"
            + " \"nft list ruleset\" doesn't show it"
        )
      }
    )
  }
}

extension Ruleset {
  /// Whether chains of both filters are on the forward hook.
  fileprivate var hasBothFilters: Bool {
    let backends = Set(chains.filter { $0.hook == "forward" }.map(\.backend))
    return backends.count > 1
  }
}
