internal import NetworkTypes
internal import Observation

/// Compares two snapshots.
struct SnapshotComparison {
  let left: Snapshot
  let right: Snapshot

  /// Whether both are of one machine: only then a MAC or an address that differs has changed.
  private var isOneMachine: Bool { left.origin.host == right.origin.host }

  func run(into collector: inout DifferenceCollector) {
    machine(&collector)
    namespaces(&collector)
    engines(&collector)
    management(&collector)
  }

  private func machine(_ collector: inout DifferenceCollector) {
    collector.compare(left.origin.kernel, right.origin.kernel, "host", "kernel", .kernel)
    if isOneMachine { collector.compare(left.origin.bootId, right.origin.bootId, "host", "boot", .boot) }
    let modules = collector.both(left.machine.modules, right.machine.modules, "modules", none: [])
    if let (before, after) = modules {
      collector.compareSets(before.sorted(), after.sorted(), "host", "modules", .modules)
    }
    SettingsComparison.compare(left.machine.settings, right.machine.settings, "host", &collector)
    func words(_ value: Bool) -> String { value ? "yes" : "no" }
    collector.compare(
      left.machine.hasModulesFolder,
      right.machine.hasModulesFolder,
      "host",
      "whether the running kernel's modules are there",
      .kernel,
      words: words
    )
    collector.compare(
      left.machine.udevRuns,
      right.machine.udevRuns,
      "host",
      "whether udev runs",
      .management,
      words: words
    )
    collector.compare(
      left.machine.processors,
      right.machine.processors,
      "host",
      "processors",
      Significance(.minor, "With fewer processors frames wait longer."),
      words: { "\($0)" }
    )
  }

  private func namespaces(_ collector: inout DifferenceCollector) {
    let (before, after) = (paired(left), paired(right))
    for key in before.keys.sorted() {
      guard let old = before[key], let new = after[key] else { continue }
      NamespaceComparison(left: old, right: new, isOneMachine: isOneMachine).run(into: &collector)
    }
    func names(_ all: [String: NamespaceSnapshot], isContainer: Bool) -> [String] {
      all.values.filter { ($0.role == .container) == isContainer }.map(\.name).sorted()
    }
    collector.compareSets(
      names(before, isContainer: false),
      names(after, isContainer: false),
      "host",
      "network namespaces with bridges",
      .presence(of: "bridge")
    )
    collector.compareSets(
      names(before, isContainer: true),
      names(after, isContainer: true),
      "host",
      "containers",
      .containers
    )
  }

  /// The namespaces by what they are called; of several with one name none can be told from the others.
  private func paired(_ snapshot: Snapshot) -> [String: NamespaceSnapshot] {
    let groups = Dictionary(grouping: snapshot.namespaces) { namespace in
      namespace.role == .machine ? "" : "\(namespace.role.rawValue) \(namespace.name)"
    }
    return groups.compactMapValues { $0.count == 1 ? $0.first : nil }
  }

  private func engines(_ collector: inout DifferenceCollector) {
    let before = Dictionary(left.engines.map { ($0.id, $0) }) { first, _ in first }
    let after = Dictionary(right.engines.map { ($0.id, $0) }) { first, _ in first }
    collector.compareSets(before.keys.sorted(), after.keys.sorted(), "host", "engines", .engine)
    for id in before.keys.sorted() {
      guard let old = before[id], let new = after[id] else { continue }
      let subject = "engine:\(old.sockets.first ?? id)"
      EngineComparison.compare(old, new, subject, &collector)
      guard
        let (networks, others) = collector.both(old.networks, new.networks, "\(subject)'s networks", none: [])
      else { continue }
      func words(_ networks: [EngineNetwork]) -> [String] {
        networks.map { network in
          let pools = network.pools.map { "\($0.subnet)" + ($0.gateway.map { " gateway \($0)" } ?? "") }
          return "\(network.name) (\(([network.driver] + pools).joined(separator: ", ")))"
        }.sorted()
      }
      collector.compareSets(words(networks), words(others), subject, "networks", .network)
      for network in networks {
        guard let other = others.first(where: { $0.name == network.name }) else { continue }
        EngineComparison.compareNetworks(network, other, "\(subject) network \(network.name)", &collector)
      }
    }
  }

  private func management(_ collector: inout DifferenceCollector) {
    let (before, after) = (left.management, right.management)
    if let (old, new) = collector.both(before.managers, after.managers, "network managers", none: []) {
      collector.compareSets(
        old.map(\.rawValue),
        new.map(\.rawValue),
        "files",
        "who manages the network",
        .management
      )
    }
    if let (old, new) = collector.both(before.interfaces, after.interfaces, "managers' files", none: []) {
      func words(_ all: [ConfiguredInterface]) -> [String] {
        all.map { interface in
          let settings = interface.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
          return "\(interface.file) \(interface.name): \(settings.joined(separator: " "))"
        }
      }
      collector.compareSets(words(old), words(new), "files", "interfaces", .management)
    }
    if let (old, new) = collector.both(before.linkPolicies, after.linkPolicies, ".link files", none: []) {
      func words(_ all: [LinkPolicy]) -> [String] {
        all.map { policy in
          "\(policy.file) "
            + policy.link.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
        }
      }
      collector.compareSets(words(old), words(new), "files", "link policies", .management)
    }
    if let (old, new) = collector.both(before.bootSettings, after.bootSettings, "sysctl.d", none: []) {
      func words(_ all: [BootSetting]) -> [String] { all.map { "\($0.file): \($0.name) = \($0.value)" } }
      collector.compareSets(words(old), words(new), "files", "settings at boot", .management)
    }
    for path in Set(before.resolverFiles.keys).union(after.resolverFiles.keys).sorted() {
      collector.compare(
        before.resolverFiles[path] ?? .absent,
        after.resolverFiles[path] ?? .absent,
        "host",
        path,
        .resolver,
        words: { ResolverLines.significant($0).joined(separator: ", ") }
      )
    }
  }
}
