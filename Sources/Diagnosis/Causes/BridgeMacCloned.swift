internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The client has the bridge's own link address.
  static let bridgeMacCloned = CauseID(rawValue: "bridge-mac-cloned")
}

/// What the host sends to the bridge's own address has no port to go to (`br_dev_xmit`), so whoever shares that
/// address gets nothing from the host.
struct BridgeMacCloned: CauseRule {
  let id = CauseID.bridgeMacCloned
  let suspect = "bridge's link address"
  let stages: Set<Stage> = [.neighbour, .return, .bridge]

  func explain(_ lookup: LookupCase) -> Explanation? {
    // A container next door is reached by its own address, which isn't the bridge's.
    guard let nextHop = lookup.nextHop, lookup.host.gateways.contains(nextHop),
      let frame = lookup.journey.unansweredSolicitations(until: lookup.lookup.end).first ?? lookup.request,
      let own = frame.linkSource,
      lookup.history.bridgeAddress.values(around: frame.time, lag: HostHistory.lag) == [own]
    else { return nil }
    var evidence = [
      lookup.evidence(frame, meaning: "the sender's address is \(own), which is the bridge's own"),
      Evidence(
        time: nil,
        source: "rtnetlink",
        value: "\(lookup.history.name(lookup.host.bridge)) \(own)",
        meaning: "what the host sends to its own bridge's address reaches no port"
      ),
    ]
    let window = frame.time..<max(frame.time, lookup.lookup.end) + .milliseconds(1)
    let reply = lookup.history.index.resolutions(within: window).first { seen in
      seen.resolution.isReply && seen.sighting.interface == lookup.host.bridge
        && seen.sighting.linkDestination == own
    }
    if let reply {
      evidence.append(
        lookup.evidence(reply.sighting, meaning: "the host answers, and the answer reaches no port")
      )
    }
    return Explanation(
      confidence: .certain,
      evidence: evidence,
      decidedBy: "a frame whose sender has the bridge's address"
    )
  }
}
