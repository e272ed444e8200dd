public import NetworkTypes

/// One network namespace at one moment.
public struct NamespaceSnapshot: Codable, Hashable, Sendable {
  /// What a namespace is to the host.
  public enum Role: String, Codable, Hashable, Sendable {
    /// The namespace of the machine's first process.
    case machine
    /// Another one with a bridge or a container engine in it.
    case host
    /// One that is connected to a bridge of another: a container's, or something like it.
    case container
  }

  /// Its inode number (`ls -l /proc/self/ns/net`), or any other id that is unique in the snapshot.
  public var id: String
  /// What it is to the host.
  public var role: Role
  /// What it is called: the container's name, the name below /run/netns, or a process in it ("pid 42 (sleep)").
  public var name: String
  /// Processes in it that matter: engines, resolvers, network managers; of a container's the first.
  public var processes: [ProcessSnapshot]
  /// The interfaces, in the order of their numbers.
  public var links: Reading<[LinkSnapshot]>
  /// The interfaces' addresses.
  public var addresses: Reading<[AddressSnapshot]>
  /// The routes of all tables, without the kernel's own local and broadcast entries and without caches.
  public var routes: Reading<[RouteSnapshot]>
  /// The routing rules, by priority.
  public var rules: Reading<[RuleSnapshot]>
  /// The neighbour tables, without entries that need no resolution (multicast, loopback).
  public var neighbours: Reading<[NeighbourSnapshot]>
  /// The bridges' forwarding databases.
  public var forwarding: Reading<[ForwardingSnapshot]>
  /// The bridges' multicast databases.
  public var multicast: Reading<[MulticastSnapshot]>
  /// Settings by their names, such as "net.ipv4.ip_forward"; with slashes where an interface's name has a dot.
  /// `SnapshotSettings` says which.
  public var settings: [String: Reading<String>]
  /// What `nft list ruleset` prints, counters included.
  public var nftables: Reading<String>
  /// The legacy iptables tables, by "iptables" or "ip6tables", as `iptables-legacy-save -c` prints them; absent if
  /// no such table exists.
  public var legacyTables: [String: Reading<String>]
  /// Counters of /proc/net/snmp, netstat and snmp6 as "Group.Name", such as "Ip.InAddrErrors".
  public var counters: Reading<[String: UInt64]>
  /// Connection tracking: the counters of /proc/net/stat/nf_conntrack, summed over the processors, by their names
  /// there ("insert_failed", "drop", "early_drop", "clash_resolve", …), and "count" and "max".
  public var tracking: Reading<[String: UInt64]>
  /// The counters of /proc/net/stat/arp_cache and ndisc_cache, summed, as "arp.table_fulls".
  public var neighbourCounters: Reading<[String: UInt64]>
  /// Sockets that listen for DNS: UDP and TCP ports 53, 5353 and 5355, whatever a resolver process listens on, and
  /// those at 127.0.0.11, where dockerd answers in a container's namespace.
  public var listeners: Reading<[ListenerSnapshot]>
  /// The resolver configuration that a program in it reads: /etc/resolv.conf as the namespace's first process
  /// (a container's) or the machine sees it.
  public var resolver: Reading<String>
  /// The C library that programs in it use: "musl" or "glibc", with a space and the version if that is known;
  /// absent if the namespace's first process has neither (/lib/ld-musl-*, libc.so.6 below its root).
  public var systemLibrary: Reading<String>

  /// A namespace; what isn't given is absent.
  public init(
    id: String,
    role: Role,
    name: String,
    processes: [ProcessSnapshot] = [],
    links: Reading<[LinkSnapshot]> = .value([]),
    addresses: Reading<[AddressSnapshot]> = .value([]),
    routes: Reading<[RouteSnapshot]> = .value([]),
    rules: Reading<[RuleSnapshot]> = .value([]),
    neighbours: Reading<[NeighbourSnapshot]> = .value([]),
    forwarding: Reading<[ForwardingSnapshot]> = .value([]),
    multicast: Reading<[MulticastSnapshot]> = .value([]),
    settings: [String: Reading<String>] = [:],
    nftables: Reading<String> = .absent,
    legacyTables: [String: Reading<String>] = [:],
    counters: Reading<[String: UInt64]> = .absent,
    tracking: Reading<[String: UInt64]> = .absent,
    neighbourCounters: Reading<[String: UInt64]> = .absent,
    listeners: Reading<[ListenerSnapshot]> = .absent,
    resolver: Reading<String> = .absent,
    systemLibrary: Reading<String> = .absent
  ) {
    self.id = id
    self.role = role
    self.name = name
    self.processes = processes
    self.links = links
    self.addresses = addresses
    self.routes = routes
    self.rules = rules
    self.neighbours = neighbours
    self.forwarding = forwarding
    self.multicast = multicast
    self.settings = settings
    self.nftables = nftables
    self.legacyTables = legacyTables
    self.counters = counters
    self.tracking = tracking
    self.neighbourCounters = neighbourCounters
    self.listeners = listeners
    self.resolver = resolver
    self.systemLibrary = systemLibrary
  }
}

/// A process that matters to a namespace.
public struct ProcessSnapshot: Codable, Hashable, Sendable {
  /// The process id as the machine counts.
  public var pid: Int32
  /// The kernel's short name of it (`/proc/PID/comm`).
  public var name: String
  /// Seconds since the boot at which it started.
  public var started: Double?
  /// The options that it was started with, in their long form, as far as they matter: only of dnsmasq that the machine
  /// runs itself, never of one in a process namespace of its own, as containers have.
  public var arguments: [String]?

  /// A process.
  public init(pid: Int32, name: String, started: Double? = nil, arguments: [String]? = nil) {
    self.pid = pid
    self.name = name
    self.started = started
    self.arguments = arguments
  }
}

/// A socket that listens.
public struct ListenerSnapshot: Codable, Hashable, Sendable {
  /// "udp" or "tcp".
  public var transport: String
  /// The local address; unspecified means all.
  public var address: IPAddress
  /// The local port.
  public var port: UInt16
  /// Datagrams dropped because the buffer was full (`/proc/net/udp`, the column "drops"); nil for TCP.
  public var drops: UInt64?
  /// The process that owns it, if it could be found.
  public var process: ProcessSnapshot?

  /// A listener.
  public init(
    transport: String,
    address: IPAddress,
    port: UInt16,
    drops: UInt64? = nil,
    process: ProcessSnapshot? = nil
  ) {
    self.transport = transport
    self.address = address
    self.port = port
    self.drops = drops
    self.process = process
  }
}
