internal import LinuxSystem
internal import Nftables
internal import Observation
internal import SystemPackage

/// What procfs, libnftables and iptables tell of the network namespace that the calling thread is in.
struct NamespaceTexts: Sendable {
  let settings: [String: Reading<String>]
  let nftables: Reading<String>
  let legacyTables: [String: Reading<String>]
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
  init(
    interfaces: [String],
    modules: KernelModules,
    owners: SocketOwners,
    bystanders: [ProcessSnapshot]
  ) {
    settings = Self.settings(of: interfaces)
    nftables = Self.ruleset(modules)
    legacyTables = LegacyTables.read()
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
    listeners = Reading(attempting: { try Self.listeners(owners, bystanders) })
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
        let path = pattern.replacing("/IF/", with: "/\(interface)/")
        let key = SnapshotSettings.key(pattern, interface: interface)
        settings[key] = Reading(attempting: { try Sysctl.read(path) })
      }
    }
    return settings
  }

  /// The ruleset with its counters, read only if that can load no module.
  private static func ruleset(_ modules: KernelModules) -> Reading<String> {
    switch modules.tables {
    case .no: return .absent
    case .unknown:
      return .unreadable(
        reason:
          "whether nf_tables is loaded can't be seen, and to ask for rules would load it; run as root, or"
          + " where /lib/modules is"
      )
    case .yes: break
    }
    do throws(NftablesError) {
      return .value(try Nftables.ruleset(includesCounters: true))
    } catch {
      return error.code == .kernelSupportMissing ? .absent : .unreadable(reason: "\(error)")
    }
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
    _ bystanders: [ProcessSnapshot]
  ) throws -> [ListenerSnapshot] {
    var owners = owners
    let listening = try sockets().filter { socket in
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

  private static func sockets() throws -> [SocketTable.Socket] {
    var sockets: [SocketTable.Socket] = []
    for (file, transport) in [("udp", "udp"), ("udp6", "udp"), ("tcp", "tcp"), ("tcp6", "tcp")] {
      do {
        sockets += SocketTable.listening(try net(file), transport: transport)
      } catch let error as SystemError where error.errno == .noSuchFileOrDirectory && file.hasSuffix("6") {
        // Without IPv6 there are no such files.
      }
    }
    return sockets
  }
}
