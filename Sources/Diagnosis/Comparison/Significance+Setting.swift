extension Significance {
  /// A setting below /proc/sys, by its name; nil for one that is a counter.
  ///
  /// `name` may be a pattern with `IF` for an interface's name.
  static func setting(_ name: String) -> Significance? {
    let parts = name.split { $0 == "." || $0 == "/" }.map(String.init)
    if let known = whole[parts.joined(separator: ".")] { return known }
    if parts.last == "nf_conntrack_count" { return nil }
    if parts.count >= 4, parts[0] == "net", let leaf = parts.last,
      let known = ofInterface["\(parts[1]).\(leaf)"]
    {
      return known
    }
    if parts.contains("neigh") {
      return Significance(.notable, "It decides how soon a stale neighbour entry is noticed and renewed.")
    }
    if name.contains("nf_conntrack") {
      return Significance(.notable, "It decides how many flows are remembered, and for how long.")
    }
    return Significance(.minor, "A setting of the kernel.")
  }

  private static let whole: [String: Significance] = [
    "net.ipv4.ip_forward": Significance(
      .decisive,
      "Without forwarding no container reaches anything outside.",
      rank: 3
    ),
    "net.ipv6.conf.all.forwarding": Significance(
      .important,
      "Without it no container reaches anything outside over IPv6; with it, router advertisements are ignored unless"
        + " accept_ra is 2."
    ),
    "net.bridge.bridge-nf-call-iptables": Significance(
      .important,
      "With it, frames between ports of one bridge run through the IP firewall, which may drop them.",
      rank: 6
    ),
    "net.bridge.bridge-nf-call-ip6tables": Significance(
      .important,
      "With it, frames between ports of one bridge run through the IPv6 firewall.",
      rank: 6
    ),
    "net.bridge.bridge-nf-call-arptables": Significance(
      .notable,
      "With it, ARP between ports of one bridge runs through arptables."
    ),
    "net.netfilter.nf_conntrack_max": Significance(
      .important,
      "When this many flows are tracked, new ones are dropped."
    ),
    "net.ipv4.ip_local_port_range": Significance(
      .notable,
      "How many source ports there are for flows to one server."
    ),
    "net.ipv4.neigh.default.gc_thresh3": Significance(
      .important,
      "When the kernel holds this many neighbour entries, in all namespaces together, new ones are refused."
    ),
    "net.ipv6.neigh.default.gc_thresh3": Significance(
      .important,
      "When the kernel holds this many neighbour entries, in all namespaces together, new ones are refused."
    ),
    "net.core.rmem_default": Significance(
      .notable,
      "How much a resolver's socket holds before it drops requests."
    ),
    "net.core.rmem_max": Significance(.notable, "How much a resolver's socket can be made to hold."),
    "net.core.netdev_max_backlog": Significance(
      .notable,
      "How many frames wait for a processor before they are dropped; a broadcast to a thousand ports overruns it."
    ),
    "fs.inotify.max_user_instances": Significance(.notable, "When they run out, dnsmasq doesn't start."),
    "fs.file-max": Significance(.notable, "How many files may be open at all."),
  ]

  private static let ofInterface: [String: Significance] = [
    "ipv4.forwarding": Significance(
      .decisive,
      "Without forwarding what comes in by this interface goes no further.",
      rank: 4
    ),
    "ipv4.rp_filter": Significance(
      .important,
      "Strict filtering (1) drops packets that the host would answer by another way."
    ),
    "ipv4.arp_notify": Significance(
      .important,
      "With it the kernel announces a changed MAC, and stale neighbours heal at once."
    ),
    "ipv4.proxy_arp": Significance(
      .important,
      "With it the host answers ARP for others, and takes their traffic."
    ),
    "ipv4.arp_ignore": Significance(.notable, "It decides for which addresses the host answers ARP."),
    "ipv4.arp_announce": Significance(.notable, "It decides which address the host asks by ARP with."),
    "ipv4.arp_filter": Significance(.notable, "It decides by which interface the host answers ARP."),
    "ipv4.arp_accept": Significance(.notable, "Whether an unasked ARP makes a new entry."),
    "ipv4.drop_gratuitous_arp": Significance(
      .important,
      "With it announcements of a changed MAC are dropped."
    ),
    "ipv4.route_localnet": Significance(
      .notable,
      "Whether 127.0.0.0/8 may be routed, as published ports need it."
    ),
    "ipv4.src_valid_mark": Significance(
      .notable,
      "Whether the reverse path is looked up with the packet's mark."
    ),
    "ipv6.forwarding": Significance(
      .important,
      "Without it what comes in over IPv6 goes no further; with it, router advertisements are ignored unless"
        + " accept_ra is 2."
    ),
    "ipv6.accept_ra": Significance(
      .important,
      "With forwarding on, only 2 keeps the default route that a router advertises."
    ),
    "ipv6.disable_ipv6": Significance(.important, "Without IPv6 every AAAA answer leads nowhere."),
    "ipv6.ndisc_notify": Significance(
      .important,
      "With it the kernel announces a changed MAC to IPv6 neighbours, which heal at once."
    ),
    "ipv6.proxy_ndp": Significance(.notable, "With it the host answers neighbour discovery for others."),
  ]
}
