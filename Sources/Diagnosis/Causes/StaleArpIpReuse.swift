internal import NetworkTypes
internal import Observation

extension CauseID {
  /// Answers go to the former owner of the client's address.
  static let staleArpIpReuse = CauseID(rawValue: "stale-arp-ip-reuse")
}

/// The host's neighbour entry names a link address whose owner doesn't have the Internet address any more. If it
/// still had it, it would be a duplicate.
struct StaleArpIpReuse: CauseRule {
  let id = CauseID.staleArpIpReuse
  let suspect = "host's neighbour entry"
  let stages: Set<Stage> = [.return]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let client = lookup.attempt?.client.address,
      let frame = (lookup.journey.answerAtBridge + lookup.journey.answerAtPort).first(where: {
        $0.linkDestination.map { $0 != lookup.container.linkAddress && !$0.isMulticast } ?? false
      }),
      let other = frame.linkDestination,
      let former = lookup.container(with: other), let left = gaveUp(former, client, at: frame.time),
      holds(lookup.container, client, at: frame.time)
    else { return nil }
    var evidence = [
      lookup.evidence(frame, meaning: "it was sent to \(other), not to \(lookup.container.linkAddress)"),
      Evidence(
        time: nil,
        source: "\(lookup.container.name), interface",
        value: "\(client) at \(lookup.container.linkAddress)",
        meaning: "this is who has the address"
      ),
      Evidence(
        time: left,
        source: "\(former.name), interface",
        value: "\(other) without \(client)",
        meaning: "this is who had it, and has it no longer"
      ),
    ]
    let entry = lookup.history.states(around: frame.time).after?.neighbours.first {
      $0.interface == lookup.host.bridge && $0.address == client && $0.linkAddress == other
    }
    if let entry {
      evidence.append(
        Evidence(
          time: nil,
          source: "the host, neighbour table",
          value: "\(client) lladdr \(other) \(entry.reachability)",
          meaning: "the host holds the former owner's address still"
        )
      )
    }
    return Explanation(
      confidence: .certain,
      evidence: evidence,
      decidedBy: "the former owner's addresses at that moment"
    )
  }

  /// When the first look after a moment (or the last before it) found that a container doesn't have an address.
  private func gaveUp(
    _ container: HostObservation.Container,
    _ address: IPAddress,
    at time: Timestamp
  ) -> Timestamp? {
    let (before, after) = HostHistory.states(container.states, around: time)
    let looks = [before, after].compactMap(\.self).filter { $0.addresses != nil }
    // Where the look before found it still, only one after it decides.
    guard let last = looks.last, !Self.has(last, address) else { return nil }
    return last.time
  }

  private func holds(_ container: HostObservation.Container, _ address: IPAddress, at time: Timestamp) -> Bool
  {
    let (before, after) = HostHistory.states(container.states, around: time)
    return [before, after].compactMap(\.self).contains { Self.has($0, address) }
  }

  private static func has(_ state: NamespaceState, _ address: IPAddress) -> Bool {
    state.addresses?.values.joined().contains { $0.address == address } ?? false
  }
}
