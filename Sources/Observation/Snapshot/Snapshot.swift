/// One host at one moment: all that the catalogue's checks read, complete enough to rebuild its network in a lab,
/// and without secrets (no environment variables, container commands, labels' values or registry credentials).
///
/// `kingpost.snapshot/1`. What couldn't be looked at is an unreadable `Reading`, never a missing one.
public struct Snapshot: Codable, Hashable, Sendable {
  /// The document's kind and version.
  public static let schema = "kingpost.snapshot/1"

  /// Who looked, when, where, with which rights.
  public var origin: SnapshotOrigin
  /// What all namespaces share: kernel, modules, limits, load.
  public var machine: MachineSnapshot
  /// The network namespaces, the machine's own first.
  public var namespaces: [NamespaceSnapshot]
  /// The container engines that run, or that left a network behind.
  public var engines: [EngineSnapshot]
  /// Who manages the network, and what their files say.
  public var management: ManagementSnapshot

  /// A snapshot.
  public init(
    origin: SnapshotOrigin,
    machine: MachineSnapshot,
    namespaces: [NamespaceSnapshot],
    engines: [EngineSnapshot],
    management: ManagementSnapshot
  ) {
    self.origin = origin
    self.machine = machine
    self.namespaces = namespaces
    self.engines = engines
    self.management = management
  }
}

/// Who took a snapshot, when, where, with which rights.
public struct SnapshotOrigin: Codable, Hashable, Sendable {
  /// The program and its version, such as "kingpost 0.1.0" or "kingpost collector 1".
  public var tool: String
  /// The machine's name.
  public var host: String
  /// The kernel's id of this boot (`/proc/sys/kernel/random/boot_id`).
  public var bootId: String
  /// The kernel's release.
  public var kernel: String
  /// When the looking began: RFC 3339 UTC.
  public var time: String
  /// Seconds since the boot, at that moment.
  public var uptime: Double
  /// The network namespace that the program was started in, by its inode number.
  public var namespace: String
  /// What the program may do: "root", or "uid N".
  public var privileges: String
  /// Whether everything that was meant to be looked at was.
  public var complete: Bool
  /// What could not be looked at, and why.
  public var blindSpots: [String]

  /// An origin.
  public init(
    tool: String,
    host: String,
    bootId: String,
    kernel: String,
    time: String,
    uptime: Double,
    namespace: String,
    privileges: String,
    complete: Bool,
    blindSpots: [String]
  ) {
    self.tool = tool
    self.host = host
    self.bootId = bootId
    self.kernel = kernel
    self.time = time
    self.uptime = uptime
    self.namespace = namespace
    self.privileges = privileges
    self.complete = complete
    self.blindSpots = blindSpots
  }
}
