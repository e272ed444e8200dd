internal import NetworkTypes
internal import Observation

/// One network namespace as the collector printed it.
struct CollectedNamespace {
  let id: String
  let links: CollectedLinks
  private let parts: CollectedParts
  /// Why nothing of it was printed, if so.
  private let refusal: String?

  init(_ id: String, _ sections: [CollectorSections.Section], hasOtherHost: Bool) {
    self.id = id
    parts = CollectedParts(Array(sections.dropFirst()))
    links = CollectedLinks(parts, hasOtherHost: hasOtherHost)
    if case .unreadable(let reason)? = sections.first?.text { refusal = reason } else { refusal = nil }
  }

  /// Whether it has a bridge.
  var hasBridge: Bool { links.links.value?.contains { $0.kind == "bridge" } ?? false }

  /// Its state. `resolver` is the machine's, for a namespace without one of its own.
  func state(
    role: NamespaceSnapshot.Role,
    name: String,
    processes: CollectedProcesses,
    resolver: Reading<String>? = nil
  ) -> NamespaceSnapshot {
    let target = processes.mattering(in: id, role)
    if let refusal { return refused(role, name, target, refusal) }
    let addressing = CollectedAddressing(parts: parts, indices: links.indices)
    let settings = settings()
    return NamespaceSnapshot(
      id: id,
      role: role,
      name: name,
      processes: target,
      links: links.links,
      addresses: addressing.addresses,
      routes: addressing.routes,
      rules: addressing.rules,
      neighbours: addressing.neighbours,
      forwarding: addressing.forwarding,
      multicast: addressing.multicast,
      settings: settings,
      nftables: parts.text("nftables").map { $0.isEmpty ? "" : $0 + "\n" },
      legacyTables: ["iptables": legacy("iptables"), "ip6tables": legacy("ip6tables")],
      counters: counters(),
      tracking: tracking(settings),
      neighbourCounters: neighbourCounters(),
      listeners: listeners(processes.owners),
      resolver: resolver ?? parts.text("resolver")
    )
  }

  private func refused(
    _ role: NamespaceSnapshot.Role,
    _ name: String,
    _ processes: [ProcessSnapshot],
    _ reason: String
  ) -> NamespaceSnapshot {
    NamespaceSnapshot(
      id: id,
      role: role,
      name: name,
      processes: processes,
      links: .unreadable(reason: reason),
      addresses: .unreadable(reason: reason),
      routes: .unreadable(reason: reason),
      rules: .unreadable(reason: reason),
      neighbours: .unreadable(reason: reason),
      forwarding: .unreadable(reason: reason),
      multicast: .unreadable(reason: reason),
      settings: Dictionary(
        uniqueKeysWithValues: Set(SnapshotSettings.ofNamespace).map { ($0, .unreadable(reason: reason)) }
      ),
      nftables: .unreadable(reason: reason),
      counters: .unreadable(reason: reason),
      tracking: .unreadable(reason: reason),
      neighbourCounters: .unreadable(reason: reason),
      listeners: .unreadable(reason: reason),
      resolver: .unreadable(reason: reason)
    )
  }

  private func legacy(_ program: String) -> Reading<String> {
    parts.text("legacy \(program)").map { $0 + "\n" }
  }

  /// The settings, by the names that a snapshot has; one of a namespace that wasn't printed isn't there.
  private func settings() -> [String: Reading<String>] {
    let found = parts.settings("settings")
    var settings: [String: Reading<String>] = [:]
    for name in SnapshotSettings.ofNamespace {
      let value = found[name.replacing(".", with: "/")]
      settings[name] = value.map { Reading.value($0) } ?? .absent
    }
    let leaves = Set(SnapshotSettings.ofInterface)
    var interfaces: Set<String> = []
    for (path, value) in found {
      let words = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 5 else { continue }
      let pattern = "\(words[0])/\(words[1])/\(words[2])/IF/\(words[4])"
      guard leaves.contains(pattern) else { continue }
      interfaces.insert(words[3])
      settings[SnapshotSettings.key(pattern, interface: words[3])] = .value(value)
    }
    for interface in interfaces {
      for pattern in SnapshotSettings.ofInterface {
        let key = SnapshotSettings.key(pattern, interface: interface)
        if settings[key] == nil { settings[key] = .absent }
      }
    }
    return settings
  }

  private func counters() -> Reading<[String: UInt64]> {
    parts.text("net snmp").map { snmp in
      var counters = ProtocolCounters.parsePairs(snmp)
      counters.merge(ProtocolCounters.parsePairs(parts.text("net netstat").value ?? "")) { $1 }
      counters.merge(ProtocolCounters.parseList(parts.text("net snmp6").value ?? "")) { $1 }
      return counters
    }
  }

  private func tracking(_ settings: [String: Reading<String>]) -> Reading<[String: UInt64]> {
    parts.text("net nf_conntrack").map { text in
      var counters = KernelTables.sumOfProcessors(text)
      for name in ["count", "max"] {
        counters[name] = settings["net.netfilter.nf_conntrack_\(name)"]?.value.flatMap { UInt64($0) }
      }
      return counters
    }
  }

  private func neighbourCounters() -> Reading<[String: UInt64]> {
    parts.text("net arp_cache").map { text in
      var counters: [String: UInt64] = [:]
      for (name, text) in [("arp", text), ("ndisc", parts.text("net ndisc_cache").value ?? "")] {
        for (column, value) in KernelTables.sumOfProcessors(text) { counters["\(name).\(column)"] = value }
      }
      return counters
    }
  }

  private func listeners(_ owners: [UInt64: ProcessSnapshot]) -> Reading<[ListenerSnapshot]> {
    parts.text("net udp").map { _ in
      [("udp", "udp"), ("udp6", "udp"), ("tcp", "tcp"), ("tcp6", "tcp")].flatMap { file, transport in
        SocketTable.listening(parts.text("net \(file)").value ?? "", transport: transport).compactMap {
          socket in
          let owner = owners[socket.inode]
          guard
            ResolverPrograms.ports.contains(socket.port) || socket.address == ResolverPrograms.dockerAddress
              || owner.map({ ResolverPrograms.names.contains($0.name) }) == true
          else { return nil }
          return ListenerSnapshot(
            transport: socket.transport,
            address: socket.address,
            port: socket.port,
            drops: socket.drops,
            process: owner
          )
        }
      }
    }
  }
}
