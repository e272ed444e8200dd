public import LinuxSystem
internal import NetlinkCodec
public import Observation

/// A namespace that is to be sensed, and what its holder knows about it.
public struct SensedNamespace: Sendable {
  /// The namespace.
  public let namespace: NetworkNamespace
  /// What it is to the host.
  public let role: NamespaceSnapshot.Role
  /// What it is called.
  public let name: String
  /// Processes in it that matter; sockets are looked for among theirs.
  public let processes: [ProcessSnapshot]
  /// The resolver configuration that programs in it read.
  public let resolver: Reading<String>
  /// The C library that programs in it use.
  let systemLibrary: Reading<String>
  /// All processes in it, of which one may have a socket that nobody who matters has.
  let bystanders: [ProcessSnapshot]
  /// Its interfaces, if they were read just now.
  let links: [Link]?

  /// A namespace.
  public init(
    _ namespace: NetworkNamespace,
    role: NamespaceSnapshot.Role,
    name: String,
    processes: [ProcessSnapshot] = [],
    resolver: Reading<String> = .absent
  ) {
    self.init(
      namespace,
      role: role,
      name: name,
      processes: processes,
      resolver: resolver,
      systemLibrary: .absent,
      bystanders: [],
      links: nil
    )
  }

  init(
    _ namespace: NetworkNamespace,
    role: NamespaceSnapshot.Role,
    name: String,
    processes: [ProcessSnapshot],
    resolver: Reading<String>,
    systemLibrary: Reading<String>,
    bystanders: [ProcessSnapshot],
    links: [Link]?
  ) {
    self.namespace = namespace
    self.role = role
    self.name = name
    self.processes = processes
    self.resolver = resolver
    self.systemLibrary = systemLibrary
    self.bystanders = bystanders
    self.links = links
  }

  /// Its id in a snapshot: its inode number.
  public var id: String { "\(namespace.identity)" }
}
