internal import Diagnosis
internal import Glibc
internal import Observation

/// Which of a host's results belong to the scopes that somebody asked for.
///
/// A scope is more than its own name: a bridge's containers lose their network by what is wrong with the bridge, a
/// port of it, or the host that it is on. So results about all of these belong to it, and none about other bridges.
struct ScopeFilter {
  /// The subjects that belong to the scopes; nil for all.
  private let subjects: Set<String>?

  /// What belongs to these scopes; throws a usage error for one that isn't there or is two.
  init(_ request: ScopeRequest, on host: HostView) throws(Exit) {
    if let text = request.unclear.first { throw Self.unknown(text, on: host) }
    guard !request.scopes.isEmpty, !request.scopes.contains(.host) else {
      subjects = nil
      return
    }
    let index = ScopeIndex(host, isLive: request.source.isLive)
    var subjects: Set<String> = []
    for scope in request.scopes { subjects.formUnion(try index.subjects(of: scope)) }
    self.subjects = subjects
  }

  /// The bridge of this name; throws a usage error if there is none, or more than one.
  static func bridge(_ name: String, on host: HostView) throws(Exit) -> BridgeView {
    try ScopeIndex(host, isLive: false).bridge(name)
  }

  /// Whether a result about this subject belongs to the scopes.
  func contains(_ subject: Subject) -> Bool { subjects?.contains(subject.description) ?? true }

  /// What a person may have meant.
  static func unknown(_ text: String, on host: HostView) -> Exit {
    let nearest = Spelling.nearest(to: String(text.prefix(64)), among: ScopeIndex(host, isLive: false).names)
    let hint =
      nearest.isEmpty
      ? "A scope is host, bridge:NAME, container:NAME, netns:PATH, engine:SOCKET, a snapshot's file, or -."
      : "Did you mean \(nearest.map(\.harmless).joined(separator: " or "))?"
    return .usage("There is no scope \"\(text.harmless)\". \(hint)")
  }
}

extension SnapshotSource {
  /// Whether it is this machine.
  var isLive: Bool { if case .live = self { true } else { false } }
}

/// The scopes that a host has.
private struct ScopeIndex {
  private let host: HostView
  private let isLive: Bool

  init(_ host: HostView, isLive: Bool) {
    self.host = host
    self.isLive = isLive
  }

  /// All names, as the command line has them.
  var names: [String] {
    let engines = host.snapshot.engines
    let containers =
      host.bridges.flatMap(\.containers).map(\.name)
      + engines.flatMap { ($0.containers.value ?? []).map(\.name) }
    return Array(
      Set(
        ["host"] + host.bridges.map(\.subject.description) + containers.map { "container:\($0)" }
          + host.namespaces.filter { $0.state.role != .machine }.map { "netns:\($0.state.name)" }
          + engines.map { "engine:\($0.sockets.first ?? $0.id)" }
      )
    ).sorted()
  }

  func subjects(of scope: Scope) throws(Exit) -> Set<String> {
    switch scope {
    case .host: []
    case .bridge(let name): subjects(of: try bridge(name))
    case .container(let name): try container(name, scope)
    case .namespace(let name): try namespace(name, scope)
    case .engine(let name): try engine(name, scope)
    }
  }

  /// The bridge of this name: "br0" if only one namespace has it, "br0@NAMESPACE" or "br0@host" otherwise.
  func bridge(_ name: String) throws(Exit) -> BridgeView {
    let named = host.bridges.filter { $0.name == name }
    let exact = host.bridges.filter { "\($0.name)@\($0.namespaceName ?? "host")" == name }
    let found = named.isEmpty ? exact : named
    let scope = Scope.bridge(name)
    if found.count > 1 {
      throw ambiguous(
        scope,
        found.map { "in " + ($0.namespaceName.map { "netns \($0)" } ?? "the machine's own namespace") },
        say: found.map { "bridge:\($0.name)@\($0.namespaceName ?? "host")" }
      )
    }
    guard let bridge = found.first else { throw ScopeFilter.unknown(scope.description, on: host) }
    return bridge
  }

