internal import NetworkTypes
internal import Observation

extension CauseID {
  /// A route leads to the resolver by a container network.
  static let subnetOverlap = CauseID(rawValue: "subnet-overlap")
  /// The default route leads into a container.
  static let dhcpClientRouteHijack = CauseID(rawValue: "dhcp-client-route-hijack")
}

/// The host took the request, and looked for the resolver on a link where it isn't: on another bridge.
struct SubnetOverlap: CauseRule {
  let id = CauseID.subnetOverlap
  let suspect = "routes"
  let stages: Set<Stage> = [.forwarding]

  func explain(_ lookup: LookupCase) -> Explanation? {
    WrongLink(lookup).flatMap { link in
      guard !link.isPort, !link.isByPolicy else { return nil }
      return link.explanation(meaning: "a subnet of \(link.name) has the resolver's address")
    }
  }
}

/// The host took the request, and looked for the resolver on a link where it isn't: behind a port of the bridge.
struct DhcpClientRouteHijack: CauseRule {
  let id = CauseID.dhcpClientRouteHijack
  let suspect = "routes"
  let stages: Set<Stage> = [.forwarding]

  func explain(_ lookup: LookupCase) -> Explanation? {
    WrongLink(lookup).flatMap { link in
      guard link.isPort else { return nil }
      return link.explanation(meaning: "\(link.name) is a port of the bridge; a route leads out by it")
    }
  }
}

/// A link that isn't the uplink, on which the host looks for the resolver itself.
struct WrongLink {
  /// How long the kernel takes to give an entry up: three questions, a second apart.
  private static let patience = Duration.milliseconds(3500)

  let lookup: LookupCase
  let taken: Sighting
  let sought: Evidence
  let name: String
  /// Whether it is a port of the containers' bridge.
  let isPort: Bool
  private let isAsked: Bool

  init?(_ lookup: LookupCase) {
    guard let taken = lookup.journey.requestAtBridge.last else { return nil }
    self.lookup = lookup
    self.taken = taken
    let interface: InterfaceIndex
    if let asked = Self.question(lookup, taken) {
      interface = asked.interface
      isAsked = true
      name = lookup.history.name(interface)
      sought = lookup.evidence(
        asked,
        meaning: "it asks for the resolver itself on \(name), not on the uplink"
      )
    } else if let (time, entry) = Self.entry(lookup, taken) {
      interface = entry.interface
      isAsked = false
      name = lookup.history.name(interface)
      sought = Evidence(
        time: time,
        source: "the host, neighbour table",
        value: "\(entry.address) dev \(name) \(entry.reachability)",
        meaning: "it looks for the resolver itself on \(name), not on the uplink"
      )
    } else {
      return nil
    }
    let links = HostHistory.links(states: lookup.host.states, events: lookup.host.events)
    isPort = links.last { $0.link.index == interface }?.link.master == lookup.host.bridge
  }

  /// The host's question for the resolver's link address on such a link.
  private static func question(_ lookup: LookupCase, _ taken: Sighting) -> Sighting? {
    let server = lookup.lookup.server.address
    // A question that another request asked before may still be open: they are a second apart (retrans_timer).
    let window = taken.time - .milliseconds(1100)..<max(taken.time, lookup.lookup.end) + .milliseconds(1)
    return lookup.history.index.resolutions(within: window).first { seen in
      !seen.resolution.isReply && seen.resolution.target == server
        && seen.sighting.packetType == .outgoing && isElsewhere(seen.sighting.interface, lookup)
    }?.sighting
  }

  /// What the kernel told of its search there. While a new interface has no usable link-local address of its own, an
  /// IPv6 host has nothing to ask with (`ndisc_solicit`), and only the entry's end shows that it wanted to.
  private static func entry(_ lookup: LookupCase, _ taken: Sighting) -> (Timestamp, NeighbourEntry)? {
    let end = max(taken.time, lookup.lookup.end) + patience
    for event in lookup.host.events {
      guard event.time >= taken.time, event.time < end, case .neighbour(let entry) = event.kind,
        entry.address == lookup.lookup.server.address, isElsewhere(entry.interface, lookup)
      else { continue }
      return (event.time, entry)
    }
    return nil
  }

  private static func isElsewhere(_ interface: InterfaceIndex, _ lookup: LookupCase) -> Bool {
    interface != lookup.host.uplink && interface != lookup.host.bridge
  }

  /// Whether a routing rule that looks at the source, the mark or the interface led there.
  var isByPolicy: Bool { rule != nil }

  /// The routing rule that leads such a packet somewhere else than others to the same server, if one does.
  var rule: RuleSnapshot? {
    guard let client = lookup.attempt?.client.address else { return nil }
    let query = RouteLookup.Query(
      to: lookup.lookup.server.address,
      from: client,
      arrivingAt: lookup.history.name(lookup.host.bridge)
    )
    guard case .sent(let way)? = lookup.history.way(query, at: taken.time), way.isSelective else {
      return nil
    }
    return way.rule
  }

  func explanation(meaning: String) -> Explanation {
    Explanation(
      confidence: isAsked ? .certain : .likely,
      evidence: [
        lookup.evidence(taken, meaning: "the host took the request, and never sent it on"),
        sought,
        Evidence(time: nil, source: "rtnetlink", value: name, meaning: meaning),
      ],
      decidedBy: "where the host asks for the resolver's link address"
    )
  }
}
