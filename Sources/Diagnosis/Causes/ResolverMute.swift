internal import NetworkTypes
internal import Observation

extension CauseID {
  /// No answer to a request that left correctly.
  static let resolverMute = CauseID(rawValue: "resolver-mute")
}

/// The request was handed over with a source that answers find, and none came. The capture can't tell a silent
/// resolver from a loss on the way to it, so this is never certain.
struct ResolverMute: CauseRule {
  let id = CauseID.resolverMute
  let suspect = "resolver"
  let stages: Set<Stage> = [.upstream]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard lookup.journey.answerAtUplink.isEmpty, lookup.journey.answerAtPort.isEmpty else {
      return nil
    }
    if case .errorResponse = lookup.lookup.outcome { return nil }
    let handedOver =
      lookup.journey.requestAtUplink.last?.sighting ?? lookup.journey.requestAtOtherPorts.last
    guard let handedOver else { return nil }
    return Explanation(
      confidence: .likely,
      evidence: [
        lookup.evidence(handedOver, meaning: "the request left correctly"),
        Evidence(
          time: lookup.lookup.end,
          source: "\(lookup.history.name(handedOver.interface)), AF_PACKET",
          value: "no answer until the lookup ended",
          meaning: "nothing came back from \(lookup.lookup.server)"
        ),
      ],
      decidedBy: "a capture at the resolver, or its log"
    )
  }
}
