internal import LinuxSystem
internal import Observation
internal import SystemPackage

/// The network namespaces of the machine, found through processes and through mounts that hold them.
struct MachineDiscovery: Sendable {
  /// A namespace that was found.
  struct Found: Sendable {
    let namespace: NetworkNamespace
    /// The processes in it, by their ids.
    let processes: [ProcessSnapshot]
    /// Where it is mounted.
    let paths: [String]
  }

  /// The namespaces: the machine's own first, then in the order of their oldest processes, then those without.
  let namespaces: [Found]
  /// The machine's own: the one of its first process, or of this one if that can't be seen.
  let machine: UInt64?
  /// What could not be looked at, and why.
  let blindSpots: [String]

  /// The most namespaces that are looked at.
  private static let most = 5000

  /// A process, and the inode number of the namespace that it is in; nil if this user may not see it.
  private typealias Member = (process: ProcessSnapshot, namespace: UInt64?)

  /// Looks at the namespaces of processes, and at mounts.
  static func now(_ list: ProcessList) throws -> MachineDiscovery {
    let processes = list.entries.map { entry in
      (
        process: ProcessSnapshot(
          pid: entry.pid,
          name: entry.name,
          started: entry.started,
          arguments: ResolverPrograms.arguments(of: entry)
        ),
        namespace: try? Directory.inode(of: "/proc/\(entry.pid)/ns/net")
      )
    }
    let own = try? Directory.inode(of: "/proc/thread-self/ns/net")
    let first = firstNamespace(processes)
    var members: [UInt64: [ProcessSnapshot]] = [:]
    var order: [UInt64] = []
    func note(_ namespace: UInt64) { if members[namespace] == nil { order.append(namespace) } }
    for namespace in [first ?? own].compactMap(\.self) {
      note(namespace)
      members[namespace] = []
    }
    for process in processes {
      guard let namespace = process.namespace else { continue }
      note(namespace)
      members[namespace, default: []].append(process.process)
    }
    var paths: [UInt64: [String]] = [:]
    for mount in mounts(processes) {
      note(mount.namespace)
      members[mount.namespace, default: []] += []
      if paths[mount.namespace]?.contains(mount.path) != true {
        paths[mount.namespace, default: []].append(mount.path)
      }
    }
    var found: [Found] = []
    for namespace in order.prefix(most) {
      var places = (members[namespace] ?? []).prefix(8).map { "/proc/\($0.pid)/ns/net" }
      places += paths[namespace] ?? []
      if namespace == own { places.insert("/proc/thread-self/ns/net", at: 0) }
      // A process may have ended, or moved on, since.
      guard
        let open = places.lazy.compactMap({ try? NetworkNamespace.open($0) }).first(where: {
          $0.identity == namespace
        })
      else { continue }
      found.append(Found(namespace: open, processes: members[namespace] ?? [], paths: paths[namespace] ?? []))
    }
    return MachineDiscovery(
      namespaces: found,
      machine: first ?? own,
      blindSpots: blindSpots(processes, isFirstSeen: first != nil, count: order.count)
    )
  }

  /// The namespace of the machine's first process. A container manager's guest may not look into it even as root; the
  /// kernel's own threads are in the same one.
  private static func firstNamespace(_ processes: [Member]) -> UInt64? {
    processes.first { $0.process.pid == 1 }?.namespace
      ?? processes.first { $0.process.pid == 2 && $0.process.name == "kthreadd" }?.namespace
  }

  private static func blindSpots(_ processes: [Member], isFirstSeen: Bool, count: Int) -> [String] {
    var blindSpots: [String] = []
    let advice = Privileges.userIdentifier == 0 ? "" : "; run as root"
    let hidden = processes.count { $0.namespace == nil && (!isFirstSeen || $0.process.pid != 1) }
    if hidden > 0 {
      blindSpots.append(
        "processes: the network namespaces of \(hidden) of \(processes.count) can't be seen\(advice)"
      )
    }
    if !isFirstSeen {
      blindSpots.append(
        "namespaces: whether this program is in the machine's own network namespace can't be seen\(advice)"
      )
    }
    if count > most { blindSpots.append("namespaces: only \(most) of \(count) were looked at") }
    return blindSpots
  }

  /// Our own mounts, and those of engines that have others.
  private static func mounts(_ processes: [Member]) -> [NamespaceMount] {
    var mounts = NamespaceMount.list((try? TextFile.read("/proc/self/mountinfo")) ?? "")
    let own = try? Directory.inode(of: "/proc/self/ns/mnt")
    var seen: Set<UInt64> = []
    for process in processes where ResolverPrograms.engines.contains(process.process.name) {
      let folder = "/proc/\(process.process.pid)"
      guard let other = try? Directory.inode(of: folder + "/ns/mnt"), other != own,
        seen.insert(other).inserted,
        let text = try? TextFile.read(folder + "/mountinfo")
      else { continue }
      mounts += NamespaceMount.list(text).map {
        NamespaceMount(namespace: $0.namespace, path: folder + "/root" + $0.path)
      }
    }
    return mounts
  }
}

extension MachineDiscovery.Found {
  /// What it is called while no engine says better.
  var name: String {
    for folder in ["/run/netns/", "/var/run/netns/"] {
      if let path = paths.first(where: { $0.hasPrefix(folder) }) {
        return String(path.dropFirst(folder.count))
      }
    }
    if let process = processes.first { return "pid \(process.pid) (\(process.name))" }
    return paths.first ?? "namespace \(namespace.identity)"
  }
}
