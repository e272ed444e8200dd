internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The bridge's link address changed under a container that still sends to the old one.
  static let bridgeMacUnstable = CauseID(rawValue: "bridge-mac-unstable")
}

/// A bridge without an address of its own has the smallest of its ports' addresses
/// (`br_stp_recalculate_bridge_id`), so ports that leave or join change the containers' gateway.
struct BridgeMacUnstable: CauseRule {
  let id = CauseID.bridgeMacUnstable
  let suspect = "bridge's link address"
  let stages: Set<Stage> = [.bridge]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let request = lookup.request, let destination = request.linkDestination,
      let change = Self.change(from: destination, before: request.time, lookup)
    else { return nil }
    let refused = lookup.journey.requestAtBridge.first { $0.packetType == .otherHost }
    let flooded = lookup.journey.requestAtOtherPorts.first
    var evidence = [
      lookup.evidence(
        request,
        meaning:
          "the request is addressed to \(destination), which is no longer the gateway's address"
      ),
      Evidence(
        time: change.time,
        source: "rtnetlink",
        value: "\(lookup.history.name(lookup.host.bridge)): \(destination) -> \(change.to)",
        meaning: "the bridge's address changed, and the container was not told"
      ),
    ]
    if let (time, entry) = lookup.neighbourEntry(at: request.time), entry.linkAddress == destination {
      evidence.append(
        Evidence(
          time: time,
          source: "\(lookup.container.name), neighbour table",
          value: "\(entry.address) lladdr \(destination) \(entry.reachability)",
          meaning: "the container still holds the old address for its gateway"
        )
      )
    }
    let form: String?
    if let refused {
      form = "join"
      evidence.append(
        lookup.evidence(
          refused,
          meaning:
            "the bridge knows the address as its port's and passes the frame up, but not as its own"
        )
      )
    } else if let flooded {
      form = "leave"
      evidence.append(
        lookup.evidence(
          flooded,
          meaning:
            "the address is nobody's any more: the frame is flooded to the other ports, not to the host"
        )
      )
    } else {
      form = nil
    }
    evidence += counters(form: form, around: request.time, lookup)
    evidence += lookup.dropEvidence(
      "OTHERHOST",
      near: (refused ?? flooded ?? request).time,
      meaning: "the kernel dropped a frame at that moment because it was addressed to another host"
    )
    return Explanation(
      form: form,
      confidence: form == nil ? .likely : .certain,
      evidence: evidence,
      decidedBy: "the frame's way on the bridge and its other ports"
    )
  }

  /// The change that took an address away from the bridge, which hasn't had it again at a moment.
  static func change(
    from address: MACAddress,
    before time: Timestamp,
    _ lookup: LookupCase
  ) -> (time: Timestamp, to: MACAddress)? {
    let changes = lookup.history.bridgeAddress.changes
    let end = changes.partitioningIndex { $0.time > time }
    guard let last = changes[..<end].lastIndex(where: { $0.value == address }), last + 1 < changes.count
    else {
      return nil
    }
    let next = changes[last + 1]
    // If it is the bridge's by what was told until then, the news of the change may be later than the frame.
    guard last + 1 < end || next.time <= time + HostHistory.lag else { return nil }
    return (next.time, next.value)
  }

  /// Growth of `rx_otherhost_dropped` where this form makes it grow: on the bridge after a join, in the other
  /// containers after a leave.
  private func counters(form: String?, around time: Timestamp, _ lookup: LookupCase) -> [Evidence] {
    switch form {
    case "join":
      let (before, after) = lookup.history.states(around: time)
      return growth(before, after, "the host", lookup) { $0.index == lookup.host.bridge }
    case "leave":
      for other in lookup.host.containers where other.port != lookup.container.port {
        let (before, after) = HostHistory.states(other.states, around: time)
        let found = growth(before, after, other.name, lookup) { $0.index.rawValue != 1 }
        if !found.isEmpty { return found }
      }
      return []
    default: return []
    }
  }

  private func growth(
    _ before: NamespaceState?,
    _ after: NamespaceState?,
    _ place: String,
    _ lookup: LookupCase,
    of isWanted: (LinkState) -> Bool
  ) -> [Evidence] {
    guard let before, let after else { return [] }
    for link in after.links where isWanted(link) {
      guard let end = link.otherHostDropped,
        let start = before.links.first(where: { $0.index == link.index })?.otherHostDropped,
        end > start
      else { continue }
      return [
        Evidence(
          time: after.time,
          source: "\(link.name) of \(place), rtnl_link_stats64",
          value: "rx_otherhost_dropped \(start) -> \(end)",
          meaning: "frames came here that were addressed to another host"
        )
      ]
    }
    return []
  }
}
