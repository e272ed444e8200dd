internal import Netlink
internal import NetlinkCodec
public import NetworkTypes

/// A change of a host's routes and routing rules.
public enum RoutingAction: Hashable, Sendable {
  /// Adds a route by an interface, in a table (254 is the main one).
  case addRoute(to: IPPrefix, via: IPAddress?, link: String, table: UInt32)
  /// Adds a route by an interface to the main table, or exchanges the one with the same destination; without a
  /// gateway the destination is taken to be on the link.
  case replaceRoute(to: IPPrefix, via: IPAddress?, link: String)
  /// Deletes the first route to a destination in a table.
  case deleteRoute(to: IPPrefix, table: UInt32)
  /// Has packets with a mark looked up in a table, before the rules of greater priority.
  case addMarkRule(mark: UInt32, family: IPFamily, table: UInt32, priority: UInt32)
  /// Has packets from a subnet looked up in a table, before the rules of greater priority.
  case addSourceRule(from: IPPrefix, table: UInt32, priority: UInt32)
}

extension RoutingAction {
  /// The command that does the same on a real host.
  var command: String {
    switch self {
    case .addRoute(let destination, let gateway, let link, let table):
      "ip \(Self.option(destination))route add \(Self.name(destination))"
        + (gateway.map { " via \($0)" } ?? "") + " dev \(link)\(Self.suffix(table))"
    case .replaceRoute(let destination, let gateway, let link):
      "ip \(Self.option(destination))route replace \(Self.name(destination))"
        + (gateway.map { " via \($0)" } ?? "") + " dev \(link)"
    case .deleteRoute(let destination, let table):
      "ip \(Self.option(destination))route del \(Self.name(destination))\(Self.suffix(table))"
    case .addMarkRule(let mark, let family, let table, let priority):
      "ip \(family == .v6 ? "-6 " : "")rule add pref \(priority) fwmark \(mark) lookup \(table)"
    case .addSourceRule(let source, let table, let priority):
      "ip \(Self.option(source))rule add pref \(priority) from \(source) lookup \(table)"
    }
  }

  /// Carries it out over a host's rtnetlink.
  func perform(on connection: NetlinkConnection) throws {
    switch self {
    case .addRoute(let destination, let gateway, let link, let table):
      var route = NewRoute(to: destination, via: gateway, by: try connection.link(named: link).index)
      route.table = table
      try connection.addRoute(route)
    case .replaceRoute(let destination, let gateway, let link):
      try connection.replaceRoute(
        NewRoute(to: destination, via: gateway, by: connection.link(named: link).index)
      )
    case .deleteRoute(let destination, let table):
      var route = NewRoute(to: destination)
      route.table = table
      try connection.deleteRoute(route)
    case .addMarkRule(let mark, let family, let table, let priority):
      var rule = Rule()
      rule.family = AddressFamily(family)
      rule.action = .table
      rule.mark = mark
      rule.extendedTable = table
      rule.priority = priority
      try connection.addRule(rule)
    case .addSourceRule(let source, let table, let priority):
      var rule = Rule()
      rule.family = AddressFamily(source.address.family)
      rule.action = .table
      rule.sourceAddress = source.address
      rule.sourceLength = UInt8(truncatingIfNeeded: source.length)
      rule.extendedTable = table
      rule.priority = priority
      try connection.addRule(rule)
    }
  }

  private static func option(_ destination: IPPrefix) -> String {
    destination.address.family == .v6 ? "-6 " : ""
  }

  private static func name(_ destination: IPPrefix) -> String {
    destination.length == 0 ? "default" : destination.description
  }

  private static func suffix(_ table: UInt32) -> String { table == 254 ? "" : " table \(table)" }
}
