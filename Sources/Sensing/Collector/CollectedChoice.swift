internal import Observation

/// Which of the namespaces that the collector entered matter, as what.
struct CollectedChoice {
  private(set) var namespaces: [NamespaceSnapshot] = []

  init(
    _ collected: [CollectedNamespace],
    machine: String,
    engines: [EngineSnapshot],
    processes: CollectedProcesses,
    mounts: [Substring],
    resolver: Reading<String>
  ) {
    var names: [String: String] = [:]
    for line in mounts {
      let words = line.split(separator: " ", maxSplits: 1)
      guard words.count == 2, let name = words[1].split(separator: "/").last else { continue }
      names[String(words[0])] = String(name)
    }
    for container in engines.flatMap({ $0.containers.value ?? [] }) {
      if let id = container.namespace { names[id] = container.name }
    }
    let ofEngines = Set(engines.compactMap(\.namespace))
    for namespace in collected {
      let all = processes.byNamespace[namespace.id] ?? []
      let isHost =
        namespace.hasBridge || ofEngines.contains(namespace.id)
        || all.contains { ResolverPrograms.daemons.contains($0.name) }
      let role: NamespaceSnapshot.Role = namespace.id == machine ? .machine : isHost ? .host : .container
      let first = all.first.map { "pid \($0.pid) (\($0.name))" }
      namespaces.append(
        namespace.state(
          role: role,
          name: role == .machine ? "machine" : names[namespace.id] ?? first ?? "namespace \(namespace.id)",
          processes: processes,
          resolver: role == .machine ? resolver : nil
        )
      )
    }
    // The machine's own comes first.
    namespaces = namespaces.filter { $0.role == .machine } + namespaces.filter { $0.role != .machine }
  }

  /// Leaves out what is neither a host nor connected to one.
  static func prune(_ namespaces: inout [NamespaceSnapshot], _ engines: [EngineSnapshot]) {
    let hosts = namespaces.filter { $0.role != .container }
    let ports = hosts.flatMap { $0.links.value ?? [] }.filter { $0.master != nil }
    let connected = Set(ports.compactMap { $0.peer?.namespace })
    let owned = Set(engines.flatMap { ($0.containers.value ?? []).compactMap(\.namespace) })
    namespaces.removeAll { namespace in
      namespace.role == .container && !connected.contains(namespace.id) && !owned.contains(namespace.id)
    }
  }
}
