public import NetlinkCodec
public import NetworkTypes
internal import WireFormat

/// A change that a monitor noticed.
public struct RouteEvent: Hashable, Sendable {
  /// When the notification was received; the kernel itself says no time.
  public let time: Timestamp
  /// What changed.
  public let change: Change

  /// What changed.
  public enum Change: Hashable, Sendable {
    /// A link was made or changed, and is now so.
    indirect case link(Link)
    /// A link is gone.
    indirect case linkRemoved(Link)
    /// A port joined a bridge or changed there, and is now so.
    indirect case bridgePort(Link)
    /// A port left its bridge.
    indirect case bridgePortRemoved(Link)
    /// An address was given or changed.
    case address(InterfaceAddress)
    /// An address was taken away.
    case addressRemoved(InterfaceAddress)
    /// A route was made or changed.
    indirect case route(Route)
    /// A route is gone.
    indirect case routeRemoved(Route)
    /// A rule was made.
    case rule(Rule)
    /// A rule is gone.
    case ruleRemoved(Rule)
    /// A neighbour entry was made or changed.
    case neighbour(Neighbour)
    /// A neighbour entry is gone.
    case neighbourRemoved(Neighbour)
    /// A forwarding entry of a bridge was made or changed.
    case forwardingEntry(Neighbour)
    /// A forwarding entry of a bridge is gone.
    case forwardingEntryRemoved(Neighbour)
    /// Notifications were lost; so often so far.
    case overrun(total: Int)
    /// The state after notifications were lost. What follows may repeat what it contains.
    case resynchronised(RouteSnapshot)
  }

  /// A change at a time.
  public init(time: Timestamp, _ change: Change) {
    self.time = time
    self.change = change
  }
}

extension RouteEvent.Change {
  /// The change that a notification tells of; nil for other messages.
  init?(_ header: NetlinkHeader, _ payload: inout ByteReader) throws(WireError) {
    switch header.type {
    case .newLink:
      let link = try Link(&payload)
      self = link.family == .bridge ? .bridgePort(link) : .link(link)
    case .deleteLink:
      let link = try Link(&payload)
      // In the family of bridges it is only the port that goes.
      self = link.family == .bridge ? .bridgePortRemoved(link) : .linkRemoved(link)
    case .newAddress: self = .address(try InterfaceAddress(&payload))
    case .deleteAddress: self = .addressRemoved(try InterfaceAddress(&payload))
    case .newRoute: self = .route(try Route(&payload))
    case .deleteRoute: self = .routeRemoved(try Route(&payload))
    case .newRule: self = .rule(try Rule(&payload))
    case .deleteRule: self = .ruleRemoved(try Rule(&payload))
    case .newNeighbour:
      let neighbour = try Neighbour(&payload)
      self = neighbour.family == .bridge ? .forwardingEntry(neighbour) : .neighbour(neighbour)
    case .deleteNeighbour:
      let neighbour = try Neighbour(&payload)
      self = neighbour.family == .bridge ? .forwardingEntryRemoved(neighbour) : .neighbourRemoved(neighbour)
    default: return nil
    }
  }
}
