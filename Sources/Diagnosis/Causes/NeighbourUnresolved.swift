internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The client's next hop doesn't answer ARP or neighbour discovery.
  static let neighbourUnresolved = CauseID(rawValue: "neighbour-unresolved")
}

/// Without the next hop's link address no request can be sent.
struct NeighbourUnresolved: CauseRule {
  let id = CauseID.neighbourUnresolved
  let suspect = "address resolution"
  let stages: Set<Stage> = [.neighbour]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let asked = lookup.journey.unansweredSolicitations(until: lookup.lookup.end).first,
      let nextHop = lookup.nextHop
    else { return nil }
    var evidence = [
      lookup.evidence(asked, meaning: "the container asks for \(nextHop), and nobody answers")
    ]
    let entry = lookup.neighbourEntry(at: lookup.lookup.end)
    let isFailed = entry.map { $0.time >= lookup.sent && $0.entry.linkAddress == nil } ?? false
    if let (time, entry) = entry, isFailed {
      evidence.append(
        Evidence(
          time: time,
          source: "\(lookup.container.name), neighbour table",
          value: "\(entry.address) \(entry.reachability)",
          meaning: "the kernel has no link address for the next hop"
        )
      )
    }
    return Explanation(
      confidence: .likely,
      evidence: evidence,
      decidedBy: "why the next hop doesn't answer"
    )
  }
}
