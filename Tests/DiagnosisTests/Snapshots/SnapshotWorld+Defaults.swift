import NetworkTypes
import Observation

/// What a kernel has by default, or a healthy host after a while.
extension SnapshotWorld {
  /// Options of a new bridge (/sys/class/net/NAME/bridge).
  static let bridgeOptions = [
    "ageing_time": "30000", "default_pvid": "1", "forward_delay": "1500", "group_addr": "1:80:c2:0:0:0",
    "group_fwd_mask": "0x0", "hash_elasticity": "16", "hash_max": "4096", "hello_time": "200",
    "max_age": "2000",
    "multicast_igmp_version": "2", "multicast_mld_version": "1", "multicast_querier": "0",
    "multicast_router": "1", "multicast_snooping": "1", "nf_call_arptables": "0", "nf_call_ip6tables": "0",
    "nf_call_iptables": "0", "no_linklocal_learn": "0", "priority": "32768", "stp_state": "0",
    "vlan_filtering": "0", "vlan_protocol": "0x8100",
  ]

  /// Options of a new port (/sys/class/net/NAME/brport).
  static let portOptions = [
    "bpdu_guard": "0", "broadcast_flood": "1", "group_fwd_mask": "0x0", "hairpin_mode": "0", "isolated": "0",
    "learning": "1", "multicast_fast_leave": "0", "multicast_flood": "1", "multicast_router": "1",
    "multicast_to_unicast": "0", "neigh_suppress": "0", "path_cost": "2", "priority": "32", "proxyarp": "0",
    "proxyarp_wifi": "0", "root_block": "0", "state": "3", "unicast_flood": "1",
  ]

  /// Counters of an interface.
  static let statistics: [String: UInt64] = [
    "rx_packets": 4000, "tx_packets": 4000, "rx_bytes": 400_000, "tx_bytes": 400_000, "rx_dropped": 0,
    "tx_dropped": 0, "rx_errors": 0, "tx_errors": 0, "multicast": 0, "rx_otherhost_dropped": 0,
  ]

  /// Settings of a namespace that forwards, with those of "all", "default" and "lo".
  static let settings: [String: String] = {
    var settings = [
      "net.ipv4.ip_forward": "1", "net.ipv6.conf.all.forwarding": "1", "net.ipv6.conf.all.disable_ipv6": "0",
      "net.ipv4.ip_local_port_range": "32768\t60999", "net.ipv4.conf.all.src_valid_mark": "0",
      "net.bridge.bridge-nf-call-iptables": "0", "net.bridge.bridge-nf-call-ip6tables": "0",
      "net.bridge.bridge-nf-call-arptables": "0", "net.netfilter.nf_conntrack_max": "262144",
      "net.netfilter.nf_conntrack_count": "120", "net.netfilter.nf_conntrack_buckets": "262144",
      "net.netfilter.nf_conntrack_udp_timeout": "30", "net.netfilter.nf_conntrack_udp_timeout_stream": "120",
    ]
    for interface in ["all", "default", "lo"] {
      settings.merge(Self.settings(ofInterface: interface)) { own, _ in own }
    }
    return settings
  }()

  /// Settings of an interface.
  static func settings(ofInterface name: String) -> [String: String] {
    let values = [
      "forwarding": "1", "rp_filter": "0", "arp_notify": "0", "proxy_arp": "0", "arp_ignore": "0",
      "arp_announce": "0", "arp_filter": "0", "arp_accept": "0", "drop_gratuitous_arp": "0",
      "route_localnet": "0", "src_valid_mark": "0", "accept_ra": "1", "disable_ipv6": "0",
      "ndisc_notify": "0",
      "proxy_ndp": "0", "base_reachable_time_ms": "30000", "delay_first_probe_time": "5",
      "ucast_solicit": "3",
      "mcast_solicit": "3", "mcast_resolicit": "0", "retrans_time_ms": "1000", "locktime": "100",
      "gc_stale_time": "60",
    ]
    // There are no neighbours at "all".
    let patterns = SnapshotSettings.ofInterface.filter { name != "all" || !$0.contains("/neigh/") }
    return Dictionary(
      patterns.map { pattern in
        let last = pattern.split(separator: "/").last.map(String.init) ?? ""
        return (SnapshotSettings.key(pattern, interface: name), values[last] ?? "0")
      },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Counters of the protocols.
  static let counters: [String: UInt64] = [
    "Ip.InReceives": 5000, "Ip.InAddrErrors": 0, "Ip.InDiscards": 0, "Ip.ForwDatagrams": 3000,
    "Ip.OutRequests": 2000, "Ip.OutNoRoutes": 0, "Ip.ReasmFails": 0, "Ip.FragFails": 0,
    "Udp.InDatagrams": 1000, "Udp.OutDatagrams": 1000, "Udp.NoPorts": 0, "Udp.InErrors": 0,
    "Udp.RcvbufErrors": 0, "Udp.InCsumErrors": 0, "Tcp.RetransSegs": 0, "TcpExt.IPReversePathFilter": 0,
  ]

  /// Counters of connection tracking.
  static let tracking: [String: UInt64] = [
    "count": 120, "max": 262_144, "insert_failed": 0, "drop": 0, "early_drop": 0, "clash_resolve": 0,
    "invalid": 0, "found": 0, "search_restart": 0,
  ]

  /// The neighbour tables' counters; a kernel has them in its first namespace only.
  static let neighbourCounters: [String: UInt64] = ["arp.table_fulls": 0, "ndisc.table_fulls": 0]

  /// A resolver configuration with one server upstream.
  static let resolverText = "nameserver 192.0.2.53\n"

  /// The machine that a host is on.
  static let machine = MachineSnapshot(
    settings: [
      "net.ipv4.neigh.default.gc_thresh1": .value("128"), "net.ipv4.neigh.default.gc_thresh2": .value("512"),
      "net.ipv4.neigh.default.gc_thresh3": .value("1024"), "net.ipv6.neigh.default.gc_thresh1": .value("128"),
      "net.ipv6.neigh.default.gc_thresh2": .value("512"), "net.ipv6.neigh.default.gc_thresh3": .value("1024"),
      "net.core.rmem_default": .value("212992"), "net.core.rmem_max": .value("212992"),
      "net.core.netdev_max_backlog": .value("1000"), "net.core.netdev_budget": .value("300"),
      "fs.inotify.max_user_instances": .value("1024"), "fs.file-max": .value("9223372036854775807"),
    ],
    softnet: .value(["processed": 1_000_000, "dropped": 0, "timeSqueeze": 1]),
    pressure: .value(["some.avg10": 0.5, "some.avg60": 0.4, "some.avg300": 0.3]),
    processors: .value(4),
    modules: .value(["br_netfilter", "bridge", "nf_conntrack", "nf_tables", "veth"]),
    hasModulesFolder: .value(true),
    machineIdDigest: .value("3f9c2a51d07be844"),
    udevRuns: .value(true)
  )

  /// Who looked.
  static func origin(namespace: String) -> SnapshotOrigin {
    SnapshotOrigin(
      tool: "kingpost 0.2.0",
      host: "ci1",
      bootId: "6c1f3c0e-5d0c-4f0e-9b0a-6f7f2a9d1b11",
      kernel: "6.18.44",
      time: "2026-11-24T06:00:00Z",
      uptime: 864_000,
      namespace: namespace,
      privileges: "root",
      complete: true,
      blindSpots: []
    )
  }
}
