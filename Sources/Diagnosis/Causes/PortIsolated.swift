internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The client's port and the resolver's are isolated from each other.
  static let portIsolated = CauseID(rawValue: "port-isolated")
}

/// Isolated ports talk to the bridge and to other ports, not to each other (`br_skb_isolated`).
struct PortIsolated: CauseRule {
  let id = CauseID.portIsolated
  let suspect = "port options"
  let stages: Set<Stage> = [.bridge, .neighbour]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let (frame, peer) = held(lookup) else { return nil }
    let own = isolation(of: lookup.container.port, at: frame.time, lookup)
    let other = isolation(of: peer.port, at: frame.time, lookup)
    guard own.contains(true), other.contains(true) else { return nil }
    let (port, peerPort) = (lookup.history.name(lookup.container.port), lookup.history.name(peer.port))
    return Explanation(
      confidence: own == [true] && other == [true] ? .certain : .likely,
      evidence: [
        lookup.evidence(
          frame,
          meaning: "this is for \(peer.name) on the same bridge; it never left that container's port"
        ),
        Evidence(
          time: nil,
          source: "rtnetlink",
          value: "\(port) isolated on, \(peerPort) isolated on",
          meaning: "isolated ports don't forward to each other"
        ),
      ],
      decidedBy: "the ports' options at that moment"
    )
  }

  /// A frame of this lookup for a container next door that didn't leave at its port, and whose port that is.
  private func held(_ lookup: LookupCase) -> (Sighting, HostObservation.Container)? {
    if lookup.stage == .bridge {
      guard let request = lookup.request, let destination = request.linkDestination,
        let peer = lookup.container(with: destination)
      else { return nil }
      return (request, peer)
    }
    guard let nextHop = lookup.nextHop,
      let asked = lookup.journey.unansweredSolicitations(until: lookup.lookup.end).first,
      let peer = lookup.host.containers.first(where: {
        $0.addresses.contains(nextHop) && $0.port != lookup.container.port
      })
    else { return nil }
    let window = asked.time..<max(asked.time, lookup.lookup.end) + .milliseconds(1)
    let isDelivered = lookup.history.index.resolutions(within: window).contains {
      $0.sighting.interface == peer.port && $0.resolution.target == nextHop && !$0.resolution.isReply
    }
    return isDelivered ? nil : (asked, peer)
  }

  /// What a port's option may have been at a moment: by the looks and the news before it, and what came just after.
  private func isolation(of port: InterfaceIndex, at time: Timestamp, _ lookup: LookupCase) -> Set<Bool> {
    let told = HostHistory.links(states: lookup.host.states, events: lookup.host.events)
      .filter { $0.link.index == port && $0.link.isIsolated != nil }.sorted { $0.time < $1.time }
    let history = History(told.compactMap { time, link in link.isIsolated.map { (time, $0) } })
    return Set(history.values(around: time, lag: HostHistory.lag))
  }
}
