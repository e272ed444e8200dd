public import NetlinkCodec
public import NetworkTypes

/// A route to be made or removed.
public struct NewRoute: Hashable, Sendable {
  /// Where to.
  public var destination: IPPrefix
  /// The next router; nil if the destination is on the link.
  public var gateway: IPAddress?
  /// The interface to leave by; nil if the gateway's address says it.
  public var index: InterfaceIndex?
  /// Several ways that share the traffic, instead of `gateway` and `index`.
  public var nextHops: [NextHop] = []
  /// What happens to packets.
  public var type = RouteType.unicast
  /// The metric; smaller wins. Nil for the kernel's default: 0, in IPv6 1024.
  public var priority: UInt32?
  /// The source address that the host itself uses.
  public var preferredSource: IPAddress?
  /// The table; 254 is the main one.
  public var table: UInt32 = 254
  /// Who makes it. `ip` says `boot`.
  public var routeProtocol = RouteProtocol.boot
  /// How far the destination is; nil for what follows from the gateway and the type.
  public var scope: RouteScope?

  /// A route to `destination`.
  public init(to destination: IPPrefix, via gateway: IPAddress? = nil, by index: InterfaceIndex? = nil) {
    self.destination = destination
    self.gateway = gateway
    self.index = index
  }

  /// A default route by way of this router.
  public init(defaultVia gateway: IPAddress, by index: InterfaceIndex? = nil) {
    let everything: IPAddress = gateway.family == .v4 ? .v4(.any) : .v6(.any)
    guard let prefix = IPPrefix(everything, length: 0) else { preconditionFailure("0 bits fit any address") }
    self.init(to: prefix, via: gateway, by: index)
  }
}

extension NewRoute {
  /// The route as a request describes it.
  var request: Route {
    var route = Route()
    route.family = AddressFamily(destination.address.family)
    route.destinationLength = UInt8(truncatingIfNeeded: destination.length)
    // The kernel insists that the host part is zero.
    route.destinationAddress = destination.length == 0 ? nil : destination.network.address
    route.gateway = gateway
    route.outputInterface = index
    route.nextHops = nextHops
    route.type = type
    route.priority = priority
    route.preferredSource = preferredSource
    route.table = table
    route.routeProtocol = routeProtocol
    route.scope = scope ?? defaultScope
    return route
  }

  /// As `ip route add` chooses it: IPv6 has no scopes.
  private var defaultScope: RouteScope {
    if destination.address.family == .v6 { return .universe }
    switch type {
    case .local: return .host
    case .unicast, .unspecified, .broadcast, .multicast, .anycast:
      return gateway == nil && nextHops.isEmpty ? .link : .universe
    default: return .universe
    }
  }
}
