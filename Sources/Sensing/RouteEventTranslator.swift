public import Netlink
public import NetlinkCodec
internal import NetworkTypes
public import Observation

/// Turns rtnetlink's notifications into events about links and neighbours.
///
/// A notification about a bridge's port says little about the link itself, and the state after a loss doesn't
/// say what is gone, so the last known states are kept here.
public struct RouteEventTranslator: Sendable {
  private var links: [InterfaceIndex: LinkState] = [:]

  /// A translator that knows the present links.
  public init(links: [Link] = []) {
    for link in links { self.links[link.index] = LinkState(link) }
  }

  /// The events that a notification stands for, often one; none for addresses, routes, rules, forwarding
  /// entries, and ports about which nothing new is said.
  public mutating func events(for notification: RouteEvent) -> [Event] {
    kinds(for: notification.change).map { Event(time: notification.time, kind: $0) }
  }

  private mutating func kinds(for change: RouteEvent.Change) -> [Event.Kind] {
    switch change {
    case .link(let link):
      let state = LinkState(link)
      links[link.index] = state
      return [.link(state)]
    case .linkRemoved(let link):
      return [.linkRemoved(links.removeValue(forKey: link.index) ?? LinkState(link))]
    case .bridgePort(let link):
      let told = LinkState(link)
      return port(link, master: told.master, told.portState, isIsolated: told.isIsolated)
    case .bridgePortRemoved(let link):
      return port(link, master: nil, nil, isIsolated: nil)
    case .neighbour(let neighbour):
      return NeighbourEntry(neighbour).map { [.neighbour($0)] } ?? []
    case .neighbourRemoved(let neighbour):
      return NeighbourEntry(neighbour).map { [.neighbourRemoved($0)] } ?? []
    case .overrun(let total):
      return [.overrun(source: "rtnetlink", total: total)]
    case .resynchronised(let snapshot):
      return resynchronise(with: snapshot)
    case .address, .addressRemoved, .route, .routeRemoved, .rule, .ruleRemoved, .forwardingEntry,
      .forwardingEntryRemoved:
      return []
    }
  }

  private mutating func port(
    _ link: Link,
    master: InterfaceIndex?,
    _ portState: LinkState.PortState?,
    isIsolated: Bool?
  ) -> [Event.Kind] {
    // The bridge itself tells about itself in this family too, and a port's farewell may come after its end.
    guard let known = links[link.index],
      known.master != master || known.portState != portState || known.isIsolated != isIsolated
    else {
      return []
    }
    let state = known.asPort(of: master, portState, isIsolated: isIsolated)
    links[link.index] = state
    return [.link(state)]
  }

  private mutating func resynchronise(with snapshot: RouteSnapshot) -> [Event.Kind] {
    let present = snapshot.links.map { LinkState($0) }
    let indexes = Set(present.map(\.index))
    let gone = links.values.filter { !indexes.contains($0.index) }.sorted { $0.index < $1.index }
    links = Dictionary(present.map { ($0.index, $0) }) { $1 }
    return gone.map(Event.Kind.linkRemoved) + present.map(Event.Kind.link)
      + snapshot.neighbours.compactMap { NeighbourEntry($0).map(Event.Kind.neighbour) }
  }
}
