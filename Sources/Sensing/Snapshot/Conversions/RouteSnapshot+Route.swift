internal import NetlinkCodec
internal import NetworkTypes
internal import Observation

extension RouteSnapshot {
  /// A route as the kernel describes it with rtnetlink (`RTM_NEWROUTE`); nil for what the kernel keeps for itself:
  /// its own entries of the table "local" and cached ones, and for other families than IPv4 and IPv6.
  init?(_ route: Route) {
    guard let destination = route.destination, route.flags & Self.cloned == 0,
      route.table != Self.local || route.routeProtocol != .kernel
    else { return nil }
    self.init(
      destination: destination,
      table: route.table,
      type: route.type.name,
      gateway: route.gateway,
      interface: route.outputInterface,
      source: route.preferredSource,
      origin: route.routeProtocol.name,
      scope: route.scope.name,
      metric: route.priority,
      mtu: route.metrics?.mtu,
      hops: route.nextHops.map { Hop(gateway: $0.gateway, interface: $0.index, weight: $0.weight) }
    )
  }

  /// RTM_F_CLONED (`linux/rtnetlink.h`)
  private static let cloned: UInt32 = 0x200
  /// RT_TABLE_LOCAL (`linux/rtnetlink.h`)
  private static let local: UInt32 = 255
}

extension RouteType {
  /// The type as ip-route(8) prints it.
  var name: String {
    switch self {
    case .unicast: "unicast"
    case .local: "local"
    case .broadcast: "broadcast"
    case .anycast: "anycast"
    case .multicast: "multicast"
    case .blackhole: "blackhole"
    case .unreachable: "unreachable"
    case .prohibit: "prohibit"
    case .tryNextTable: "throw"
    default: "\(rawValue)"
    }
  }
}

extension RouteProtocol {
  /// Who made a route, as ip-route(8) prints it (/etc/iproute2/rt_protos as it is delivered).
  var name: String { Self.names[rawValue] ?? "\(rawValue)" }

  private static let names: [UInt8: String] = [
    0: "unspec", 1: "redirect", 2: "kernel", 3: "boot", 4: "static", 8: "gated", 9: "ra", 10: "mrt",
    11: "zebra", 12: "bird", 13: "dnrouted", 14: "xorp", 15: "ntk", 16: "dhcp", 18: "keepalived", 42: "babel",
    186: "bgp", 187: "isis", 188: "ospf", 189: "rip", 192: "eigrp",
  ]
}
