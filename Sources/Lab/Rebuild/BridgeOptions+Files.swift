internal import NetlinkCodec
internal import NetworkTypes

extension BridgeAttributes {
  /// The options of a bridge as a snapshot has them, by their names below /sys/class/net/NAME/bridge; those that are
  /// as in `present` are left out, because not every kernel lets every option be set, even to what it is.
  init(files: [String: String], differingFrom present: BridgeAttributes) {
    self.init()
    func number<Value: FixedWidthInteger>(_ name: String, _ now: Value?) -> Value? {
      let value = files[name].flatMap(Value.init(option:))
      return value == now ? nil : value
    }
    func flag(_ name: String, _ now: Bool?) -> Bool? {
      let value = files[name].map { $0 != "0" }
      return value == now ? nil : value
    }
    func time(_ name: String, _ now: Duration?) -> Duration? {
      let value = files[name].flatMap { Int64($0) }.map { Duration.milliseconds($0 * 10) }
      return value == now ? nil : value
    }
    forwardDelay = time("forward_delay", present.forwardDelay)
    helloTime = time("hello_time", present.helloTime)
    maximumAge = time("max_age", present.maximumAge)
    ageingTime = time("ageing_time", present.ageingTime)
    stpState = number("stp_state", present.stpState?.rawValue).map { SpanningTreeState(rawValue: $0) }
    priority = number("priority", present.priority)
    vlanFiltering = flag("vlan_filtering", present.vlanFiltering)
    vlanDefaultPVID = number("default_pvid", present.vlanDefaultPVID)
    groupForwardMask = number("group_fwd_mask", present.groupForwardMask)
    multicastRouter = number("multicast_router", present.multicastRouter)
    multicastSnooping = flag("multicast_snooping", present.multicastSnooping)
    multicastQueryUsesAddress = flag("multicast_query_use_ifaddr", present.multicastQueryUsesAddress)
    multicastQuerier = flag("multicast_querier", present.multicastQuerier)
    multicastHashMaximum = number("hash_max", present.multicastHashMaximum)
    multicastLastMemberCount = number("multicast_last_member_count", present.multicastLastMemberCount)
    multicastStartupQueryCount = number("multicast_startup_query_count", present.multicastStartupQueryCount)
    multicastLastMemberInterval = time(
      "multicast_last_member_interval",
      present.multicastLastMemberInterval
    )
    multicastMembershipInterval = time("multicast_membership_interval", present.multicastMembershipInterval)
    multicastQuerierInterval = time("multicast_querier_interval", present.multicastQuerierInterval)
    multicastQueryInterval = time("multicast_query_interval", present.multicastQueryInterval)
    multicastQueryResponseInterval = time(
      "multicast_query_response_interval",
      present.multicastQueryResponseInterval
    )
    multicastStartupQueryInterval = time(
      "multicast_startup_query_interval",
      present.multicastStartupQueryInterval
    )
    multicastStatistics = flag("multicast_stats_enabled", present.multicastStatistics)
    multicastIGMPVersion = number("multicast_igmp_version", present.multicastIGMPVersion)
    multicastMLDVersion = number("multicast_mld_version", present.multicastMLDVersion)
    nfCallIptables = flag("nf_call_iptables", present.nfCallIptables)
    nfCallIp6tables = flag("nf_call_ip6tables", present.nfCallIp6tables)
    nfCallArptables = flag("nf_call_arptables", present.nfCallArptables)
  }
}

extension BridgePort {
  /// The options of a port as a snapshot has them, by their names below /sys/class/net/NAME/brport, without those that
  /// are as in `present`.
  init(files: [String: String], differingFrom present: BridgePort) {
    self.init()
    func number<Value: FixedWidthInteger>(_ name: String, _ now: Value?) -> Value? {
      let value = files[name].flatMap(Value.init(option:))
      return value == now ? nil : value
    }
    func flag(_ name: String, _ now: Bool?) -> Bool? {
      let value = files[name].map { $0 != "0" }
      return value == now ? nil : value
    }
    priority = number("priority", present.priority)
    cost = number("path_cost", present.cost)
    hairpin = flag("hairpin_mode", present.hairpin)
    bpduGuard = flag("bpdu_guard", present.bpduGuard)
    rootBlock = flag("root_block", present.rootBlock)
    multicastFastLeave = flag("multicast_fast_leave", present.multicastFastLeave)
    learning = flag("learning", present.learning)
    unicastFlood = flag("unicast_flood", present.unicastFlood)
    proxyARP = flag("proxyarp", present.proxyARP)
    proxyARPWiFi = flag("proxyarp_wifi", present.proxyARPWiFi)
    multicastRouter = number("multicast_router", present.multicastRouter)
    multicastFlood = flag("multicast_flood", present.multicastFlood)
    multicastToUnicast = flag("multicast_to_unicast", present.multicastToUnicast)
    broadcastFlood = flag("broadcast_flood", present.broadcastFlood)
    groupForwardMask = number("group_fwd_mask", present.groupForwardMask)
    neighbourSuppression = flag("neigh_suppress", present.neighbourSuppression)
    isolated = flag("isolated", present.isolated)
  }
}

extension FixedWidthInteger {
  /// A number as sysfs prints it, in hexadecimal with 0x before it.
  fileprivate init?(option text: String) {
    if text.hasPrefix("0x") { self.init(text.dropFirst(2), radix: 16) } else { self.init(text) }
  }
}
