internal import NetlinkCodec
internal import NetworkTypes

/// A folder of options in sysfs, by their names; of each only what differs from what there is.
private struct OptionFiles {
  private let files: [String: String]

  init(_ files: [String: String]) { self.files = files }

  func number<Value: FixedWidthInteger>(_ name: String, _ now: Value?) -> Value? {
    let value = files[name].flatMap(Value.init(option:))
    return value == now ? nil : value
  }

  func flag(_ name: String, _ now: Bool?) -> Bool? {
    let value = files[name].map { $0 != "0" }
    return value == now ? nil : value
  }

  /// The kernel has times in hundredths of a second.
  func time(_ name: String, _ now: Duration?) -> Duration? {
    let value = files[name].flatMap { Int64($0) }.map { Duration.milliseconds($0 * 10) }
    return value == now ? nil : value
  }
}

extension BridgeAttributes {
  /// The options of a bridge as a snapshot has them, by their names below /sys/class/net/NAME/bridge; those that are
  /// as in `present` are left out, because not every kernel lets every option be set, even to what it is.
  init(files: [String: String], differingFrom present: BridgeAttributes) {
    self.init()
    let options = OptionFiles(files)
    forwardDelay = options.time("forward_delay", present.forwardDelay)
    helloTime = options.time("hello_time", present.helloTime)
    maximumAge = options.time("max_age", present.maximumAge)
    ageingTime = options.time("ageing_time", present.ageingTime)
    stpState = options.number("stp_state", present.stpState?.rawValue).map { SpanningTreeState(rawValue: $0) }
    priority = options.number("priority", present.priority)
    vlanFiltering = options.flag("vlan_filtering", present.vlanFiltering)
    vlanDefaultPVID = options.number("default_pvid", present.vlanDefaultPVID)
    groupForwardMask = options.number("group_fwd_mask", present.groupForwardMask)
    multicastRouter = options.number("multicast_router", present.multicastRouter)
    multicastSnooping = options.flag("multicast_snooping", present.multicastSnooping)
    multicastQueryUsesAddress = options.flag("multicast_query_use_ifaddr", present.multicastQueryUsesAddress)
    multicastQuerier = options.flag("multicast_querier", present.multicastQuerier)
    multicastHashMaximum = options.number("hash_max", present.multicastHashMaximum)
    multicastLastMemberCount = options.number("multicast_last_member_count", present.multicastLastMemberCount)
    multicastStartupQueryCount = options.number(
      "multicast_startup_query_count",
      present.multicastStartupQueryCount
    )
    multicastLastMemberInterval = options.time(
      "multicast_last_member_interval",
      present.multicastLastMemberInterval
    )
    multicastMembershipInterval = options.time(
      "multicast_membership_interval",
      present.multicastMembershipInterval
    )
    multicastQuerierInterval = options.time("multicast_querier_interval", present.multicastQuerierInterval)
    multicastQueryInterval = options.time("multicast_query_interval", present.multicastQueryInterval)
    multicastQueryResponseInterval = options.time(
      "multicast_query_response_interval",
      present.multicastQueryResponseInterval
    )
    multicastStartupQueryInterval = options.time(
      "multicast_startup_query_interval",
      present.multicastStartupQueryInterval
    )
    multicastStatistics = options.flag("multicast_stats_enabled", present.multicastStatistics)
    multicastIGMPVersion = options.number("multicast_igmp_version", present.multicastIGMPVersion)
    multicastMLDVersion = options.number("multicast_mld_version", present.multicastMLDVersion)
    nfCallIptables = options.flag("nf_call_iptables", present.nfCallIptables)
    nfCallIp6tables = options.flag("nf_call_ip6tables", present.nfCallIp6tables)
    nfCallArptables = options.flag("nf_call_arptables", present.nfCallArptables)
  }
}

extension BridgePort {
  /// The options of a port as a snapshot has them, by their names below /sys/class/net/NAME/brport, without those that
  /// are as in `present`.
  init(files: [String: String], differingFrom present: BridgePort) {
    self.init()
    let options = OptionFiles(files)
    priority = options.number("priority", present.priority)
    cost = options.number("path_cost", present.cost)
    hairpin = options.flag("hairpin_mode", present.hairpin)
    bpduGuard = options.flag("bpdu_guard", present.bpduGuard)
    rootBlock = options.flag("root_block", present.rootBlock)
    multicastFastLeave = options.flag("multicast_fast_leave", present.multicastFastLeave)
    learning = options.flag("learning", present.learning)
    unicastFlood = options.flag("unicast_flood", present.unicastFlood)
    proxyARP = options.flag("proxyarp", present.proxyARP)
    proxyARPWiFi = options.flag("proxyarp_wifi", present.proxyARPWiFi)
    multicastRouter = options.number("multicast_router", present.multicastRouter)
    multicastFlood = options.flag("multicast_flood", present.multicastFlood)
    multicastToUnicast = options.flag("multicast_to_unicast", present.multicastToUnicast)
    broadcastFlood = options.flag("broadcast_flood", present.broadcastFlood)
    groupForwardMask = options.number("group_fwd_mask", present.groupForwardMask)
    neighbourSuppression = options.flag("neigh_suppress", present.neighbourSuppression)
    isolated = options.flag("isolated", present.isolated)
  }
}

extension FixedWidthInteger {
  /// A number as sysfs prints it, in hexadecimal with 0x before it.
  fileprivate init?(option text: String) {
    if text.hasPrefix("0x") { self.init(text.dropFirst(2), radix: 16) } else { self.init(text) }
  }
}
