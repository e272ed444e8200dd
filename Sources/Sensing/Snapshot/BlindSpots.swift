internal import Observation

/// What a snapshot couldn't look at, in words.
enum BlindSpots {
  /// One line for each thing and reason, shortest scope first; what has the same reason is put together.
  static func of(_ snapshot: Snapshot) -> [String] {
    var found = Collector()
    found.look(at: "machine", snapshot.machine)
    for namespace in snapshot.namespaces { found.look(at: "namespace \(namespace.name)", namespace) }
    for engine in snapshot.engines { found.look(at: "engine \(engine.id)", engine) }
    found.look(at: "management", snapshot.management)
    return found.lines
  }
}

private struct Collector {
  private var order: [String] = []
  private var members: [String: [String]] = [:]

  var lines: [String] {
    order.map { key in
      let names = members[key] ?? []
      let shown = names.prefix(4).joined(separator: ", ")
      let rest = names.count - 4
      let parts = key.split(separator: "\u{0}", maxSplits: 1)
      return "\(parts[0]): \(shown)\(rest > 0 ? " and \(rest) more" : ""): \(parts.last ?? "")"
    }
  }

  private mutating func note<Value>(_ place: String, _ name: String, _ reading: Reading<Value>) {
    guard case .unreadable(let reason) = reading else { return }
    let key = place + "\u{0}" + reason
    if members[key] == nil { order.append(key) }
    members[key, default: []].append(name)
  }

  mutating func look(at place: String, _ machine: MachineSnapshot) {
    for (name, reading) in machine.settings.sorted(by: { $0.key < $1.key }) { note(place, name, reading) }
    note(place, "softnet", machine.softnet)
    note(place, "pressure", machine.pressure)
    note(place, "processors", machine.processors)
    note(place, "modules", machine.modules)
    note(place, "modules folder", machine.hasModulesFolder)
    note(place, "machine id", machine.machineIdDigest)
    note(place, "udev", machine.udevRuns)
  }

  mutating func look(at place: String, _ namespace: NamespaceSnapshot) {
    note(place, "links", namespace.links)
    note(place, "addresses", namespace.addresses)
    note(place, "routes", namespace.routes)
    note(place, "rules", namespace.rules)
    note(place, "neighbours", namespace.neighbours)
    note(place, "forwarding databases", namespace.forwarding)
    note(place, "multicast databases", namespace.multicast)
    note(place, "nftables", namespace.nftables)
    for (name, reading) in namespace.legacyTables.sorted(by: { $0.key < $1.key }) {
      note(place, "legacy \(name)", reading)
    }
    note(place, "counters", namespace.counters)
    note(place, "connection tracking", namespace.tracking)
    note(place, "neighbour counters", namespace.neighbourCounters)
    note(place, "listeners", namespace.listeners)
    note(place, "resolver configuration", namespace.resolver)
    for (name, reading) in namespace.settings.sorted(by: { $0.key < $1.key }) { note(place, name, reading) }
    for link in namespace.links.value ?? [] {
      note(place, "who chose the MAC of \(link.name)", link.addressAssignment)
    }
  }

  mutating func look(at place: String, _ engine: EngineSnapshot) {
    note(place, "version", engine.version)
    note(place, "settings", engine.settings)
    note(place, "networks", engine.networks)
    note(place, "containers", engine.containers)
  }

  mutating func look(at place: String, _ management: ManagementSnapshot) {
    note(place, "managers", management.managers)
    note(place, "interfaces", management.interfaces)
    note(place, "link policies", management.linkPolicies)
    note(place, "settings at boot", management.bootSettings)
    for (path, reading) in management.resolverFiles.sorted(by: { $0.key < $1.key }) {
      note(place, path, reading)
    }
  }
}
