internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The uplink is down, or its next hop doesn't answer.
  static let uplinkDown = CauseID(rawValue: "uplink-down")
}

/// The host would forward, but can't send.
struct UplinkDown: CauseRule {
  let id = CauseID.uplinkDown
  let suspect = "uplink"
  let stages: Set<Stage> = [.forwarding]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let frame = lookup.journey.requestAtBridge.last else { return nil }
    let taken = lookup.evidence(frame, meaning: "the host took the request, and never sent it on")
    let uplink = lookup.history.name(lookup.host.uplink)
    let states = lookup.history.uplinkIsUp.values(around: frame.time, lag: HostHistory.lag)
    if !states.isEmpty, !states.contains(true) {
      let down = Evidence(
        time: nil,
        source: "rtnetlink",
        value: "\(uplink) down",
        meaning: "nothing can leave"
      )
      return Explanation(
        confidence: .certain,
        evidence: [taken, down],
        decidedBy: "the uplink's state"
      )
    }
    let seen = lookup.history.index.resolutions(
      within: frame.time..<max(frame.time, lookup.lookup.end) + .milliseconds(1)
    )
    .filter { $0.sighting.interface == lookup.host.uplink }
    guard
      let question = seen.first(where: {
        !$0.resolution.isReply && $0.sighting.packetType == .outgoing
      }),
      !seen.contains(where: {
        $0.resolution.isReply
          && ($0.resolution.sender == question.resolution.target
            || $0.resolution.target == question.resolution.target)
      })
    else { return nil }
    let asked = lookup.evidence(question.sighting, meaning: "the host's own next hop didn't answer")
    return Explanation(
      confidence: .likely,
      evidence: [taken, asked],
      decidedBy: "the host's neighbour entry for its next hop"
    )
  }
}
