internal import NetworkTypes
internal import Observation

extension HostObservation {
  /// When the bridge's link address changed, as rtnetlink told, in order of time.
  var bridgeAddressChanges: [Timestamp] {
    var address = states.first?.links.first { $0.index == bridge }?.address
    var changes: [Timestamp] = []
    for event in events {
      guard case .link(let link) = event.kind, link.index == bridge, let told = link.address else { continue }
      if let known = address, known != told { changes.append(event.time) }
      address = told
    }
    return changes
  }
}
