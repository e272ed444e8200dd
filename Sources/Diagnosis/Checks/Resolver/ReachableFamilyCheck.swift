internal import NetworkTypes
internal import Observation

/// Servers of a family that a container has no way for.
struct ReachableFamilyCheck: Check {
  let entry = CatalogueEntry(
    number: 53,
    id: "v6-nameserver-unreachable",
    title: "a container has a nameserver of a family that it can't speak",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "The host has an IPv6 server, by DHCPv6 or advertisements, and it is copied into a container that has IPv4"
        + " only.",
      "Asking it fails at once (network is unreachable), or the packet is lost where the host has no way for it."
        + " With luck the resolver goes on to the next server at once; some wait five seconds for each try.",
    ],
    why:
      "connect(2) fails with ENETUNREACH without a route, and glibc goes on to the next server. Where there is a route"
      + " that ends somewhere, nothing fails, and RES_TIMEOUT (5 s) passes.",
    byHand: ["docker exec CONTAINER cat /etc/resolv.conf", "docker exec CONTAINER ip -6 route get SERVER"],
    sources: ["Altinity/clickhouse-operator#2252", "fl#1230", "resolv.conf(5), timeout"]
  )

  private struct Unreachable {
    let server: IPAddress
    let isFirst: Bool
    let obstacle: String
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Unreachable> in
      try judge(item)
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  private func judge(_ item: ContainerCase) throws(Missing) -> ContainerVerdict<Unreachable> {
    guard let use = try item.use() else { return .notApplicable("no container has a resolver configuration") }
    let servers = use.askedByContainer.filter { !$0.isLoopback }
    for (position, server) in servers.enumerated() {
      let hasAddress = item.address(server.family) != nil
      // A missing IPv4 route is the whole network's trouble, not the family's.
      if server.family == .v4, hasAddress { continue }
      if let obstacle = try Self.obstacle(item, server, hasAddress: hasAddress) {
        return .hit(Unreachable(server: server, isFirst: position == 0, obstacle: obstacle))
      }
    }
    return .fine("it has a way for the family of each of its servers")
  }

  private static func obstacle(
    _ item: ContainerCase,
    _ server: IPAddress,
    hasAddress: Bool
  ) throws(Missing) -> String? {
    let family = server.family == .v6 ? "IPv6" : "IPv4"
    if item.bridge.addresses.contains(where: { $0.address == server }) { return nil }
    if server.isLinkLocal, server.family == .v6 { return "a link-local address of another link" }
    if !hasAddress { return "it has no \(family) address" }
    if let inside = item.container.inside {
      switch try inside.routeLookup().way(.init(to: server)) {
      case .none, .refused: return "it has no \(family) route there"
      case .sent, .local, .undecided: break
      }
    }
    switch try item.way(to: server) {
    case .some(.none), .refused: return "the host has no \(family) route there"
    case nil, .sent, .local, .undecided: return nil
    }
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, server: Unreachable)]) -> Judgement
  {
    guard let (item, unreachable) = hits.first(where: { $0.server.isFirst }) ?? hits.first else {
      return .unknown("no container was looked at")
    }
    let others = (try? item.use())?.askedByContainer.filter { $0.family != unreachable.server.family } ?? []
    let engine = item.container.engine ?? bridge.networks.first?.engine
    var remedies: [Remedy] = []
    if let engine, !others.isEmpty {
      remedies.append(
        EngineRemedies.setting(
          "dns",
          json: EngineRemedies.json(others),
          of: engine,
          "new containers get only servers that they can reach."
        )
      )
    }
    remedies.append(
      Remedy(
        .persistent,
        "Or give the containers' network the family that it lacks.",
        commands: ["docker network create --ipv6 NETWORK"]
      )
    )
    return finding(
      bridge.subject,
      severity: unreachable.isFirst ? nil : .info,
      summary:
        "Containers on \(bridge.name) have the nameserver \(unreachable.server), and can't reach it:"
        + " \(unreachable.obstacle).",
      consequence:
        "In \(hits.map(\.item.container).inWords) "
        + (unreachable.isFirst
          ? "it is the first: every lookup tries it before another." : "it is asked only if others fail."),
      evidence: [
        Evidence(
          "/etc/resolv.conf of \(item.container.name)",
          "nameserver \(unreachable.server)",
          unreachable.obstacle
        ),
        Evidence(
          "addresses of \(item.container.name)",
          item.container.addresses.map(\.description).joined(separator: ", "),
          "the families that it has"
        ),
      ],
      remedies: remedies
    )
  }
}
