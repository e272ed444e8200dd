internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The container's gateway isn't an address of the bridge, which has another one.
  static let userBridgeMismatch = CauseID(rawValue: "user-bridge-mismatch")
}

/// The container asks for a gateway that the bridge doesn't have, though it has an address.
struct UserBridgeMismatch: CauseRule {
  let id = CauseID.userBridgeMismatch
  let suspect = "bridge's addresses"
  let stages: Set<Stage> = [.neighbour]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let gateway = lookup.nextHop, lookup.host.gateways.contains(gateway),
      let frame = lookup.journey.unansweredSolicitations(until: lookup.lookup.end).first
    else { return nil }
    let looks = BridgeAddresses(lookup, gateway: gateway, at: frame.time)
    guard looks.isMissing, looks.hasAnother else { return nil }
    return Explanation(
      confidence: looks.isCertain ? .certain : .likely,
      evidence: [
        lookup.evidence(frame, meaning: "the container asks for its gateway, and nobody answers"),
        looks.evidence(meaning: "the bridge has another address than the containers' gateway"),
      ],
      decidedBy: "the bridge's addresses at that moment"
    )
  }
}
