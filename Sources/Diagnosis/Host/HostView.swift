public import NetworkTypes
public import Observation

/// A snapshot, joined: which containers are on which bridge, whose bridge it is, where its traffic leaves.
///
/// It decides nothing; checks do. Made once for each snapshot.
public struct HostView: Sendable {
  /// What was seen.
  public let snapshot: Snapshot
  /// The namespaces that are looked at as hosts: the machine's own, and others with bridges or engines.
  public let namespaces: [NamespaceView]

  /// Joins a snapshot.
  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    let containers = ContainerIndex(snapshot)
    namespaces = snapshot.namespaces.filter { $0.role != .container }.map {
      var view = NamespaceView($0, in: snapshot, containers: containers)
      view.makeCrossings()
      return view
    }
  }

  /// All bridges.
  public var bridges: [BridgeView] { namespaces.flatMap(\.bridges) }
}

/// A namespace with bridges.
public struct NamespaceView: Sendable {
  /// What was seen in it.
  public let state: NamespaceSnapshot
  /// Its bridges, in the order of their numbers; none if the interfaces couldn't be read.
  public let bridges: [BridgeView]
  /// Its interfaces; none if they couldn't be read.
  public let links: [LinkSnapshot]
  /// The interfaces that default routes leave by and that are no bridges with containers on them.
  public let uplinks: [LinkSnapshot]
  /// The engines that run in it.
  public let engines: [EngineSnapshot]
  /// The rules of nftables and of the legacy tables, read; without either, no rules at all.
  let ruleset: Reading<Ruleset>
  /// The same rules as texts.
  let scan: RuleScan
  /// What its containers would send out, by their bridges, and what becomes of it.
  var crossings: [InterfaceIndex: Result<[Crossing], Missing>] = [:]
  private let indices: [InterfaceIndex: Int]

  init(_ state: NamespaceSnapshot, in snapshot: Snapshot, containers: ContainerIndex) {
    self.state = state
    let links = state.links.value ?? []
    self.links = links
    indices = Dictionary(links.enumerated().map { ($1.index, $0) }) { first, _ in first }
    engines = snapshot.engines.filter { $0.namespace == state.id }
    ruleset = Ruleset.reading(of: state)
    var portsByMaster: [InterfaceIndex: [LinkSnapshot]] = [:]
    for link in links { if let master = link.master { portsByMaster[master, default: []].append(link) } }
    let machineSpecific = state.role == .machine ? nil : state.name
    bridges = links.filter { $0.kind == "bridge" }.map { link in
      BridgeView(
        link,
        ports: portsByMaster[link.index] ?? [],
        namespace: state,
        namespaceName: machineSpecific,
        snapshot: snapshot,
        containers: containers
      )
    }
    let ways = (state.routes.value ?? []).filter { $0.destination.length == 0 && $0.type == "unicast" }
    let indices = Set(ways.flatMap { [$0.interface] + $0.hops.map(\.interface) }.compactMap(\.self))
    let populated = Set(bridges.filter { !$0.containers.isEmpty }.map(\.link.index))
    uplinks = links.filter { indices.contains($0.index) && !populated.contains($0.index) }
    scan = RuleScan(state, uplinks: Set(uplinks.map(\.name)))
  }

  /// An interface by its number.
  public func link(_ index: InterfaceIndex) -> LinkSnapshot? { indices[index].map { links[$0] } }

  /// What results are about.
  public var subject: Subject { state.role == .machine ? .host : .namespace(state.name) }

  /// A setting of the namespace, by its name with dots.
  public func setting(_ name: String) -> Reading<String>? { state.settings[name] }

  /// A setting of an interface (or of "all" and "default"), by its pattern in `SnapshotSettings.ofInterface`.
  public func setting(_ pattern: String, of interface: String) -> Reading<String>? {
    state.settings[SnapshotSettings.key(pattern, interface: interface)]
  }
}

/// A bridge with what is on it and who it belongs to.
public struct BridgeView: Sendable {
  /// The bridge's interface.
  public let link: LinkSnapshot
  /// Its ports, in the order of their numbers.
  public let ports: [LinkSnapshot]
  /// The namespace that it is in.
  public let namespace: NamespaceSnapshot
  /// The namespace's name, unless it is the machine's own.
  public let namespaceName: String?
  /// Its addresses with their subnets' lengths; link-local ones too.
  public let addresses: [IPPrefix]
  /// The containers on it.
  public let containers: [ContainerView]
  /// The engines that use it, with the networks that are on it.
  public let networks: [(engine: EngineSnapshot, network: EngineNetwork)]
  /// What the managers' files say about it.
  public let configured: [ConfiguredInterface]

  init(
    _ link: LinkSnapshot,
    ports: [LinkSnapshot],
    namespace: NamespaceSnapshot,
    namespaceName: String?,
    snapshot: Snapshot,
    containers: ContainerIndex
  ) {
    self.link = link
    self.ports = ports
    self.namespace = namespace
    self.namespaceName = namespaceName
    addresses = (namespace.addresses.value ?? []).filter { $0.interface == link.index }.map(\.prefix)
    self.containers = ports.compactMap { containers.behind($0, of: link.name, in: namespace) }
    networks = snapshot.engines.filter { $0.namespace == namespace.id }.flatMap { engine in
      (engine.networks.value ?? []).filter { $0.bridge == link.name }.map { (engine, $0) }
    }
    let all = snapshot.management.interfaces.value ?? []
    configured = namespace.role == .machine ? all.filter { !$0.isPattern && $0.name == link.name } : []
  }

