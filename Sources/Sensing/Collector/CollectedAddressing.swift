internal import NetworkTypes
internal import Observation

/// Addresses, routes, rules and neighbours of one collected namespace.
struct CollectedAddressing {
  let parts: CollectedParts
  let indices: [String: InterfaceIndex]

  var addresses: Reading<[AddressSnapshot]> {
    parts.json("addresses", IPRouteJSON.Addresses.self).map { all in
      all.flatMap { link in
        (link.addr_info ?? []).compactMap { info -> AddressSnapshot? in
          guard let index = link.ifindex, let local = info.local ?? info.address,
            let address = IPAddress(local),
            let prefix = IPPrefix(address, length: info.prefixlen ?? address.family.addressBits)
          else { return nil }
          let peer = info.local == nil ? nil : info.address.flatMap { IPAddress($0) }
          return AddressSnapshot(
            interface: InterfaceIndex(index),
            prefix: prefix,
            peer: peer,
            scope: info.scope ?? "global",
            flags: info.flags
          )
        }
      }
    }
  }

  var routes: Reading<[RouteSnapshot]> {
    joined(
      parts.json("routes4", IPRouteJSON.Route.self).map { $0.compactMap { route($0, .v4) } },
      parts.json("routes6", IPRouteJSON.Route.self).map { $0.compactMap { route($0, .v6) } }
    )
  }

  private func route(_ route: IPRouteJSON.Route, _ family: IPFamily) -> RouteSnapshot? {
    let table = route.table.map { Self.table($0) } ?? 254
    // What the kernel keeps for itself.
    if table == 255, route.protocol == "kernel" { return nil }
    guard let destination = Self.prefix(route.dst, family) else { return nil }
    func gateway(_ text: String?, _ via: IPRouteJSON.Route.Via?) -> IPAddress? {
      (text ?? via?.host).flatMap { IPAddress($0) }
    }
    return RouteSnapshot(
      destination: destination,
      table: table,
      type: route.type ?? "unicast",
      gateway: gateway(route.gateway, route.via),
      interface: route.dev.flatMap { indices[$0] },
      source: route.prefsrc.flatMap { IPAddress($0) },
      origin: route.protocol ?? "boot",
      scope: route.scope ?? "global",
      metric: route.metric,
      mtu: route.metrics?.compactMap(\.mtu).first,
      hops: (route.nexthops ?? []).map { hop in
        .init(
          gateway: gateway(hop.gateway, hop.via),
          interface: hop.dev.flatMap { indices[$0] },
          weight: hop.weight ?? 1
        )
      }
    )
  }

  var rules: Reading<[RuleSnapshot]> {
    joined(
      parts.json("rules4", IPRouteJSON.Rule.self).map { $0.map { rule($0, .v4) } },
      parts.json("rules6", IPRouteJSON.Rule.self).map { $0.map { rule($0, .v6) } }
    )
  }

  private func rule(_ rule: IPRouteJSON.Rule, _ family: IPFamily) -> RuleSnapshot {
    func prefix(_ text: String?, _ length: Int?) -> IPPrefix? {
      guard let text, text != "all", let address = IPAddress(text) else {
        return text.flatMap { $0 == "all" ? nil : Self.prefix($0, family) }
      }
      return IPPrefix(address, length: length ?? family.addressBits)
    }
    let mark = rule.fwmark.flatMap { Self.number($0) }
    return RuleSnapshot(
      family: family == .v4 ? 4 : 6,
      priority: rule.priority ?? 0,
      action: rule.table == nil ? rule.action ?? "lookup" : "lookup",
      table: rule.table.map { Self.table($0) },
      source: prefix(rule.src, rule.srclen),
      destination: prefix(rule.dst, rule.dstlen),
      inputInterface: rule.iif,
      outputInterface: rule.oif,
      mark: mark,
      markMask: rule.fwmask.flatMap { Self.number($0) } ?? (mark == nil ? nil : .max),
      isInverted: rule.isInverted,
      suppressedPrefixLength: rule.suppress_prefixlen,
      origin: rule.protocol
    )
  }

  var neighbours: Reading<[NeighbourSnapshot]> {
    func neighbours(_ name: String, isProxy: Bool) -> Reading<[NeighbourSnapshot]> {
      parts.json(name, IPRouteJSON.Neighbour.self).map { all in
        all.compactMap { entry in
          guard let address = entry.dst.flatMap({ IPAddress($0) }),
            let index = entry.dev.flatMap({ indices[$0] })
          else { return nil }
          return NeighbourSnapshot(
            interface: index,
            address: address,
            linkAddress: entry.lladdr.flatMap { MACAddress($0) },
            state: entry.state?.first ?? "NONE",
            isProxy: isProxy
          )
        }
      }
    }
    return joined(neighbours("neighbours", isProxy: false), neighbours("proxies", isProxy: true))
  }

  var forwarding: Reading<[ForwardingSnapshot]> {
    parts.json("forwarding", IPRouteJSON.Forwarding.self).map { all in
      all.compactMap { entry in
        guard let address = entry.mac.flatMap({ MACAddress($0) }),
          let port = entry.ifname.flatMap({ indices[$0] }),
          entry.master != nil || !address.isMulticast
        else { return nil }
        let state = entry.state.map { ["permanent", "static"].contains($0) ? [$0] : [] } ?? []
        let known = ["router", "extern_learn", "offload", "sticky"]
        return ForwardingSnapshot(
          bridge: entry.master.flatMap { indices[$0] },
          port: port,
          address: address,
          flags: state + known.filter { (entry.flags ?? []).contains($0) },
          vlan: entry.vlan,
          idle: entry.updated
        )
      }
    }
  }

  var multicast: Reading<[MulticastSnapshot]> {
    parts.json("multicast", IPRouteJSON.Multicast.self).map { all in
      all.flatMap { $0.mdb ?? [] }.compactMap { entry in
        guard let bridge = entry.dev.flatMap({ indices[$0] }), let port = entry.port.flatMap({ indices[$0] }),
          let group = entry.grp
        else { return nil }
        return MulticastSnapshot(
          bridge: bridge,
          port: port,
          group: group,
          isPermanent: entry.state == "permanent",
          vlan: entry.vid
        )
      }
    }
  }

  private func joined<Value>(_ first: Reading<[Value]>, _ second: Reading<[Value]>) -> Reading<[Value]> {
    switch (first, second) {
    case (.unreadable(let reason), _), (_, .unreadable(let reason)): .unreadable(reason: reason)
    default: .value((first.value ?? []) + (second.value ?? []))
    }
  }

  /// "default", "10.0.0.0/8" or "10.0.0.1".
  private static func prefix(_ text: String, _ family: IPFamily) -> IPPrefix? {
    if text == "default" { return IPPrefix(family == .v4 ? "0.0.0.0/0" : "::/0") }
    if let address = IPAddress(text) { return IPPrefix(address, length: family.addressBits) }
    return IPPrefix(text)
  }

  /// A table's number; iproute2 knows three by name.
  private static func table(_ text: String) -> UInt32 {
    switch text {
    case "main": 254
    case "local": 255
    case "default": 253
    default: UInt32(text) ?? 0
    }
  }

  private static func number(_ text: String) -> UInt32? {
    text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
  }
}
