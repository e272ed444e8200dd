/// Which settings below /proc/sys a snapshot holds.
public enum SnapshotSettings {
  /// Those of each namespace.
  public static let ofNamespace = [
    "net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding", "net.ipv6.conf.all.disable_ipv6",
    "net.ipv4.ip_local_port_range", "net.ipv4.conf.all.src_valid_mark",
    "net.bridge.bridge-nf-call-iptables", "net.bridge.bridge-nf-call-ip6tables",
    "net.bridge.bridge-nf-call-arptables",
    "net.netfilter.nf_conntrack_max", "net.netfilter.nf_conntrack_count",
    "net.netfilter.nf_conntrack_buckets",
    "net.netfilter.nf_conntrack_udp_timeout", "net.netfilter.nf_conntrack_udp_timeout_stream",
  ]

  /// Those of an interface, or of "all" and "default", with `IF` in its place; read for bridges, their uplinks and
  /// the interfaces of containers, not for ports.
  public static let ofInterface = [
    "net/ipv4/conf/IF/forwarding", "net/ipv4/conf/IF/rp_filter", "net/ipv4/conf/IF/arp_notify",
    "net/ipv4/conf/IF/proxy_arp", "net/ipv4/conf/IF/arp_ignore", "net/ipv4/conf/IF/arp_announce",
    "net/ipv4/conf/IF/arp_filter", "net/ipv4/conf/IF/arp_accept", "net/ipv4/conf/IF/drop_gratuitous_arp",
    "net/ipv4/conf/IF/route_localnet", "net/ipv4/conf/IF/src_valid_mark",
    "net/ipv6/conf/IF/forwarding", "net/ipv6/conf/IF/accept_ra", "net/ipv6/conf/IF/disable_ipv6",
    "net/ipv6/conf/IF/ndisc_notify", "net/ipv6/conf/IF/proxy_ndp",
    "net/ipv4/neigh/IF/base_reachable_time_ms", "net/ipv4/neigh/IF/delay_first_probe_time",
    "net/ipv4/neigh/IF/ucast_solicit", "net/ipv4/neigh/IF/mcast_solicit", "net/ipv4/neigh/IF/mcast_resolicit",
    "net/ipv4/neigh/IF/retrans_time_ms", "net/ipv4/neigh/IF/locktime", "net/ipv4/neigh/IF/gc_stale_time",
  ]

  /// Those that are the whole kernel's, or exist in the first namespace only.
  public static let ofMachine = [
    "net.ipv4.neigh.default.gc_thresh1", "net.ipv4.neigh.default.gc_thresh2",
    "net.ipv4.neigh.default.gc_thresh3",
    "net.ipv6.neigh.default.gc_thresh1", "net.ipv6.neigh.default.gc_thresh2",
    "net.ipv6.neigh.default.gc_thresh3",
    "net.core.rmem_default", "net.core.rmem_max", "net.core.netdev_max_backlog", "net.core.netdev_budget",
    "fs.inotify.max_user_instances", "fs.file-max",
  ]

  /// The key of an interface's setting: with dots, or with slashes where the interface's name has a dot.
  public static func key(_ pattern: String, interface: String) -> String {
    let path = path(pattern, interface: interface)
    return interface.utf8.contains(UInt8(ascii: ".")) ? path : String(path.map { $0 == "/" ? "." : $0 })
  }

  /// Where an interface's setting is below /proc/sys.
  public static func path(_ pattern: String, interface: String) -> String {
    guard let place = pattern.firstRange(of: "/IF/") else { return pattern }
    return "\(pattern[..<place.lowerBound])/\(interface)/\(pattern[place.upperBound...])"
  }
}
