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
      guard !link.isPort else { return nil }
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

/// A link that isn't the uplink, on which the host asks for the resolver itself.
private struct WrongLink {
  let lookup: LookupCase
  let taken: Sighting
  let asked: Sighting
  let name: String
  /// Whether it is a port of the containers' bridge.
  let isPort: Bool

  init?(_ lookup: LookupCase) {
    guard let taken = lookup.journey.requestAtBridge.last else { return nil }
    let server = lookup.lookup.server.address
    // A question that another request asked before may still be open: they are a second apart (retrans_timer).
    let window = taken.time - .milliseconds(1100)..<max(taken.time, lookup.lookup.end) + .milliseconds(1)
    let asked = lookup.history.index.resolutions(within: window).first { seen in
      !seen.resolution.isReply && seen.resolution.target == server
        && seen.sighting.packetType == .outgoing && seen.sighting.interface != lookup.host.uplink
        && seen.sighting.interface != lookup.host.bridge
    }
    guard let asked = asked?.sighting else { return nil }
    let links = HostHistory.links(states: lookup.host.states, events: lookup.host.events)
    let told = links.last { $0.link.index == asked.interface }?.link
    // What a bridge asks is seen at its ports as well, after it.
    self.lookup = lookup
    self.taken = taken
    self.asked = asked
    name = lookup.history.name(asked.interface)
    isPort = told?.master == lookup.host.bridge
  }

  func explanation(meaning: String) -> Explanation {
    Explanation(
      confidence: .certain,
      evidence: [
        lookup.evidence(taken, meaning: "the host took the request, and never sent it on"),
        lookup.evidence(asked, meaning: "it asks for the resolver itself on \(name), not on the uplink"),
        Evidence(time: nil, source: "rtnetlink", value: name, meaning: meaning),
      ],
      decidedBy: "where the host asks for the resolver's link address"
    )
  }
}
