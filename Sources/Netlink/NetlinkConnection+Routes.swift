public import NetlinkCodec
internal import NetworkTypes
internal import WireFormat

extension NetlinkConnection {
  /// The routes of all tables, of one family or of all. Equivalent to: `ip route show table all`.
  public func routes(_ family: AddressFamily = .unspecified) throws(NetlinkError) -> [Route] {
    var request = Route()
    request.family = family
    return try dump(.getRoute, of: .newRoute, for: Purpose("list", "routes"), request.write(to:), Route.init)
  }

  /// Adds a route. Equivalent to: `ip route add …`.
  public func addRoute(_ route: NewRoute) throws(NetlinkError) {
    try perform(
      .newRoute,
      [.create, .exclusive],
      for: Purpose("add", "route to \(route.destination)"),
      route.request.write(to:)
    )
  }

  /// Adds a route, or changes the one with the same destination, priority and table. Equivalent to:
  /// `ip route replace …`.
  public func replaceRoute(_ route: NewRoute) throws(NetlinkError) {
    try perform(
      .newRoute,
      [.create, .replace],
      for: Purpose("replace", "route to \(route.destination)"),
      route.request.write(to:)
    )
  }

  /// Removes the first route that has what `route` says. Equivalent to: `ip route delete …`.
  public func deleteRoute(_ route: NewRoute) throws(NetlinkError) {
    var request = route.request
    // Nowhere and nobody stand for anything.
    request.scope = route.scope ?? .nowhere
    request.routeProtocol = .unspecified
    if route.type == .unicast { request.type = .unspecified }
    try perform(
      .deleteRoute,
      for: Purpose("delete", "route to \(route.destination)"),
      request.write(to:)
    )
  }

  /// The routing rules of one family or of all. Equivalent to: `ip rule show`.
  public func rules(_ family: AddressFamily = .unspecified) throws(NetlinkError) -> [Rule] {
    var request = Rule()
    request.family = family
    return try dump(.getRule, of: .newRule, for: Purpose("list", "rules"), request.write(to:), Rule.init)
  }

  /// Adds a routing rule. Equivalent to: `ip rule add …`.
  public func addRule(_ rule: Rule) throws(NetlinkError) {
    try perform(.newRule, [.create, .exclusive], for: Purpose("add", "rule"), rule.write(to:))
  }

  /// Removes the first rule that has what `rule` says. Equivalent to: `ip rule delete …`.
  public func deleteRule(_ rule: Rule) throws(NetlinkError) {
    try perform(.deleteRule, for: Purpose("delete", "rule"), rule.write(to:))
  }
}
