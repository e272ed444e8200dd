internal import LinuxSystem
internal import Nftables
internal import Observation

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
  init(interfaces: [String], modules: KernelModules, owners: SocketOwners) {
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
    listeners = Reading(attempting: { try Self.listeners(owners) })
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
  private static func listeners(_ owners: SocketOwners) throws -> [ListenerSnapshot] {
    var listeners: [ListenerSnapshot] = []
    for (file, transport) in [("udp", "udp"), ("udp6", "udp"), ("tcp", "tcp"), ("tcp6", "tcp")] {
      let text: String
      do { text = try net(file) } catch {
        // Without IPv6 there are no such files.
        guard file.hasSuffix("6") else { throw error }
        continue
      }
      for socket in SocketTable.listening(text, transport: transport) {
        let owner = owners[socket.inode]
        guard
          ResolverPrograms.ports.contains(socket.port) || socket.address == ResolverPrograms.dockerAddress
            || owner.map({ ResolverPrograms.names.contains($0.name) }) == true
        else { continue }
        listeners.append(
          ListenerSnapshot(
            transport: socket.transport,
            address: socket.address,
            port: socket.port,
            drops: socket.drops,
            process: owner
          )
        )
      }
    }
    return listeners
  }
}
