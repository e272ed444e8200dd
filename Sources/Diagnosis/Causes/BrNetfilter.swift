internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The bridge shows frames between its ports to the packet filter of the layer above, which drops them.
  static let brNetfilter = CauseID(rawValue: "br-netfilter")
}

/// With `net.bridge.bridge-nf-call-iptables` frames from port to port run through the forward hook. With IPv6 that
/// is true of neighbour discovery, too.
struct BrNetfilter: CauseRule {
  let id = CauseID.brNetfilter
  let suspect = "bridge netfilter"
  let stages: Set<Stage> = [.bridge, .neighbour]

  /// The setting that shows bridged packets of a family to the packet filter.
  static func setting(_ family: IPFamily) -> String {
    family == .v4 ? "net.bridge.bridge-nf-call-iptables" : "net.bridge.bridge-nf-call-ip6tables"
  }

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let (frame, packet, peer) = bridged(lookup) else { return nil }
    let name = Self.setting(lookup.family)
    let setting = lookup.history.setting(name, at: frame.time)
    let rulesets = lookup.history.ruleset(at: frame.time)
    let chains = rulesets.values.compactMap { dropper(of: packet, in: $0) }
    guard setting.values.contains("1"), let chain = chains.first else { return nil }
    let word = lookup.dropEvidence(
      "NETFILTER_DROP",
      near: frame.time,
      meaning: "the kernel dropped a packet at that moment because the packet filter said so"
    )
    let evidence = [
      lookup.evidence(
        frame,
        meaning: "this is for \(peer.name) on the same bridge; it never left that container's port"
      ),
      Evidence(
        time: nil,
        source: "sysctl",
        value: "\(name) = 1",
        meaning: setting.value == nil
          ? "before or after, frames from port to port are shown to the packet filter"
          : "frames from port to port are shown to the packet filter"
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

  private func dropper(of packet: Ruleset.Packet, in ruleset: Ruleset) -> String? {
    switch ruleset.filter(packet, hook: "forward") {
    case .droppedByPolicy(let title): "\(title), by its policy"
    case .droppedByRule(let title): "\(title), by a rule"
    case .accepted, .undecided: nil
    }
  }

  /// A frame of this lookup from port to port that didn't leave at the other one: the request, or with IPv6 the
  /// question for the other's link address. ARP is not IP, and has a setting of its own.
  private func bridged(
    _ lookup: LookupCase
  ) -> (frame: Sighting, packet: Ruleset.Packet, peer: HostObservation.Container)? {
    let packet = lookup.packet(out: lookup.host.bridge)
    if lookup.stage == .bridge {
      guard let request = lookup.request, let destination = request.linkDestination,
        let peer = lookup.container(with: destination)
      else { return nil }
      return (request, packet, peer)
    }
    guard lookup.family == .v6, let nextHop = lookup.nextHop,
      let asked = lookup.journey.unansweredSolicitations(until: lookup.lookup.end).first,
      let peer = lookup.host.containers.first(where: { $0.addresses.contains(nextHop) })
    else { return nil }
    let window = asked.time..<max(asked.time, lookup.lookup.end) + .milliseconds(1)
    let isDelivered = lookup.history.index.resolutions(within: window).contains {
      $0.sighting.interface == peer.port && $0.resolution.target == nextHop && !$0.resolution.isReply
    }
    guard !isDelivered else { return nil }
    let question = Ruleset.Packet(
      inInterface: packet.inInterface,
      outInterface: packet.outInterface,
      source: SocketAddress(packet.source.address, port: 0),
      destination: SocketAddress(nextHop, port: 0),
      upperProtocol: .icmpv6,
      state: .untracked
    )
    return (asked, question, peer)
  }
}
