internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes
internal import Observation

extension NewRoute {
  /// A route of a snapshot; nil if its interface isn't there. `indexes` are the interfaces by their numbers in the
  /// snapshot.
  init?(_ route: Observation.RouteSnapshot, _ indexes: [InterfaceIndex: InterfaceIndex]) {
    let index = route.interface.flatMap { indexes[$0] }
    guard route.interface == nil || index != nil else { return nil }
    self.init(to: route.destination, via: route.gateway, by: index)
    type = RouteType.named(route.type)
    table = route.table
    priority = route.metric
    preferredSource = route.source
    routeProtocol = RouteProtocol.named(route.origin)
    scope = RouteScope.named(route.scope)
    nextHops = route.hops.compactMap { hop in
      guard let index = hop.interface.flatMap({ indexes[$0] }) else { return nil }
      return NextHop(by: index, gateway: hop.gateway, weight: hop.weight)
    }
  }
}

extension Rule {
  /// A rule of a snapshot.
  init(_ rule: RuleSnapshot) {
    self.init()
    family = rule.family == 4 ? .v4 : .v6
    priority = rule.priority
    action = RuleAction.named(rule.action)
    extendedTable = rule.table
    sourceAddress = rule.source?.address
    sourceLength = UInt8(truncatingIfNeeded: rule.source?.length ?? 0)
    destinationAddress = rule.destination?.address
    destinationLength = UInt8(truncatingIfNeeded: rule.destination?.length ?? 0)
    inputInterface = rule.inputInterface
    outputInterface = rule.outputInterface
    mark = rule.mark
    markMask = rule.markMask
    // FIB_RULE_INVERT (`linux/fib_rules.h`)
    flags = rule.isInverted ? 2 : 0
    suppressedPrefixLength = rule.suppressedPrefixLength
    ruleProtocol = rule.origin.map(RouteProtocol.named)
  }
}

extension RouteType {
  fileprivate static func named(_ name: String) -> RouteType {
    switch name {
    case "local": .local
    case "broadcast": .broadcast
    case "anycast": .anycast
    case "multicast": .multicast
    case "blackhole": .blackhole
    case "unreachable": .unreachable
    case "prohibit": .prohibit
    case "throw": .tryNextTable
    default: .unicast
    }
  }
}

extension RouteScope {
  fileprivate static func named(_ name: String) -> RouteScope {
    switch name {
    case "site": .site
    case "link": .link
    case "host": .host
    case "nowhere": .nowhere
    default: .universe
    }
  }
}

extension RouteProtocol {
  /// Names of /etc/iproute2/rt_protos; an unknown one is a number.
  fileprivate static func named(_ name: String) -> RouteProtocol {
    switch name {
    case "unspec": .unspecified
    case "redirect": .redirect
    case "kernel": .kernel
    case "static": .administrator
    case "ra": .routerAdvertisement
    case "dhcp": .dhcp
    default: UInt8(name).map { RouteProtocol(rawValue: $0) } ?? .boot
    }
  }
}

extension RuleAction {
  fileprivate static func named(_ name: String) -> RuleAction {
    switch name {
    case "goto": .jump
    case "nop": .nothing
    case "blackhole": .blackhole
    case "unreachable": .unreachable
    case "prohibit": .prohibit
    default: .table
    }
  }
}
