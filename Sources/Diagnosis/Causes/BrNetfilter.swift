internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The bridge shows frames between its ports to the packet filter of the layer above, which drops them.
  static let brNetfilter = CauseID(rawValue: "br-netfilter")
}

/// With `net.bridge.bridge-nf-call-iptables` frames from port to port run through the forward hook.
struct BrNetfilter: CauseRule {
  let id = CauseID.brNetfilter
  let suspect = "bridge netfilter"
  let stages: Set<Stage> = [.bridge]

  func explain(_ lookup: LookupCase) -> Explanation? {
    let name =
      lookup.family == .v4
      ? "net.bridge.bridge-nf-call-iptables" : "net.bridge.bridge-nf-call-ip6tables"
    guard let request = lookup.request, let destination = request.linkDestination,
      let peer = lookup.container(with: destination)
    else { return nil }
    let setting = lookup.history.setting(name, at: request.time)
    guard setting.value == "1", let ruleset = lookup.history.ruleset(at: request.time).value else {
      return nil
    }
    let chain: String
    switch ruleset.filter(lookup.packet(out: lookup.host.bridge), hook: "forward") {
    case .droppedByPolicy(let title): chain = "\(title), by its policy"
    case .droppedByRule(let title): chain = "\(title), by a rule"
    case .accepted, .undecided: return nil
    }
    let word = lookup.dropEvidence(
      "NETFILTER_DROP",
      near: request.time,
      meaning: "the kernel dropped a packet at that moment because the packet filter said so"
    )
    let evidence = [
      lookup.evidence(
        request,
        meaning:
          "the request is for \(peer.name) on the same bridge; it never left that container's port"
      ),
      Evidence(
        time: nil,
        source: "sysctl",
        value: "\(name) = 1",
        meaning: "frames from port to port are shown to the packet filter"
      ),
      Evidence(
        time: nil,
        source: "nft list ruleset",
        value: "dropped in \(chain)",
        meaning: "the forward hook doesn't let through what stays on the bridge"
      ),
    ]
    return Explanation(
      confidence: word.isEmpty ? .likely : .certain,
      evidence: evidence + word,
      decidedBy: "skb:kfree_skb with the reason NETFILTER_DROP"
    )
  }
}
