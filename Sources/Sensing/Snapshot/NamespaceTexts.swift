internal import LinuxSystem
internal import Observation

/// What procfs tells of the network namespace that the calling thread is in.
struct NamespaceTexts: Sendable {
  let settings: [String: Reading<String>]
  let counters: Reading<[String: UInt64]>
  let tracking: Reading<[String: UInt64]>
  let neighbourCounters: Reading<[String: UInt64]>
  let listeners: Reading<[ListenerSnapshot]>

  /// Reads all of it.
  ///
  /// - Parameters:
  ///   - interfaces: the interfaces whose settings are read, besides "all" and "default".
  ///   - owners: whose sockets are known.
  ///   - bystanders: whose sockets are looked at if one's owner isn't among these.
  ///   - isHost: whether it is the machine's own namespace or has bridges or engines.
  init(
    interfaces: [String],
    owners: SocketOwners,
    bystanders: [ProcessSnapshot],
    isHost: Bool
  ) {
    settings = Self.settings(of: interfaces)
    counters = Reading(attempting: Self.protocolCounters)
    tracking = Self.trackingCounters()
    neighbourCounters = Reading(attempting: {
      var counters: [String: UInt64] = [:]
      for (name, file) in [("arp", "arp_cache"), ("ndisc", "ndisc_cache")] {
        // Without IPv6 there is no such file.
        guard file == "arp_cache" || (try? Self.net("stat/\(file)")) != nil else { continue }
        for (column, value) in KernelTables.sumOfProcessors(try Self.net("stat/\(file)")) {
          counters["\(name).\(column)"] = value
        }
      }
      return counters
    })
    listeners = Reading(attempting: { try Self.listeners(owners, bystanders, isHost: isHost) })
  }

  private static func net(_ name: String) throws -> String {
    try TextFile.read("/proc/thread-self/net/\(name)")
  }

  private static func settings(of interfaces: [String]) -> [String: Reading<String>] {
    var settings: [String: Reading<String>] = [:]
    for name in SnapshotSettings.ofNamespace {
      settings[name] = Reading(attempting: { try Sysctl.read(name) })
    }
    for interface in ["all", "default"] + interfaces {
      for pattern in SnapshotSettings.ofInterface {
        let path = SnapshotSettings.path(pattern, interface: interface)
        settings[SnapshotSettings.key(pattern, interface: interface)] = Reading(attempting: {
          try Sysctl.read(path)
        })
      }
    }
    return settings
  }

  private static func protocolCounters() throws -> [String: UInt64] {
    var counters = ProtocolCounters.parsePairs(try net("snmp"))
    counters.merge(ProtocolCounters.parsePairs(try net("netstat"))) { $1 }
    // Without IPv6 there is no such file.
    counters.merge(ProtocolCounters.parseList((try? net("snmp6")) ?? "")) { $1 }
    return counters
  }

  private static func trackingCounters() -> Reading<[String: UInt64]> {
    Reading(attempting: {
      var counters = KernelTables.sumOfProcessors(try net("stat/nf_conntrack"))
      for name in ["count", "max"] {
        counters[name] = UInt64((try? Sysctl.read("net.netfilter.nf_conntrack_\(name)")) ?? "")
      }
      return counters
    })
  }

  /// The sockets that may answer lookups: by their port, as Docker's resolver by its address, or as a resolver's.
  private static func listeners(
    _ owners: SocketOwners,
    _ bystanders: [ProcessSnapshot],
    isHost: Bool
  ) throws -> [ListenerSnapshot] {
    var owners = owners
    let listening = try sockets(isHost: isHost).filter { socket in
      if ResolverPrograms.ports.contains(socket.port) || socket.address == ResolverPrograms.dockerAddress {
        return true
      }
      return owners[socket.inode].map { ResolverPrograms.names.contains($0.name) } ?? false
    }
    if listening.contains(where: { owners[$0.inode] == nil }) {
      owners = owners.merging(SocketOwners(of: bystanders))
    }
    return listening.map { socket in
      ListenerSnapshot(
        transport: socket.transport,
        address: socket.address,
        port: socket.port,
        drops: socket.drops,
        process: owners[socket.inode]
      )
    }
  }

  /// The listening sockets. To list TCP's, the kernel goes through the connections of all namespaces, which takes ten
  /// milliseconds each; so a namespace without engines and bridges is asked only if a resolver's UDP socket is there.
  private static func sockets(isHost: Bool) throws -> [SocketTable.Socket] {
    var sockets = try SocketTable.listening(net("udp"), transport: "udp")
    // Without IPv6 there are no such files.
    sockets += SocketTable.listening((try? net("udp6")) ?? "", transport: "udp")
    guard isHost || sockets.contains(where: { ResolverPrograms.ports.contains($0.port) }) else {
      return sockets
    }
    sockets += SocketTable.listening(try net("tcp"), transport: "tcp")
    return sockets + SocketTable.listening((try? net("tcp6")) ?? "", transport: "tcp")
  }
}
