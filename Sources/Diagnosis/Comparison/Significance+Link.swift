extension Significance {
  /// Who chose a bridge's MAC.
  static let macAssignment = Significance(
    .decisive,
    "A bridge without a MAC of its own takes the smallest of its ports', so that its containers lose their gateway"
      + " when ports come and go.",
    rank: 0
  )

  /// Who made a bridge.
  static let owner = Significance(
    .notable,
    "An engine sets the MAC and the options of bridges that it makes itself; one that it is given stays as somebody"
      + " else made it.",
    rank: 0
  )

  /// The same bridge's MAC at two moments.
  static let macChanged = Significance(
    .decisive,
    "The containers' gateway changed its MAC: those that knew the old one were cut off until their neighbour"
      + " entries were renewed.",
    rank: 1
  )

  /// Whether an interface is up.
  static let isUp = Significance(.decisive, "Nothing passes an interface that is down.", rank: 10)

  /// An interface's MTU.
  static let mtu = Significance(
    .important,
    "Packets larger than the smallest MTU on the way are dropped where nobody says so: small answers pass, large"
      + " ones hang.",
    rank: 10
  )

  /// The other flags.
  static let flags = Significance(
    .notable,
    "Flags change which frames an interface takes; promiscuous mode alone changes what a bridge drops."
  )

  /// What an interface is a port of.
  static let master = Significance(
    .decisive,
    "An interface that left its bridge has no way to the others.",
    rank: 20
  )

  /// The transmit queue.
  static let queue = Significance(.minor, "A short queue drops bursts.")

  /// An option of a bridge, by its name in sysfs; nil for what must differ.
  static func bridgeOption(_ name: String) -> Significance? {
    if let known = bridgeOptions[name] { return known }
    let mustDiffer = ["bridge_id", "root_id", "root_port", "root_path_cost", "group_addr"]
    if mustDiffer.contains(name) || name.hasSuffix("_timer") || name.hasPrefix("topology_change") {
      return nil
    }
    if name.hasPrefix("multicast_") {
      return Significance(.minor, "It tunes multicast snooping.")
    }
    return Significance(.minor, "An option of the bridge.")
  }

  private static let bridgeOptions: [String: Significance] = [
    "stp_state": Significance(
      .decisive,
      "With spanning tree each new port is held back for twice the forward delay (30 s by default).",
      rank: 2
    ),
    "forward_delay": Significance(
      .notable,
      "How long spanning tree, if it is on, holds a new port back: twice this (hundredths of a second)."
    ),
    "vlan_filtering": Significance(
      .important,
      "With VLAN filtering, frames of ports without a PVID are dropped.",
      rank: 5
    ),
    "default_pvid": Significance(.notable, "The VLAN that new ports are in; 0 leaves them in none."),
    "vlan_protocol": Significance(.notable, "Which tags the bridge understands."),
    "nf_call_iptables": Significance(
      .important,
      "Frames between the bridge's own ports run through the IP firewall.",
      rank: 6
    ),
    "nf_call_ip6tables": Significance(
      .important,
      "Frames between the bridge's own ports run through the IPv6 firewall.",
      rank: 6
    ),
    "nf_call_arptables": Significance(.notable, "ARP between the bridge's own ports runs through arptables."),
    "multicast_snooping": Significance(
      .notable,
      "Snooping holds back multicast that nobody asked for; a missed report silences IPv6 neighbour discovery."
    ),
    "multicast_querier": Significance(.notable, "Without a querier, snooping forgets who listens."),
    "ageing_time": Significance(.notable, "How long the bridge remembers behind which port an address is."),
    "group_fwd_mask": Significance(.notable, "Which link-local frames the bridge passes on."),
    "no_linklocal_learn": Significance(.minor, "Whether addresses are learnt from link-local frames."),
    "priority": Significance(.minor, "Which bridge spanning tree elects as its root."),
    "max_age": Significance(.minor, "Spanning tree's patience."),
    "hello_time": Significance(.minor, "Spanning tree's pace."),
  ]

  /// An option of a bridge's port, by its name in sysfs; nil for what must differ.
  static func portOption(_ name: String) -> Significance? {
    if let known = portOptions[name] { return known }
    let mustDiffer = ["port_id", "port_no", "change_ack", "config_pending"]
    if mustDiffer.contains(name) || name.hasSuffix("_timer") || name.hasPrefix("designated_") { return nil }
    return Significance(.minor, "An option of the bridge's ports.")
  }

  private static let portOptions: [String: Significance] = [
    "state": Significance(
      .decisive,
      "Only a port that forwards (3) lets a container's frames pass.",
      rank: 12
    ),
    "isolated": Significance(
      .important,
      "Isolated ports don't reach each other: a resolver in a neighbouring container is cut off."
    ),
    "unicast_flood": Significance(
      .important,
      "Without it, frames for an address that isn't known yet are dropped."
    ),
    "broadcast_flood": Significance(.important, "Without it, ARP requests don't reach the port."),
    "multicast_flood": Significance(
      .important,
      "Without it, IPv6 neighbour discovery doesn't reach the port."
    ),
    "learning": Significance(.important, "A port that doesn't learn has its answers flooded."),
    "hairpin_mode": Significance(
      .notable,
      "With hairpin mode frames go back out of the port that they came in by."
    ),
    "proxyarp": Significance(.important, "The bridge answers ARP on others' behalf."),
    "neigh_suppress": Significance(
      .important,
      "The bridge answers ARP and ND itself instead of passing it on."
    ),
    "path_cost": Significance(.minor, "Spanning tree's choice of ways."),
    "priority": Significance(.minor, "Spanning tree's choice of ways."),
  ]
}
