internal import NetworkTypes
internal import Observation

/// A container on a bridge, with what checks of its way to a resolver need.
struct ContainerCase {
  /// The host.
  let host: HostView
  /// The namespace of the bridge.
  let namespace: NamespaceView
  /// The bridge.
  let bridge: BridgeView
  /// The container.
  let container: ContainerView
  private let lookup: Result<RouteLookup, Missing>
  private let resolver: Result<ResolverUse?, Missing>

  init(
    host: HostView,
    namespace: NamespaceView,
    bridge: BridgeView,
    container: ContainerView,
    lookup: Result<RouteLookup, Missing>,
    resolver: Result<ResolverUse?, Missing>
  ) {
    self.host = host
    self.namespace = namespace
    self.bridge = bridge
    self.container = container
    self.lookup = lookup
    self.resolver = resolver
  }

  /// The rules and tables of the bridge's namespace.
  func routes() throws(Missing) -> RouteLookup { try lookup.get() }

  /// Which resolver it uses; nil if it has no resolver configuration.
  func use() throws(Missing) -> ResolverUse? { try resolver.get() }

  /// Its address of a family.
  func address(_ family: IPFamily) -> IPAddress? {
    container.addresses.map(\.address).first { $0.family == family && !$0.isLinkLocal }
  }

  /// How its packet to an address goes on from the bridge; nil if it has no address of that family.
  func way(to destination: IPAddress) throws(Missing) -> RouteLookup.Outcome? {
    guard let source = address(destination.family) else { return nil }
    return try routes().way(.init(to: destination, from: source, arrivingAt: bridge.name))
  }
}

/// What a check thinks of one container.
enum ContainerVerdict<Detail> {
  /// All is well; why.
  case fine(String)
  /// Something is wrong.
  case hit(Detail)
  /// There is nothing to look at; why.
  case notApplicable(String)
}

extension Check {
  /// A result for each bridge with containers: what is wrong with several containers of a bridge is told once.
  /// `empty` judges a bridge without any.
  func eachBridge<Detail>(
    of host: HostView,
    containers judge: (ContainerCase) throws(Missing) -> ContainerVerdict<Detail>,
    found: (BridgeView, [(case: ContainerCase, detail: Detail)]) -> Judgement,
    empty: (NamespaceView, BridgeView) throws(Missing) -> Judgement = { _, _ in
      .notApplicable("no container is on it")
    }
  ) -> [CheckResult] {
    let byId = Dictionary(host.namespaces.map { ($0.state.id, $0) }) { first, _ in first }
    return eachBridge(of: host) { (bridge) throws(Missing) in
      guard let namespace = byId[bridge.namespace.id] else {
        throw Missing(what: "the namespace of \(bridge.name)")
      }
      if bridge.containers.isEmpty { return try empty(namespace, bridge) }
      let survey = ContainerSurvey(host: host, namespace: namespace, bridge: bridge, judge)
      if !survey.hits.isEmpty { return found(bridge, survey.hits) }
      if let missing = survey.missing { throw missing }
      return survey.why.map { .passed($0) } ?? .notApplicable(survey.reason ?? "no container is on it")
    }
  }
}

extension Check {
  /// A result for each Docker daemon, and one "not applicable" if there is none.
  func eachDocker(
    of host: HostView,
    _ judge: (EngineSnapshot) throws(Missing) -> Judgement
  ) -> [CheckResult] {
    let engines = host.snapshot.engines.filter { $0.kind == .docker }
    if engines.isEmpty { return [result(.host, .notApplicable("there is no Docker daemon"))] }
    return engines.map { engine in
      result(.engine(engine.id)) { () throws(Missing) in try judge(engine) }
    }
  }
}

/// What a check thinks of each container of a bridge.
private struct ContainerSurvey<Detail> {
  var hits: [(case: ContainerCase, detail: Detail)] = []
  var missing: Missing?
  var why: String?
  var reason: String?

  init(
    host: HostView,
    namespace: NamespaceView,
    bridge: BridgeView,
    _ judge: (ContainerCase) throws(Missing) -> ContainerVerdict<Detail>
  ) {
    let lookup = Result { () throws(Missing) in try namespace.routeLookup() }
    // Containers of a bridge mostly have the same file.
    var files: [String: ResolverFile] = [:]
    let copied = try? host.copiedServers(of: namespace)
    for container in bridge.containers {
      let text = Result { () throws(Missing) -> String? in
        guard let inside = container.inside else {
          throw Missing(what: "the inside of \(container.name)")
        }
        return try inside.resolver.needed("the resolver configuration of \(container.name)")
      }
      let resolver = text.map { text in
        text.map { text in
          let file = files[text] ?? ResolverFile(text)
          files[text] = file
          return ResolverUse(file, container: container, hostServers: copied)
        }
      }
      let item = ContainerCase(
        host: host,
        namespace: namespace,
        bridge: bridge,
        container: container,
        lookup: lookup,
        resolver: resolver
      )
      do throws(Missing) {
        switch try judge(item) {
        case .fine(let why): self.why = self.why ?? why
        case .hit(let detail): hits.append((item, detail))
        case .notApplicable(let reason): self.reason = self.reason ?? reason
        }
      } catch { missing = missing ?? error }
    }
  }
}

extension [ContainerView] {
  /// "a, b and 3 more".
  var inWords: String {
    let shown = prefix(3).map(\.name).joined(separator: ", ")
    return shown + (count > 3 ? " and \(count - 3) more" : "")
  }
}

extension [IPAddress] {
  /// "a, b".
  var inWords: String { map(\.description).joined(separator: ", ") }
}
