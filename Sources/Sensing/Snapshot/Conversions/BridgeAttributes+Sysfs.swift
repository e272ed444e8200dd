internal import NetlinkCodec
internal import NetworkTypes

extension BridgeAttributes {
  /// The parameters by their names and in the form and units of /sys/class/net/NAME/bridge.
  ///
  /// Left out are the files that say how long a timer has to run (`hello_timer`, `tcn_timer`,
  /// `topology_change_timer`, `gc_timer`) and the one that is only written (`flush`).
  var sysfs: [String: String] {
    var files: [String: String] = [:]
    func put(_ name: String, _ value: String?) { files[name] = value }
    put("forward_delay", forwardDelay?.hundredths)
    put("hello_time", helloTime?.hundredths)
    put("max_age", maximumAge?.hundredths)
    put("ageing_time", ageingTime?.hundredths)
    put("stp_state", stpState.map { "\($0.rawValue)" })
    put("priority", priority.map { "\($0)" })
    put("vlan_filtering", vlanFiltering?.digit)
    put("vlan_protocol", vlanProtocol.map { "0x" + $0.hexadecimal(digits: 4) })
    put("group_fwd_mask", groupForwardMask.map { "0x" + $0.hexadecimal() })
    put("root_id", rootIdentifier?.sysfs)
    put("bridge_id", bridgeIdentifier?.sysfs)
    put("root_port", rootPort.map { "\($0)" })
    put("root_path_cost", rootPathCost.map { "\($0)" })
    put("topology_change", topologyChange?.digit)
    put("topology_change_detected", topologyChangeDetected?.digit)
    put("group_addr", groupAddress?.description)
    put("multicast_router", multicastRouter.map { "\($0)" })
    put("multicast_snooping", multicastSnooping?.digit)
    put("multicast_query_use_ifaddr", multicastQueryUsesAddress?.digit)
    put("multicast_querier", multicastQuerier?.digit)
    put("hash_elasticity", multicastHashElasticity.map { "\($0)" })
    put("hash_max", multicastHashMaximum.map { "\($0)" })
    put("multicast_last_member_count", multicastLastMemberCount.map { "\($0)" })
    put("multicast_startup_query_count", multicastStartupQueryCount.map { "\($0)" })
    put("multicast_last_member_interval", multicastLastMemberInterval?.hundredths)
    put("multicast_membership_interval", multicastMembershipInterval?.hundredths)
    put("multicast_querier_interval", multicastQuerierInterval?.hundredths)
    put("multicast_query_interval", multicastQueryInterval?.hundredths)
    put("multicast_query_response_interval", multicastQueryResponseInterval?.hundredths)
    put("multicast_startup_query_interval", multicastStartupQueryInterval?.hundredths)
    put("nf_call_iptables", nfCallIptables?.digit)
    put("nf_call_ip6tables", nfCallIp6tables?.digit)
    put("nf_call_arptables", nfCallArptables?.digit)
    put("default_pvid", vlanDefaultPVID.map { "\($0)" })
    put("vlan_stats_enabled", vlanStatistics?.digit)
    put("vlan_stats_per_port", vlanStatisticsPerPort?.digit)
    put("multicast_stats_enabled", multicastStatistics?.digit)
    put("multicast_igmp_version", multicastIGMPVersion.map { "\($0)" })
    put("multicast_mld_version", multicastMLDVersion.map { "\($0)" })
    // BR_BOOLOPT_NO_LL_LEARN
    if let options, options.mask & 1 == 1 { put("no_linklocal_learn", "\(options.values & 1)") }
    return files
  }
}

extension BridgeIdentifier {
  /// Priority and address, as the kernel prints them: "8000.020000000001".
  var sysfs: String {
    let address = String(address.rawValue, radix: 16)
    return priority.hexadecimal(digits: 4) + "." + String(repeating: "0", count: 12 - address.count) + address
  }
}

extension Duration {
  /// In hundredths of a second, as the kernel prints its `clock_t`.
  var hundredths: String { "\(wholeNanoseconds / 10_000_000)" }
}

extension Bool {
  /// 1 or 0.
  var digit: String { self ? "1" : "0" }
}

extension UInt16 {
  /// Lower-case hexadecimal of at least `digits` digits.
  func hexadecimal(digits: Int = 1) -> String {
    let text = String(self, radix: 16)
    return String(repeating: "0", count: text.count < digits ? digits - text.count : 0) + text
  }
}