  /// Its name.
  public var name: String { link.name }
  /// What results are about.
  public var subject: Subject { .bridge(link.name, in: namespaceName) }
  /// The addresses that aren't link-local: the containers' gateways.
  public var gateways: [IPPrefix] { addresses.filter { !$0.address.isLinkLocal } }
  /// The containers' subnets.
  public var subnets: [IPPrefix] { gateways.map(\.network) }
  /// Whether an engine made it itself, rather than being given it (`-b`).
  public var isMadeByEngine: Bool { !networks.isEmpty && !isGivenToEngine }
  /// Whether an engine was told to use it (`-b`, `--bridge`, "bridge").
  public var isGivenToEngine: Bool { !givenTo.isEmpty }
  /// The engines that were told to use it.
  public var givenTo: [EngineSnapshot] {
    networks.map(\.engine).filter { $0.settings.value?["bridge"] == "\"\(link.name)\"" }
  }
  /// Whether containers are on it, or an engine puts them there.
  public var isForContainers: Bool { !containers.isEmpty || !networks.isEmpty }
  /// A bridge option as a number.
  public func option(_ name: String) -> Int? { link.bridge?[name].flatMap { Int($0) } }

  /// The containers in words: "a, b and 3 more".
  public var containersInWords: String {
    if containers.isEmpty { return "no container is on it now" }
    let shown = containers.prefix(3).map(\.name)
    let rest = containers.count - shown.count
    return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}

/// A container, or whatever else is in a namespace behind a bridge's port.
public struct ContainerView: Sendable {
  /// Its name: the engine's, or its namespace's.
  public let name: String
  /// The bridge's port that leads to it.
  public let port: LinkSnapshot
  /// The bridge's name.
  public let bridge: String
  /// The namespace inside, if it was looked at.
  public let inside: NamespaceSnapshot?
  /// Its own interface, at the other end of the port, if it was looked at.
  public let interface: LinkSnapshot?
  /// Its engine, if it has one.
  public let engine: EngineSnapshot?
  /// What the engine says about it.
  public let container: EngineContainer?

  /// What results are about.
  public var subject: Subject { .container(name) }
  /// Its addresses on that interface; what its engine says if it wasn't looked at.
  public let addresses: [IPPrefix]
}

/// Which container is behind which port.
struct ContainerIndex {
  /// A namespace, where in the list of its interfaces each of them is, and its addresses by their interfaces.
  private typealias Inside = (
    state: NamespaceSnapshot, positions: [InterfaceIndex: Int], addresses: [InterfaceIndex: [IPPrefix]]
  )

  private let namespaces: [String: Inside]
  private let engines: [String: (EngineSnapshot, EngineContainer)]

  init(_ snapshot: Snapshot) {
    let insides = snapshot.namespaces.map { state -> (String, Inside) in
      let indices = (state.links.value ?? []).enumerated().map { ($1.index, $0) }
      var addresses: [InterfaceIndex: [IPPrefix]] = [:]
      for address in state.addresses.value ?? [] {
        addresses[address.interface, default: []].append(address.prefix)
      }
      return (state.id, (state, Dictionary(indices) { first, _ in first }, addresses))
    }
    namespaces = Dictionary(insides) { first, _ in first }
    let owned = snapshot.engines.flatMap { engine in
      (engine.containers.value ?? []).compactMap { container in
        container.namespace.map { ($0, (engine, container)) }
      }
    }
    engines = Dictionary(owned) { first, _ in first }
  }

  /// What is behind a port; nil if it is no veth, or its other end is in the same namespace.
  func behind(_ port: LinkSnapshot, of bridge: String, in namespace: NamespaceSnapshot) -> ContainerView? {
    guard port.kind == "veth", let peer = port.peer, peer.namespace != namespace.id else { return nil }
    let inside = peer.namespace.flatMap { namespaces[$0] }
    let owner = peer.namespace.flatMap { engines[$0] }
    let interface = inside?.positions[peer.index].flatMap { inside?.state.links.value?[$0] }
    let addresses = interface.map { inside?.addresses[$0.index] ?? [] }
    return ContainerView(
      name: owner?.1.name ?? inside?.state.name ?? "the peer of \(port.name)",
      port: port,
      bridge: bridge,
      inside: inside?.state,
      interface: interface,
      engine: owner?.0,
      container: owner?.1,
      addresses: addresses ?? owner?.1.endpoints.flatMap(\.addresses) ?? []
    )
  }
}

extension IPAddress {
  /// Whether it is in 169.254.0.0/16 or fe80::/10.
  public var isLinkLocal: Bool {
    switch self {
    case .v4(let address): address.rawValue >> 16 == 0xa9fe
    case .v6(let address): address.isLinkLocal
    }
  }
}
