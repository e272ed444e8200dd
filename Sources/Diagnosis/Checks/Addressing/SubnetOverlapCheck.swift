internal import NetworkTypes
internal import Observation

/// A containers' subnet that covers somebody else's addresses.
struct SubnetOverlapCheck: Check {
  let entry = CatalogueEntry(
    number: 22,
    id: "subnet-overlap",
    title: "a container network has addresses that are needed elsewhere",
    area: .addressing,
    severity: .critical,
    mechanism: [
      "A container network gets a subnet from the engine's pools (172.17.0.0/16 and on, then 192.168.0.0/20 and on) or"
        + " from a compose file. It covers addresses of the LAN, of a VPN that is connected later, or of the resolver.",
      "The bridge's subnet is a route, and mostly the most specific one. The host then looks for the resolver on the"
        + " bridge, asks by ARP, and nobody answers.",
      "It depends on which networks exist, so it comes and goes with compose projects, and on which networks the VPN"
        + " announces.",
    ],
    why:
      "The route with the longest prefix wins (fib_table_lookup), and an address on an interface makes a route to its"
      + " subnet there. dockerd avoids routes and name servers that it sees when it makes a network, not later ones, and"
      + " none at all for a subnet that is given.",
    byHand: [
      "grep nameserver /etc/resolv.conf; ip route get 192.0.2.53   # for each: must not name a bridge",
      "ip route; docker network inspect -f '{{.Name}} {{range .IPAM.Config}}{{.Subnet}} {{end}}' $(docker network ls -q)",
    ],
    sources: ["fl#418", "fl#599", "docker/buildx#191", "dockerd(8), default-address-pools, bip"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      _ = try bridge.namespace.addresses.needed("the addresses of \(bridge.name)")
      guard !bridge.subnets.isEmpty else { return .notApplicable("it has no subnet") }
      let routes = try bridge.namespace.routes.needed("the routes of \(bridge.namespace.name)") ?? []
      let servers = Self.servers(for: bridge, host)
      let covered = servers.filter { Self.isCovered($0.address, by: bridge) }
      let conflicts = routes.compactMap { Conflict($0, with: bridge) }
      guard covered.isEmpty, conflicts.isEmpty else { return overlap(bridge, covered, conflicts) }
      // What can't be read could hold a server that is covered, unless nothing is looked up there.
      if case .unreadable(let reason) = bridge.namespace.resolver {
        throw Missing(what: "the name servers of \(bridge.namespace.name): \(reason)")
      }
      return .passed(
        "no other route and none of \(servers.count) name servers is in \(bridge.subnets.map(\.description).joined(separator: ", "))"
      )
    }
  }

  private func overlap(_ bridge: BridgeView, _ covered: [NameServer], _ conflicts: [Conflict]) -> Judgement {
    // A wide route (a VPN's 10.0.0.0/8) from which somebody gave the containers a part may be as it is meant.
    let isMeant = covered.isEmpty && conflicts.allSatisfy(\.isWide)
    let servers = covered.map { server in
      Evidence(server.source, "nameserver \(server.address)", "the host looks for it on \(bridge.name)")
    }
    let routes = conflicts.map { conflict in
      Evidence(
        "rtnetlink",
        "\(conflict.route.destination) dev \(conflict.interface)",
        "overlaps with \(conflict.subnet) on \(bridge.name)"
          + (conflict.isWide ? ", which is a part of it" : "")
      )
    }
    let what = covered.first.map { "the name server \($0.address)" } ?? "\(conflicts[0].route.destination)"
    return finding(
      bridge.subject,
      severity: isMeant ? .warning : nil,
      confidence: isMeant ? .possible : .certain,
      summary: "\(bridge.name)'s subnet covers \(what).",
      consequence: covered.isEmpty
        ? "Machines there can't be reached from this host and its containers where \(bridge.name) has the longer prefix."
        : "Lookups of the host and of containers are sent to \(bridge.name), where nobody has that address.",
      evidence: servers + routes,
      remedies: [
        Remedy(
          .runtime,
          "Until the network has another subnet: a route to the server by the right interface.",
          commands: covered.map {
            "ip route add \($0.address)/\($0.address.family.addressBits) via GATEWAY dev UPLINK"
          }
        ),
        Remedy(
          .persistent,
          bridge.isGivenToEngine || bridge.networks.isEmpty
            ? "Give \(bridge.name) another subnet where it is configured, and the engine that uses it the same (fixed-cidr)."
            : "Make the network anew with another subnet (docker network create --subnet); for docker0 set \"bip\" and"
              + " \"default-address-pools\" in daemon.json to addresses that nobody else has."
        ),
      ]
    )
  }

  private struct NameServer: Hashable {
    let address: IPAddress
    let source: String
  }

  /// The servers that the host and the containers behind it ask, once each.
  private static func servers(for bridge: BridgeView, _ host: HostView) -> [NameServer] {
    var texts: [(String, String)] = []
    if let own = bridge.namespace.resolver.value {
      texts.append(("resolver configuration of \(bridge.namespace.name)", own))
    }
    if bridge.namespace.role == .machine {
      for (path, text) in host.snapshot.management.resolverFiles.sorted(by: { $0.key < $1.key }) {
        if let text = text.value { texts.append((path, text)) }
      }
    }
    var found: [NameServer] = []
    for namespace in host.namespaces where namespace.state.id == bridge.namespace.id {
      for container in namespace.bridges.flatMap(\.containers) {
        if let text = container.inside?.resolver.value {
          texts.append(("resolver configuration of \(container.name)", text))
        }
        found += (container.container?.dns ?? []).compactMap { IPAddress($0) }.map {
          NameServer(address: $0, source: "\(container.name), its engine's --dns")
        }
      }
    }
    found += texts.flatMap { source, text in
      ResolverFile(text).addresses.map { NameServer(address: $0, source: source) }
    }
    var seen: Set<IPAddress> = []
    return found.filter { seen.insert($0.address).inserted }
  }

  /// Whether an address is in a bridge's subnet and nobody's there: not the host's own, nor a container's.
  private static func isCovered(_ address: IPAddress, by bridge: BridgeView) -> Bool {
    guard bridge.subnets.contains(where: { $0.contains(address) }), bridge.outwardPorts.isEmpty else {
      return false
    }
    let own = (bridge.namespace.addresses.value ?? []).map(\.prefix.address)
    return !own.contains(address) && bridge.owners().owners[address] == nil
  }

  /// A route to somewhere else that shares addresses with a bridge's subnet.
  private struct Conflict {
    let route: RouteSnapshot
    let subnet: IPPrefix
    let interface: String
    /// Whether the route is wider than the subnet and leads on by a gateway or a tunnel: its owner may have given
    /// the containers a part of it.
    let isWide: Bool

    init?(_ route: RouteSnapshot, with bridge: BridgeView) {
      guard route.type == "unicast", route.destination.length > 0, let index = route.interface,
        index != bridge.link.index, !route.destination.address.isLinkLocal,
        let subnet = bridge.subnets.first(where: { $0.overlaps(route.destination) }),
        !bridge.ports.contains(where: { $0.index == index })
      else { return nil }
      // A route for one address of the subnet (a container's own, a workaround) is more specific on purpose.
      guard route.destination.length < route.destination.address.family.addressBits else { return nil }
      self.route = route
      self.subnet = subnet
      interface = bridge.namespace.links.value?.first { $0.index == index }?.name ?? "interface \(index)"
      isWide = route.destination.length < subnet.length && route.origin != "kernel"
    }
  }
}
