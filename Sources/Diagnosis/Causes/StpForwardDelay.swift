internal import NetworkTypes
internal import Observation

extension CauseID {
  /// Spanning tree keeps a new port from forwarding for twice the forward delay.
  static let stpForwardDelay = CauseID(rawValue: "stp-forward-delay")
}

/// With spanning tree on, a port listens and learns before it forwards (IEEE 802.1D, section 8.4): a container's
/// first seconds are lost.
struct StpForwardDelay: CauseRule {
  let id = CauseID.stpForwardDelay
  let suspect = "spanning tree"
  let stages: Set<Stage> = [.neighbour, .bridge, .container]

  func explain(_ lookup: LookupCase) -> Explanation? {
    let asked = lookup.journey.unansweredSolicitations(until: lookup.lookup.end)
    // The frames that this lookup needed; without any, the moment at which it was handed to the kernel.
    let frames = lookup.stage == .bridge ? lookup.request.map { [$0] } ?? [] : asked
    let moments = frames.isEmpty ? [lookup.sent] : frames.map(\.time)
    guard let history = lookup.history.portStates[lookup.container.port],
      let moment = moments.first(where: { isHoldingBack(history, at: $0) }),
      let state = history.value(at: moment),
      let told = history.changes.last(where: { $0.time <= moment })
    else { return nil }
    let port = lookup.history.name(lookup.container.port)
    var evidence = [
      Evidence(
        time: told.time,
        source: "rtnetlink",
        value: "\(port) state \(state)",
        meaning: "spanning tree lets nothing pass at the container's port"
      )
    ]
    if let frame = frames.first(where: { $0.time == moment }) {
      evidence.append(
        lookup.evidence(frame, meaning: "sent while the port was \(state), and not forwarded")
      )
    }
    if let next = history.changes.first(where: { $0.time > moment && $0.value == .forwarding }) {
      evidence.append(
        Evidence(
          time: next.time,
          source: "rtnetlink",
          value: "\(port) state forwarding",
          meaning: "from here on frames pass"
        )
      )
    }
    if let bridge = lookup.history.states(around: moment).before?.links.first(where: {
      $0.index == lookup.host.bridge
    }), bridge.spanningTree == true {
      let delay = bridge.forwardDelay.map { ", forward delay \($0.inSeconds) s" } ?? ""
      evidence.append(
        Evidence(
          time: nil,
          source: "rtnetlink",
          value: "\(bridge.name) spanning tree on\(delay)",
          meaning: "every new port waits twice the forward delay"
        )
      )
    }
    return Explanation(
      confidence: frames.isEmpty || !isSurelyHoldingBack(history, at: moment) ? .likely : .certain,
      evidence: evidence,
      decidedBy: "a frame of the container while its port didn't forward"
    )
  }

  /// Whether the port let nothing pass at a moment.
  private func isHoldingBack(_ history: History<LinkState.PortState>, at moment: Timestamp) -> Bool {
    let state = history.value(at: moment)
    return state == .listening || state == .learning
  }

  /// Whether that is beyond doubt, though the news of a change to forwarding may come late.
  private func isSurelyHoldingBack(_ history: History<LinkState.PortState>, at moment: Timestamp) -> Bool {
    !history.values(around: moment, lag: HostHistory.lag).contains(.forwarding)
  }
}
