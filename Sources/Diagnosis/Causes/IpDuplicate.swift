internal import NetworkTypes
internal import Observation

extension CauseID {
  /// Two interfaces on the bridge have the same Internet address.
  static let ipDuplicate = CauseID(rawValue: "ip-duplicate")
}

/// Answers go to whoever of the two spoke last.
struct IpDuplicate: CauseRule {
  let id = CauseID.ipDuplicate
  let suspect = "duplicate address"
  let stages: Set<Stage> = [.return, .bridge, .upstream, .neighbour]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let (frame, address, rightful) = misdirected(lookup) else { return nil }
    guard let other = frame.linkDestination,
      let claim = claim(of: address, by: other, before: frame.time, lookup)
    else { return nil }
    let owned = Evidence(
      time: nil,
      source: lookup.container.linkAddress == rightful ? "\(lookup.container.name), interface" : "rtnetlink",
      value: "\(address) at \(rightful)",
      meaning: "this is who should have got it"
    )
    let sent = lookup.evidence(frame, meaning: "it was sent to \(other), not to \(rightful)")
    return Explanation(
      confidence: .certain,
      evidence: [sent, owned, claim],
      decidedBy: "a frame that goes to the other of the two"
    )
  }

  /// A frame of this lookup that went to the wrong one, the address that it was for, and whose that is.
  private func misdirected(
    _ lookup: LookupCase
  ) -> (frame: Sighting, address: IPAddress, rightful: MACAddress)? {
    let own = lookup.container.linkAddress
    let client =
      lookup.attempt?.client.address ?? lookup.container.addresses.first { $0.family == lookup.family }
    switch lookup.stage {
    case .return:
      let frames = lookup.journey.answerAtBridge + lookup.journey.answerAtPort
      return zip(frames.first { $0.linkDestination.map { $0 != own } ?? false }, client).map { ($0, $1, own) }
    case .neighbour:
      // The answer about the next hop was sent to the other one; ARP answers go to whoever asked, but neighbour
      // advertisements to where the neighbour table says.
      let window = lookup.sent - .milliseconds(1100)..<max(lookup.lookup.end, lookup.sent) + .milliseconds(1)
      let reply = lookup.history.index.resolutions(within: window).first { seen in
        seen.resolution.isReply && seen.sighting.interface == lookup.host.bridge
          && (seen.resolution.sender == lookup.nextHop || seen.resolution.target == lookup.nextHop)
          && seen.sighting.linkDestination.map { $0 != own && !$0.isMulticast } ?? false
      }
      return zip(reply?.sighting, client).map { ($0, $1, own) }
    default:
      // The request went to somebody who claims the next hop's address besides its owner.
      guard let request = lookup.request, let nextHop = lookup.nextHop,
        let owner = owner(of: nextHop, at: request.time, lookup), request.linkDestination != owner
      else { return nil }
      return (request, nextHop, owner)
    }
  }

  private func zip<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
    if let first, let second { (first, second) } else { nil }
  }

  /// Whose address a next hop's rightfully is: the bridge's, if it is a gateway, else its container's.
  private func owner(of address: IPAddress, at time: Timestamp, _ lookup: LookupCase) -> MACAddress? {
    if lookup.host.gateways.contains(address) {
      return lookup.history.bridgeAddress.value(at: time)
    }
    let holders = lookup.host.containers.filter { $0.addresses.contains(address) }
    return holders.count == 1 ? holders[0].linkAddress : nil
  }

  /// Where a link address that isn't the rightful one claimed an Internet address as its own.
  private func claim(
    of address: IPAddress,
    by other: MACAddress,
    before time: Timestamp,
    _ lookup: LookupCase
  ) -> Evidence? {
    // A former address of the bridge claimed the gateway's rightly while it was the bridge's.
    if lookup.history.bridgeAddress.changes.contains(where: { $0.value == other }) { return nil }
    let start = Timestamp(nanoseconds: Int64.min)
    let claims = lookup.history.index.resolutions(within: start..<time)
    if let last = claims.last(where: {
      $0.resolution.sender == address
        && ($0.resolution.senderLink ?? $0.sighting.linkSource) == other
    }) {
      return lookup.evidence(last.sighting, meaning: "\(other) claims \(address), too")
    }
    let holder = lookup.host.containers.first {
      $0.linkAddress == other && $0.addresses.contains(address)
    }
    if let holder {
      return Evidence(
        time: nil,
        source: "\(holder.name), interface",
        value: "\(address) at \(other)",
        meaning: "another container has the same address"
      )
    }
    let told = lookup.host.events.last {
      if case .neighbour(let entry) = $0.kind {
        $0.time <= time && entry.address == address && entry.linkAddress == other
      } else {
        false
      }
    }
    return told.map {
      Evidence(
        time: $0.time,
        source: "rtnetlink",
        value: "\(address) lladdr \(other)",
        meaning: "the host learnt another link address for the same Internet address"
      )
    }
  }
}
