internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The answer came to the host and not to the bridge.
  static let answerDropped = CauseID(rawValue: "answer-dropped")
}

/// The host received the answer on the uplink and didn't send it on.
struct AnswerDropped: CauseRule {
  let id = CauseID.answerDropped
  let suspect = "way back through the host"
  let stages: Set<Stage> = [.return]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let answer = lookup.journey.answerAtUplink.first?.sighting,
      lookup.journey.answerAtBridge.isEmpty,
      lookup.journey.answerAtPort.isEmpty
    else { return nil }
    let bridge = lookup.history.name(lookup.host.bridge)
    return Explanation(
      confidence: .likely,
      evidence: [
        lookup.evidence(answer, meaning: "the answer came in"),
        Evidence(
          time: lookup.lookup.end,
          source: "\(bridge), AF_PACKET",
          value: "no answer until the lookup ended",
          meaning: "the host didn't send it on to the container"
        ),
      ],
      decidedBy: "skb:kfree_skb with its reason"
    )
  }
}
