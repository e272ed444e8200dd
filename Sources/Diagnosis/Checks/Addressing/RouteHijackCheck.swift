internal import NetworkTypes
internal import Observation

/// A default route that leads into a container.
struct RouteHijackCheck: Check {
  let entry = CatalogueEntry(
    number: 21,
    id: "dhcp-client-route-hijack",
    title: "the host's default route leads to a container's interface",
    area: .addressing,
    severity: .critical,
    mechanism: [
      "A DHCP client that looks after every interface (dhcpcd, connman) finds the host's end of a new container's veth."
        + " No server answers, so it gives the interface a link-local configuration, with routes by it: 169.254.0.0/16,"
        + " and with some clients a default route.",
      "With the default route the host looks for the whole Internet behind that container: nothing of what containers"
        + " or the host itself send arrives. It comes and goes as containers start and end.",
      "The link-local route alone takes 169.254.169.254 away, which is the metadata service and, in some clouds, the"
        + " resolver.",
    ],
    why:
      "The kernel takes the default route with the smallest metric (fib_table_lookup, fib_info.fib_priority) and doesn't"
      + " care what is behind it. A route without a gateway makes it ask for the destination itself by ARP there.",
    byHand: [
      "ip route show default          # must not name a veth or docker0",
      "ip -4 addr | grep 169.254",
      "ip monitor route               # the moment a container starts",
    ],
    sources: ["dhcpcd#531", "m#49653", "dhcpcd.conf(5), denyinterfaces"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      let routes = try namespace.state.routes.needed("the routes of \(namespace.state.name)") ?? []
      let inner = try containerSide(of: namespace, host)
      let named = { (index: InterfaceIndex?) -> String? in index.flatMap { inner[$0] } }
      let hijacked = routes.filter { route in
        route.destination.length == 0 && route.type == "unicast"
          && (named(route.interface) != nil || route.hops.contains { named($0.interface) != nil })
      }
      if let first = hijacked.first {
        let name =
          named(first.interface) ?? first.hops.lazy.compactMap { named($0.interface) }.first ?? "a port"
        return finding(
          namespace.subject,
          summary: "A default route of \(namespace.state.name) leads to \(name), a container's interface.",
          consequence: Self.isPreferred(first, of: routes)
            ? "What containers and the host send to the outside goes there and is lost."
            : "It isn't the preferred one now; when the other goes, everything to the outside goes there.",
          evidence: hijacked.map {
            Evidence("rtnetlink", Self.text(of: $0, named), "a container is behind it, no router")
          },
          remedies: remedies(deleting: hijacked.map { "ip route del \(Self.text(of: $0, named))" })
        )
      }
      if let judgement = try linkLocal(namespace, inner, routes) { return judgement }
      return .passed("no default route leads to a container's interface")
    }
  }

  /// 169.254.0.0/16 on a container's port: less is lost.
  private func linkLocal(
    _ namespace: NamespaceView,
    _ inner: [InterfaceIndex: String],
    _ routes: [RouteSnapshot]
  ) throws(Missing) -> Judgement? {
    let ports = Set(namespace.links.filter { $0.kind == "veth" }.map(\.index))
    let taken = routes.filter { route in
      guard let index = route.interface, ports.contains(index), inner[index] != nil else { return false }
      return route.destination.address.family == .v4 && route.destination.address.isLinkLocal
        && route.destination.length == 16
    }
    guard let first = taken.first, let name = first.interface.flatMap({ inner[$0] }) else { return nil }
    return finding(
      namespace.subject,
      severity: .warning,
      summary: "169.254.0.0/16 leads to \(name), a container's interface.",
      consequence: "169.254.169.254 (metadata, in some clouds the resolver) can't be reached.",
      evidence: taken.map {
        Evidence(
          "rtnetlink",
          Self.text(of: $0) { $0.flatMap { inner[$0] } },
          "a DHCP client configured this port"
        )
      },
      remedies: remedies(
        deleting: taken.map { "ip route del \(Self.text(of: $0) { $0.flatMap { inner[$0] } })" }
      )
    )
  }

  /// The interfaces behind which there are containers only, by number: ports, bridges without a way out, and veths
  /// that were taken off their bridge.
  private func containerSide(of namespace: NamespaceView, _ host: HostView) throws(Missing)
    -> [InterfaceIndex: String]
  {
    var found: [InterfaceIndex: String] = [:]
    for bridge in namespace.bridges {
      for container in bridge.containers { found[container.port.index] = container.port.name }
      if bridge.carriesContainers, bridge.outwardPorts.isEmpty { found[bridge.link.index] = bridge.name }
    }
    for orphan in try host.orphans(of: namespace) { found[orphan.link.index] = orphan.link.name }
    return found
  }

  private static func isPreferred(_ route: RouteSnapshot, of routes: [RouteSnapshot]) -> Bool {
    let rivals = routes.filter {
      $0.destination.length == 0 && $0.destination.address.family == route.destination.address.family
        && $0.table == route.table
    }
    return rivals.allSatisfy { ($0.metric ?? 0) >= (route.metric ?? 0) }
  }

  /// A route as ip-route(8) takes it.
  private static func text(of route: RouteSnapshot, _ name: (InterfaceIndex?) -> String?) -> String {
    let isDefault = route.destination.length == 0
    var words = [isDefault ? "default" : route.destination.description]
    if let gateway = route.gateway { words += ["via", gateway.description] }
    if let name = name(route.interface) { words += ["dev", name] }
    if let metric = route.metric { words += ["metric", "\(metric)"] }
    if route.table != 254 { words += ["table", "\(route.table)"] }
    return words.joined(separator: " ")
  }

  private func remedies(deleting commands: [String]) -> [Remedy] {
    [
      Remedy(.runtime, "Delete the route.", commands: commands),
      Remedy(
        .persistent,
        "dhcpcd: leave the engines' interfaces alone, by a line in /etc/dhcpcd.conf: \"denyinterfaces veth* docker* br-*\"."
          + " connman: \"NetworkInterfaceBlacklist=veth,docker,br-\" in /etc/connman/main.conf."
      ),
    ]
  }
}
