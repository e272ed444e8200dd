internal import LinuxSystem
internal import NetworkTypes
public import Observation

/// Senses network namespaces and the machine into a `Snapshot`. Nothing is changed: no setting, no module, no
/// interface's mode, no namespace's number.
public enum SnapshotSensor {
  /// Senses namespaces that the caller holds, such as a lab's. What leads from one to another (veth) is joined.
  ///
  /// Works without privileges too: what they would show is unreadable then.
  ///
  /// - Parameters:
  ///   - namespaces: the namespaces; those of role `machine` and `host` are tried first as the other end of an
  ///     interface.
  ///   - tool: the program and its version.
  ///   - privileges: what the program may do, such as "root".
  public static func sense(
    _ namespaces: [SensedNamespace],
    tool: String,
    privileges: String
  ) throws -> Snapshot {
    let origin = SnapshotOrigin.now(tool: tool, privileges: privileges)
    let modules = KernelModules.read()
    let states = sense(namespaces, modules, owners: SocketOwners())
    return assemble(
      origin,
      machine: MachineSensor.sense(modules),
      namespaces: states,
      engines: [],
      management: ManagementSnapshot()
    )
  }

  /// Senses namespaces; each is two pieces of work, of which the packet filters may be the greater.
  static func sense(
    _ namespaces: [SensedNamespace],
    _ modules: KernelModules,
    owners: SocketOwners
  ) -> [NamespaceSnapshot] {
    let hosts = namespaces.filter { $0.role != .container }
    let candidates = (hosts + namespaces.filter { $0.role == .container }).map(\.namespace)
    let sensors = namespaces.map {
      NamespaceSensor(
        target: $0,
        modules: modules,
        owners: owners,
        candidates: candidates,
        links: $0.links
      )
    }
    let parts = Parallel.map(sensors.flatMap { [Work.filters($0), Work.state($0)] }) { $0.result() }
    var filters: NamespaceFilters?
    var states: [NamespaceSnapshot] = []
    for part in parts {
      switch part {
      case .filters(let found): filters = found
      case .state(var state):
        if let filters {
          state.nftables = filters.nftables
          state.legacyTables = filters.legacyTables
        }
        states.append(state)
      }
    }
    return states
  }

  private enum Work: Sendable {
    case filters(NamespaceSensor), state(NamespaceSensor)

    func result() -> Part {
      switch self {
      case .filters(let sensor): .filters(sensor.senseFilters())
      case .state(let sensor): .state(sensor.senseState())
      }
    }
  }

  private enum Part: Sendable { case filters(NamespaceFilters), state(NamespaceSnapshot) }

  /// Puts a snapshot together, and says what it couldn't look at.
  static func assemble(
    _ origin: SnapshotOrigin,
    machine: MachineSnapshot,
    namespaces: [NamespaceSnapshot],
    engines: [EngineSnapshot],
    management: ManagementSnapshot,
    blindSpots: [String] = []
  ) -> Snapshot {
    var snapshot = Snapshot(
      origin: origin,
      machine: machine,
      namespaces: namespaces,
      engines: engines,
      management: management
    )
    // Of a kernel without modules nothing but the answer tells.
    if namespaces.contains(where: { $0.nftables.value != nil }) {
      snapshot.machine.modules = machine.modules.map { $0.contains("nf_tables") ? $0 : $0 + ["nf_tables"] }
    }
    snapshot.origin.blindSpots = blindSpots + BlindSpots.of(snapshot)
    snapshot.origin.complete = snapshot.origin.blindSpots.isEmpty
    return snapshot
  }
}

extension SnapshotOrigin {
  /// The present moment on this machine; complete until something turns out to be missing.
  static func now(tool: String, privileges: String) -> SnapshotOrigin {
    let uptime = (try? TextFile.read("/proc/uptime"))?.split(separator: " ").first
    return SnapshotOrigin(
      tool: tool,
      host: Machine.name,
      bootId: Machine.bootIdentifier,
      kernel: Machine.kernelRelease,
      time: Timestamp.now().description,
      uptime: uptime.flatMap { Double($0) } ?? 0,
      namespace: Machine.networkNamespace,
      privileges: privileges,
      complete: true,
      blindSpots: []
    )
  }
}
