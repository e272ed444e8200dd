internal import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes
internal import Observation
internal import SystemPackage

/// Senses one namespace, on the calling thread, which must be one of `NamespaceThread`.
struct NamespaceSensor: Sendable {
  let target: SensedNamespace
  let modules: KernelModules
  /// Whose sockets are known, besides those of the namespace's own processes.
  let owners: SocketOwners
  /// The namespaces that other ends of interfaces may be in, most probable first.
  let candidates: [NetworkNamespace]
  /// Its interfaces, if they were read just now.
  let links: [Link]?

  /// The namespace's state now, without the packet filters; what can't be read is unreadable.
  func senseState() -> NamespaceSnapshot {
    perform {
      try sense(by: NetlinkConnection())
    } orUnreadable: {
      .unreadable(target, $0)
    }
  }

  /// The namespace's packet filters now.
  func senseFilters() -> NamespaceFilters {
    perform {
      NamespaceFilters(modules)
    } orUnreadable: {
      NamespaceFilters(unreadable: $0)
    }
  }

  private func perform<Value: Sendable>(
    _ body: @Sendable () throws -> Value,
    orUnreadable: (String) -> Value
  ) -> Value {
    do {
      return try target.namespace.perform(body)
    } catch let error as SystemError where error.errno == .notPermitted {
      return orUnreadable("\(error); to enter it takes root (CAP_SYS_ADMIN)")
    } catch {
      return orUnreadable("\(error)")
    }
  }

  private func sense(by connection: NetlinkConnection) -> NamespaceSnapshot {
    let links = Reading(attempting: { try (self.links ?? connection.links()).sorted { $0.index < $1.index } })
    let routes = Reading(attempting: { try connection.routes().compactMap { Observation.RouteSnapshot($0) } })
    let texts = NamespaceTexts(
      interfaces: interfacesWithSettings(links.value ?? [], routes.value ?? []),
      owners: SocketOwners(of: target.processes).merging(owners),
      bystanders: target.bystanders,
      isHost: target.role != .container
    )
    return NamespaceSnapshot(
      id: target.id,
      role: target.role,
      name: target.name,
      processes: target.processes,
      links: links.map { snapshots(of: $0, uplinks: uplinks(routes.value ?? []), by: connection) },
      addresses: Reading(attempting: { try connection.addresses().compactMap { AddressSnapshot($0) } }),
      routes: routes,
      rules: Reading(attempting: {
        try connection.rules().compactMap { RuleSnapshot($0) }
          .sorted { ($0.family, $0.priority) < ($1.family, $1.priority) }
      }),
      neighbours: Reading(attempting: {
        try (connection.neighbours() + connection.proxyNeighbours()).compactMap { NeighbourSnapshot($0) }
      }),
      forwarding: Reading(attempting: {
        try connection.forwardingDatabase().compactMap { ForwardingSnapshot($0) }
      }),
      multicast: Reading(attempting: {
        try connection.multicastDatabases().flatMap { MulticastSnapshot.list($0) }
      }),
      settings: texts.settings,
      counters: texts.counters,
      tracking: texts.tracking,
      neighbourCounters: texts.neighbourCounters,
      listeners: texts.listeners,
      resolver: target.resolver,
      systemLibrary: target.systemLibrary
    )
  }

  private func snapshots(
    of links: [Link],
    uplinks: Set<InterfaceIndex>,
    by connection: NetlinkConnection
  ) -> [LinkSnapshot] {
    let names = Dictionary(links.map { ($0.index, $0.name) }) { first, _ in first }
    let peers = PeerIndex(links, by: connection, own: target.id, candidates: candidates)
    let sysfs = Result { try LinkSysfs.here(links) }
    return links.map { link in
      let assignment: Reading<AddressAssignment> =
        switch sysfs {
        case .success(let sysfs): sysfs.addressAssignment(of: link)
        case .failure(let error):
          .unreadable(reason: "\(error); the namespace's sysfs takes root (CAP_SYS_ADMIN)")
        }
      var snapshot = LinkSnapshot(
        link,
        addressAssignment: assignment,
        peerNamespace: peers.id,
        name: { names[$0].flatMap(\.self) }
      )
      if uplinks.contains(link.index), let name = link.name {
        // Most drivers have none of these, and virtual ones none at all.
        let found = (try? DriverStatistics.read(name)) ?? [:]
        snapshot.statistics.merge(found.filter { AdapterCounters.matters($0.key) }) { own, _ in own }
      }
      return snapshot
    }
  }

  /// Above this, a namespace that nobody made a bridge in is no container any more, but the other side of a test
  /// or a router; two dozen settings of each of its interfaces would take longer than all the rest.
  private static let mostInterfacesOfContainer = 64

  /// A container's own interfaces; of others the bridges and what default routes leave by.
  private func interfacesWithSettings(_ links: [Link], _ routes: [Observation.RouteSnapshot]) -> [String] {
    let uplinks = uplinks(routes)
    let isContainer = target.role == .container && links.count <= Self.mostInterfacesOfContainer
    return links.filter { link in
      if link.flags.contains(.loopback) { return false }
      return isContainer || link.kind?.name == "bridge" || uplinks.contains(link.index)
    }.compactMap(\.name)
  }

  /// What default routes leave by.
  private func uplinks(_ routes: [Observation.RouteSnapshot]) -> Set<InterfaceIndex> {
    let defaults = routes.filter { $0.destination.length == 0 && $0.type == "unicast" }
    return Set(defaults.flatMap { [$0.interface] + $0.hops.map(\.interface) }.compactMap(\.self))
  }
}

/// What drivers of a cloud's adapters count that decides about lookups.
enum AdapterCounters {
  /// What a machine sent or got beyond what it is allowed, and lost for it (Amazon's ena driver).
  static let suffix = "_allowance_exceeded"

  /// Whether it is one of them.
  static func matters(_ name: String) -> Bool { name.hasSuffix(suffix) }
}

extension NamespaceSnapshot {
  /// A namespace of which nothing can be read.
  static func unreadable(_ target: SensedNamespace, _ reason: String) -> NamespaceSnapshot {
    NamespaceSnapshot(
      id: target.id,
      role: target.role,
      name: target.name,
      processes: target.processes,
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
      counters: .unreadable(reason: reason),
      tracking: .unreadable(reason: reason),
      neighbourCounters: .unreadable(reason: reason),
      listeners: .unreadable(reason: reason),
      resolver: target.resolver,
      systemLibrary: target.systemLibrary
    )
  }
}
