internal import NetworkTypes
internal import Observation

extension CauseID {
  /// A flooded frame left a connection tracking entry without translation, which a later request uses.
  static let ctFloodedEntry = CauseID(rawValue: "ct-flooded-entry")
}

/// With `bridge-nf-call-iptables`, frames that the bridge floods run through the packet filter and leave entries
/// whose way out was a port. Requests from the same port within the entry's lifetime leave untranslated.
struct CtFloodedEntry: CauseRule {
  let id = CauseID.ctFloodedEntry
  let suspect = "connection tracking"
  let stages: Set<Stage> = [.translation]

  /// `net.netfilter.nf_conntrack_udp_timeout` unless somebody changed it.
  static let defaultLifetime = Duration.seconds(30)

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let client = lookup.attempt?.client,
      let (frame, source) = lookup.journey.requestAtUplink.last,
      source == client, let flooded = floodedBefore(frame.time, client, lookup),
      lookup.history.ruleset(at: frame.time).value?
        .translatesSource(of: lookup.packet(out: lookup.host.uplink)) == true
    else { return nil }
    let name = BrNetfilter.setting(lookup.family)
    let setting = lookup.history.setting(name, at: flooded.time).value
    if setting == "0" { return nil }
    let evidence = [
      lookup.evidence(
        frame,
        meaning: "the request leaves the host with the container's own address"
      ),
      lookup.evidence(
        flooded,
        meaning:
          "a request from the same address and port was flooded before, and left an entry untranslated"
      ),
      Evidence(
        time: nil,
        source: "nft list ruleset",
        value: "masquerade or snat on hook postrouting",
        meaning: "the rules translate this flow if no entry exists yet"
      ),
      Evidence(
        time: nil,
        source: "sysctl",
        value: "\(name) = \(setting ?? "unknown")",
        meaning: "flooded frames run through the packet filter and connection tracking"
      ),
    ]
    return Explanation(
      confidence: setting == "1" ? .likely : .possible,
      evidence: evidence,
      decidedBy: "the flow's connection tracking entry"
    )
  }

  /// The frame of the same flow that was flooded before and whose entry can still live: every later packet of the
  /// flow renews it.
  private func floodedBefore(_ time: Timestamp, _ client: SocketAddress, _ lookup: LookupCase)
    -> Sighting?
  {
    let name = "net.netfilter.nf_conntrack_udp_timeout"
    let lifetime =
      lookup.history.setting(name, at: time).value.flatMap(Int.init).map { Duration.seconds($0) }
      ?? Self.defaultLifetime
    let start = Timestamp(nanoseconds: Int64.min)
    let before = lookup.history.index.requests(from: client, within: start..<time).filter {
      $0.message.destination == lookup.lookup.server
    }
    var renewed = time
    for (sighting, _) in before.reversed() {
      guard renewed - sighting.time <= lifetime else { return nil }
      let isFlooded =
        sighting.packetType == .outgoing && sighting.interface != lookup.host.uplink
        && sighting.interface != lookup.host.bridge && sighting.interface != lookup.container.port
      if isFlooded { return sighting }
      // Only what reached connection tracking renews the entry; any packet that left untranslated did.
      if sighting.interface == lookup.host.uplink { renewed = sighting.time }
    }
    return nil
  }
}
