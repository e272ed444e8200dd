internal import LinuxSystem
internal import Netlink
internal import NetlinkCodec
internal import NetworkTypes
public import Observation
internal import Synchronization

extension SnapshotSensor {
  /// Senses the live machine: its own network namespace, every other one with a bridge or a container engine in it,
  /// those behind a bridge's ports, and those of engines' containers. Namespaces are found through processes and
  /// through the mounts that hold them (/run/netns, dockerd's and others').
  ///
  /// Any user may ask; what takes root is unreadable then, and among the blind spots.
  ///
  /// - Parameters:
  ///   - tool: the program and its version.
  ///   - engines: senses the container engines among the machine's processes; it runs at the same time, on a thread
  ///     of its own.
  ///   - management: senses who manages the network; likewise.
  public static func live(
    tool: String,
    engines: @escaping @Sendable (ProcessList) -> [EngineSnapshot] = { EngineSensor.sense(processes: $0) },
    management: @escaping @Sendable () -> ManagementSnapshot = { ManagementSensor.sense() }
  ) throws -> Snapshot {
    let origin = SnapshotOrigin.now(tool: tool, privileges: privileges)
    let processes = try ProcessList.now()
    let results = Mutex<(engines: [EngineSnapshot], management: ManagementSnapshot)>(
      ([], ManagementSnapshot())
    )
    let asking = NamespaceThread.start {
      let found = engines(processes)
      results.withLock { $0.engines = found }
    }
    let reading = NamespaceThread.start {
      let found = management()
      results.withLock { $0.management = found }
    }
    let modules = KernelModules.read()
    let discovery = Result { try MachineDiscovery.now(processes) }
    let looks = (try? discovery.get()).map { FirstLook.all($0) } ?? []
    let looked = ContinuousClock.now
    asking.wait()
    reading.wait()
    let (engines, management) = results.withLock { $0 }
    let found = try discovery.get()
    // What was seen before an engine that took its time to answer is seen again.
    let isFresh = ContinuousClock.now - looked < .milliseconds(100)
    let choice = LiveChoice(found, looks, engines, isFresh: isFresh)
    return assemble(
      origin,
      machine: MachineSensor.sense(modules),
      namespaces: sense(choice.namespaces, modules, owners: choice.owners),
      engines: engines,
      management: management,
      blindSpots: found.blindSpots + choice.blindSpots
    )
  }

  /// What this program may do, in words.
  private static var privileges: String {
    let user = Privileges.userIdentifier
    guard user == 0 else { return "uid \(user)" }
    return Privileges.isInInitialUserNamespace ? "root" : "root of a user namespace"
  }
}

/// What tells whether a namespace matters.
struct FirstLook: Sendable {
  let links: [Link]?
  let hasBridge: Bool
  /// The namespaces behind its bridges' ports.
  let behindPorts: [UInt64]
  /// Why it couldn't be looked at, if so.
  let refusal: String?

  /// A look into each namespace, in their order.
  static func all(_ discovery: MachineDiscovery) -> [FirstLook] {
    let candidates = discovery.namespaces.map(\.namespace)
    return Parallel.map(candidates) { namespace in
      do {
        return try namespace.perform { try FirstLook(NetlinkConnection(), candidates) }
      } catch {
        return FirstLook(refusal: "\(error)")
      }
    }
  }

  private init(refusal: String) {
    links = nil
    hasBridge = false
    behindPorts = []
    self.refusal = refusal
  }

  private init(_ connection: NetlinkConnection, _ candidates: [NetworkNamespace]) throws {
    let links = try connection.links()
    self.links = links
    let bridges = Set(links.filter { $0.kind?.name == "bridge" }.map(\.index))
    let ports = links.filter { link in link.master.map(bridges.contains) == true }
    let peers = PeerIndex(ports, by: connection, own: "", candidates: candidates)
    hasBridge = !bridges.isEmpty
    behindPorts = Set(ports.compactMap(\.linkNamespace)).compactMap { peers.id($0) }.compactMap { UInt64($0) }
    refusal = nil
  }
}

/// Which of the machine's namespaces are sensed, as what.
struct LiveChoice {
  private(set) var namespaces: [SensedNamespace] = []
  private(set) var blindSpots: [String] = []
  /// The sockets of resolvers and engines, in whatever namespace.
  private(set) var owners = SocketOwners()

  init(_ discovery: MachineDiscovery, _ looks: [FirstLook], _ engines: [EngineSnapshot], isFresh: Bool) {
    let engineNamespaces = Set(engines.compactMap(\.namespace))
    var containers: [String: EngineContainer] = [:]
    for container in engines.flatMap({ $0.containers.value ?? [] }) {
      // Several containers may share a namespace; the one that made it was there first.
      if let namespace = container.namespace,
        container.networkMode.hasPrefix("container:") == false
          || containers[namespace] == nil
      {
        containers[namespace] = container
      }
    }
    let behind = Set(looks.flatMap(\.behindPorts))
    var refusals: [String: Int] = [:]
    var answering: [ProcessSnapshot] = []
    for (found, look) in zip(discovery.namespaces, looks) {
      let id = "\(found.namespace.identity)"
      let isEngineHere = found.processes.contains { ResolverPrograms.daemons.contains($0.name) }
      answering += found.processes.filter {
        ResolverPrograms.names.contains($0.name) || ResolverPrograms.daemons.contains($0.name)
      }
      let role: NamespaceSnapshot.Role
      if found.namespace.identity == discovery.machine {
        role = .machine
      } else if look.hasBridge || isEngineHere || engineNamespaces.contains(id) {
        role = .host
      } else if behind.contains(found.namespace.identity) || containers[id] != nil {
        role = .container
      } else {
        if let refusal = look.refusal { refusals[refusal, default: 0] += 1 }
        continue
      }
      let insiders = (containers[id].map { [$0.pid] } ?? []) + found.processes.map(\.pid)
      namespaces.append(
        SensedNamespace(
          found.namespace,
          role: role,
          name: role == .machine ? "machine" : containers[id]?.name ?? found.name,
          processes: Self.mattering(found.processes, role),
          resolver: ResolverFile.read(role == .machine ? nil : insiders),
          systemLibrary: role == .container ? SystemLibrary.read(insiders) : .absent,
          bystanders: found.processes,
          links: isFresh ? look.links : nil
        )
      )
    }
    for (refusal, count) in refusals.sorted(by: { $0.key < $1.key }) {
      blindSpots.append("namespaces: \(count) can't be entered: \(refusal); it takes root")
    }
    owners = SocketOwners(of: answering)
  }

  /// Engines, resolvers and network managers; of a container the first process too.
  private static func mattering(_ all: [ProcessSnapshot], _ role: NamespaceSnapshot.Role) -> [ProcessSnapshot]
  {
    let known = all.filter {
      ResolverPrograms.daemons.contains($0.name) || ResolverPrograms.names.contains($0.name)
        || ResolverPrograms.managers.contains($0.name)
    }
    guard role == .container, let first = all.first, !known.contains(first) else { return known }
    return [first] + known
  }
}
