internal import NetworkTypes
public import Observation

/// Something that a fault must leave behind on a host that it hit.
///
/// Marks are looked for apart from diagnosis, so that a cause that was named without them is noticed.
public enum EvidenceMark: Hashable, Sendable {
  /// The bridge's link address changed, as rtnetlink told.
  case bridgeAddressChanged
  /// The bridge, or a container that asked nothing, dropped frames that were for another link address.
  case otherHostDropped
  /// One of these counters of the host's namespace grew.
  case counterGrew([String])
  /// A setting whose name has this text in it has this value.
  case setting(String, String)
  /// The ruleset has this text in it.
  case rulesetHas(String)
  /// The older packet filter's rules have this text in them.
  case legacyRulesHave(String)
  /// A frame left the uplink with a source in the containers' subnet.
  case untranslatedSource
  /// Spanning tree kept a port from forwarding.
  case portHeldBack
  /// Two link addresses claimed one Internet address.
  case twoOwners
  /// The link address of a bridge's port changed while it was one, as rtnetlink told.
  case portAddressChanged
  /// Frames came in at a port with the bridge's own link address as their source.
  case ownAddressFromPort
  /// The host held a link address for a container's address that is another container's.
  case staleNeighbour
  /// A link address that was never the bridge's spoke for one of its addresses.
  case gatewayClaimed
  /// Two ports of the bridge were isolated.
  case portIsolated
  /// An address of the bridge was gone.
  case addressMissing
  /// An answer for a container left the uplink again.
  case answerTurnedBack
  /// The host asked for the resolver's own link address elsewhere than on the uplink.
  case askedForServer
}

extension EvidenceMark {
  /// Whether the mark is to be seen on a host; nil if this kernel doesn't have what would show it.
  public func isLeft(on host: HostObservation) -> Bool? {
    switch self {
    case .otherHostDropped where !host.states.contains { $0.links.contains { $0.otherHostDropped != nil } }:
      nil
    case .bridgeAddressChanged: host.bridgeAddresses.count > 1
    case .otherHostDropped:
      Self.otherHostGrew(in: host.states, at: host.bridge)
        || host.containers.contains { Self.otherHostGrew(in: $0.states, at: nil) }
    case .counterGrew(let names) where !names.contains { host.states.first?.counters[$0] != nil }: nil
    case .counterGrew(let names):
      names.contains { name in
        guard let first = host.states.first?.counters[name], let last = host.states.last?.counters[name]
        else { return false }
        return last > first
      }
    case .setting(let text, let value):
      host.states.contains { state in
        state.settings.contains { $0.key.contains(text) && $0.value.value == value }
      }
    case .rulesetHas(let text): host.states.contains { $0.ruleset.value?.contains(text) ?? false }
    case .legacyRulesHave(let text):
      host.states.contains { state in state.legacyTables.values.contains { $0.value?.contains(text) ?? false }
      }
    case .untranslatedSource:
      host.sightings.contains { sighting in
        guard sighting.interface == host.uplink, sighting.packetType == .outgoing,
          case .dns(let message) = sighting.content
        else { return false }
        return host.subnets.contains { $0.contains(message.source.address) }
      }
    case .portHeldBack:
      host.events.contains { event in
        guard case .link(let link) = event.kind, link.master == host.bridge else { return false }
        return link.portState == .listening || link.portState == .learning
      }
    case .twoOwners: host.owners.values.contains { $0.count > 1 }
    case .staleNeighbour, .addressMissing:
      host.states.contains { $0.addresses != nil } ? isLeftInAddresses(host) : nil
    case .portAddressChanged, .ownAddressFromPort, .gatewayClaimed, .portIsolated, .answerTurnedBack,
      .askedForServer:
      isLeftInFrames(host)
    }
  }

  private static func otherHostGrew(in states: [NamespaceState], at index: InterfaceIndex?) -> Bool {
    func total(_ state: NamespaceState?) -> UInt64 {
      (state?.links ?? []).filter { index == nil || $0.index == index }
        .reduce(0) { $0 + ($1.otherHostDropped ?? 0) }
    }
    return total(states.last) > total(states.first)
  }
}

extension HostObservation {
  /// The link addresses that the bridge had, in any state or event.
  var bridgeAddresses: Set<MACAddress> {
    var addresses = Set(states.flatMap(\.links).filter { $0.index == bridge }.compactMap(\.address))
    for event in events {
      if case .link(let link) = event.kind, link.index == bridge, let address = link.address {
        addresses.insert(address)
      }
    }
    return addresses
  }

  /// The link addresses that spoke for each Internet address of the containers' subnets.
  fileprivate var owners: [IPAddress: Set<MACAddress>] {
    var owners: [IPAddress: Set<MACAddress>] = [:]
    for sighting in sightings {
      guard case .resolution(let resolution) = sighting.content, let link = resolution.senderLink,
        !gateways.contains(resolution.sender), subnets.contains(where: { $0.contains(resolution.sender) })
      else { continue }
      owners[resolution.sender, default: []].insert(link)
    }
    return owners
  }
}

extension EvidenceMark {
  /// What the mark is, for a person.
  public var words: String {
    switch self {
    case .bridgeAddressChanged: "the bridge's MAC changed (rtnetlink)"
    case .otherHostDropped: "frames for another MAC were dropped (rx_otherhost_dropped)"
    case .counterGrew(let names): "a counter grew (\(names.joined(separator: " or ")))"
    case .setting(let text, let value): "a setting *\(text)* was \(value)"
    case .rulesetHas(let text): "the ruleset has \"\(text)\""
    case .legacyRulesHave(let text): "the legacy rules have \"\(text)\""
    case .untranslatedSource: "requests left the uplink with a container's own address"
    case .portHeldBack: "spanning tree held a port back (listening or learning)"
    case .twoOwners: "two MACs spoke for one address"
    case .portAddressChanged: "a port's MAC changed (rtnetlink)"
    case .ownAddressFromPort: "frames with the bridge's own MAC as their source came in at a port"
    case .staleNeighbour: "the host held another container's MAC for a container's address"
    case .gatewayClaimed: "a MAC that was never the bridge's spoke for its address"
    case .portIsolated: "two ports were isolated"
    case .addressMissing: "an address of the bridge was gone"
    case .answerTurnedBack: "an answer for a container left the uplink again"
    case .askedForServer: "the host asked for the resolver by ARP or ND elsewhere than on the uplink"
    }
  }
}
