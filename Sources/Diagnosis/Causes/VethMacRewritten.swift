internal import NetworkTypes
internal import Observation

extension CauseID {
  /// A port's link address was rewritten, and the bridge's followed it.
  static let vethMacRewritten = CauseID(rawValue: "veth-mac-rewritten-by-udev")
}

/// The same loss as `bridge-mac-unstable`, but what moved the bridge's address was neither a port that came nor one
/// that went: a port that stayed was given another address.
struct VethMacRewritten: CauseRule {
  let id = CauseID.vethMacRewritten
  let suspect = "bridge's link address"
  let stages: Set<Stage> = [.bridge]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard var explanation = BridgeMacUnstable().explain(lookup), let request = lookup.request,
      let old = request.linkDestination,
      let change = BridgeMacUnstable.change(from: old, before: request.time, lookup),
      let rewrite = rewrite(of: old, to: change.to, at: change.time, lookup)
    else { return nil }
    explanation.evidence.insert(
      Evidence(
        time: rewrite.time,
        source: "rtnetlink",
        value: "\(rewrite.port): \(rewrite.from) -> \(rewrite.to)",
        meaning: "a port that had joined before was given another address, and the bridge follows its ports"
      ),
      at: min(2, explanation.evidence.count)
    )
    explanation.form = nil
    return explanation
  }

  /// A port whose address became the bridge's new one, or had been its old one, when the bridge's changed.
  private func rewrite(
    of old: MACAddress,
    to new: MACAddress,
    at time: Timestamp,
    _ lookup: LookupCase
  ) -> (time: Timestamp, port: String, from: MACAddress, to: MACAddress)? {
    var known: [InterfaceIndex: MACAddress] = [:]
    for (told, link) in HostHistory.links(states: lookup.host.states, events: lookup.host.events).sorted(by: {
      $0.time < $1.time
    }) where link.master == lookup.host.bridge {
      guard let address = link.address, told <= time + HostHistory.lag else { continue }
      if let before = known[link.index], before != address, told >= time - HostHistory.lag,
        address == new || before == old
      {
        return (told, link.name, before, address)
      }
      known[link.index] = address
    }
    return nil
  }
}