  private func container(_ name: String, _ scope: Scope) throws(Exit) -> Set<String> {
    func fits(_ container: EngineContainer?) -> Bool {
      guard let container else { return false }
      return container.name == name || (name.count >= 12 && container.id.hasPrefix(name))
    }
    let views = host.bridges.flatMap { bridge in
      bridge.containers.filter { $0.name == name || fits($0.container) }.map { (bridge, $0) }
    }
    let owned = host.snapshot.engines.flatMap { engine in
      (engine.containers.value ?? []).filter { fits($0) }.map { (engine, $0) }
    }
    // One container may be on several bridges, and an engine's container on none.
    var identities: [String: String] = [:]
    for (_, view) in views where view.container == nil {
      identities["netns " + (view.inside?.id ?? view.port.name)] = "netns \(view.inside?.name ?? view.name)"
    }
    for (engine, container) in owned { identities[engine.id + " " + container.id] = engine.id }
    if identities.count > 1 {
      throw ambiguous(
        scope,
        identities.values.sorted().map { "in \($0)" },
        say: owned.map { "engine:\($0.0.sockets.first ?? $0.0.id)" }
      )
    }
    if identities.isEmpty { throw ScopeFilter.unknown(scope.description, on: host) }
    var subjects: Set<String> = ["container:\(name)"]
    for (_, container) in owned { subjects.insert("container:\(container.name)") }
    for (bridge, view) in views {
      subjects.formUnion([view.subject.description, bridge.subject.description])
      subjects.insert(Subject.interface(view.port.name, in: bridge.namespaceName).description)
      if let inside = view.inside { subjects.insert("netns:\(inside.name)") }
      subjects.formUnion(surroundings(of: bridge))
    }
    for (engine, _) in owned {
      subjects.insert(Subject.engine(engine.id).description)
      for view in host.namespaces where view.state.id == engine.namespace {
        subjects.insert(view.subject.description)
      }
    }
    return subjects
  }

  private func namespace(_ name: String, _ scope: Scope) throws(Exit) -> Set<String> {
    let last = name.split(separator: "/").last.map(String.init) ?? name
    let number = isLive && name.contains("/") ? Self.number(name) : nil
    let all = host.snapshot.namespaces
    var found = all.filter { $0.id == (number ?? name) }
    if found.isEmpty { found = all.filter { $0.name == last || $0.name == name } }
    if found.count > 1 {
      throw ambiguous(scope, found.map { "number \($0.id)" }, say: found.map { "netns:\($0.id)" })
    }
    guard let state = found.first else { throw ScopeFilter.unknown(scope.description, on: host) }
    var subjects: Set<String> = ["netns:\(state.name)", "container:\(state.name)"]
    for view in host.namespaces where view.state.id == state.id {
      subjects.insert(view.subject.description)
      let namespaceName = view.state.role == .machine ? nil : view.state.name
      for link in view.links { subjects.insert(Subject.interface(link.name, in: namespaceName).description) }
      for bridge in view.bridges { subjects.formUnion(self.subjects(of: bridge)) }
      for engine in view.engines { subjects.insert(Subject.engine(engine.id).description) }
    }
    return subjects
  }

  private func engine(_ name: String, _ scope: Scope) throws(Exit) -> Set<String> {
    let path = name.hasPrefix("unix://") ? String(name.dropFirst(7)) : name
    let found = host.snapshot.engines.filter { $0.id == path || $0.sockets.contains(path) }
    if found.count > 1 { throw ambiguous(scope, found.map(\.id), say: found.map { "engine:\($0.id)" }) }
    guard let engine = found.first else { throw ScopeFilter.unknown(scope.description, on: host) }
    var subjects: Set<String> = [Subject.engine(engine.id).description]
    for bridge in host.bridges where bridge.networks.contains(where: { $0.engine.id == engine.id }) {
      subjects.formUnion(self.subjects(of: bridge))
    }
    for container in engine.containers.value ?? [] {
      subjects.insert(Subject.container(container.name).description)
    }
    for view in host.namespaces where view.state.id == engine.namespace {
      subjects.insert(view.subject.description)
    }
    return subjects
  }

  /// A bridge, its ports and containers, and what is around it.
  private func subjects(of bridge: BridgeView) -> Set<String> {
    var subjects = surroundings(of: bridge)
    subjects.insert(bridge.subject.description)
    for link in bridge.ports + [bridge.link] {
      subjects.insert(Subject.interface(link.name, in: bridge.namespaceName).description)
    }
    for container in bridge.containers {
      subjects.insert(container.subject.description)
      if let inside = container.inside { subjects.insert("netns:\(inside.name)") }
    }
    return subjects
  }

  /// The namespace that a bridge is in with its uplinks, and the engines that use the bridge.
  private func surroundings(of bridge: BridgeView) -> Set<String> {
    var subjects: Set<String> = []
    for view in host.namespaces where view.state.id == bridge.namespace.id {
      subjects.insert(view.subject.description)
      for link in view.uplinks {
        subjects.insert(Subject.interface(link.name, in: bridge.namespaceName).description)
      }
    }
    for (engine, _) in bridge.networks { subjects.insert(Subject.engine(engine.id).description) }
    return subjects
  }

  private func ambiguous(_ scope: Scope, _ places: [String], say: [String]) -> Exit {
    let choices = Array(Set(say)).sorted().map { String($0.prefix(64)).printable }
    return .usage(
      "\(scope.description.harmless) is more than one: \(places.sorted().joined(separator: " and ").printable)."
        + (choices.isEmpty ? "" : " Say \(choices.joined(separator: " or ")).")
    )
  }

  /// The number of the namespace at a path.
  private static func number(_ path: String) -> String? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? String(status.st_ino) : nil
  }
}
