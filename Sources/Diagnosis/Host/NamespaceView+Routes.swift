internal import NetworkTypes
internal import Observation

extension NamespaceView {
  /// The namespace's rules and tables; throws if they couldn't be read.
  func routeLookup() throws(Missing) -> RouteLookup { try state.routeLookup() }

  /// How a packet from a container's address, arriving at the bridge, goes to an address.
  func way(
    to destination: IPAddress,
    from container: IPAddress,
    arrivingAt bridge: BridgeView,
    mark: UInt32 = 0
  ) throws(Missing) -> RouteLookup.Outcome {
    try routeLookup().way(.init(to: destination, from: container, arrivingAt: bridge.name, mark: mark))
  }

  /// How the host itself goes to an address.
  func way(to destination: IPAddress) throws(Missing) -> RouteLookup.Outcome {
    try routeLookup().way(.init(to: destination))
  }

  /// The interfaces of a way.
  func links(of outcome: RouteLookup.Outcome) -> [LinkSnapshot] {
    guard case .sent(let way) = outcome else { return [] }
    return way.hops.compactMap { $0.interface.flatMap { link($0) } }
  }

  /// A way in words: "eth0 via 192.0.2.1".
  func words(for outcome: RouteLookup.Outcome) -> String {
    switch outcome {
    case .local: return "this host itself"
    case .none: return "no route"
    case .refused(let type, _): return "refused (\(type))"
    case .undecided(let why): return "undecided (\(why))"
    case .sent(let way):
      let hops = way.hops.map { hop in
        let name = hop.interface.map { link($0)?.name ?? "interface \($0)" } ?? "an unknown interface"
        return name + (hop.gateway.map { " via \($0)" } ?? "")
      }
      return hops.isEmpty ? "a route without an interface" : hops.joined(separator: ", or ")
    }
  }
}

extension NamespaceSnapshot {
  /// Its rules and tables; throws if they couldn't be read.
  func routeLookup() throws(Missing) -> RouteLookup {
    RouteLookup(
      rules: try rules.needed("the routing rules of \(name)") ?? [],
      routes: try routes.needed("the routes of \(name)") ?? [],
      addresses: try addresses.needed("the addresses of \(name)") ?? [],
      links: try links.needed("the interfaces of \(name)") ?? []
    )
  }
}
