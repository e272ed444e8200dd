internal import NetlinkCodec
internal import NetworkTypes

extension BridgePort {
  /// The parameters by their names and in the form of /sys/class/net/NAME/brport.
  ///
  /// Left out are the files that say how long a timer has to run (`hold_timer`, `message_age_timer`,
  /// `forward_delay_timer`) and the one that is only written (`flush`).
  ///
  /// - Parameter name: an interface's name by its number, for the backup port.
  func sysfs(name: (InterfaceIndex) -> String?) -> [String: String] {
    var files: [String: String] = [:]
    func put(_ name: String, _ value: String?) { files[name] = value }
    put("state", state.map { "\($0.rawValue)" })
    put("priority", priority.map { "\($0)" })
    put("path_cost", cost.map { "\($0)" })
    put("hairpin_mode", hairpin?.digit)
    put("bpdu_guard", bpduGuard?.digit)
    put("root_block", rootBlock?.digit)
    put("multicast_fast_leave", multicastFastLeave?.digit)
    put("learning", learning?.digit)
    put("unicast_flood", unicastFlood?.digit)
    put("proxyarp", proxyARP?.digit)
    put("proxyarp_wifi", proxyARPWiFi?.digit)
    put("designated_root", designatedRoot?.sysfs)
    put("designated_bridge", designatedBridge?.sysfs)
    put("designated_port", designatedPort.map { "\($0)" })
    put("designated_cost", designatedCost.map { "\($0)" })
    put("port_id", identifier.map { "0x" + $0.hexadecimal() })
    put("port_no", number.map { "0x" + $0.hexadecimal() })
    put("change_ack", topologyChangeAcknowledgement?.digit)
    put("config_pending", configurationPending?.digit)
    put("multicast_router", multicastRouter.map { "\($0)" })
    put("multicast_flood", multicastFlood?.digit)
    put("multicast_to_unicast", multicastToUnicast?.digit)
    put("broadcast_flood", broadcastFlood?.digit)
    put("group_fwd_mask", groupForwardMask.map { "0x" + $0.hexadecimal() })
    put("neigh_suppress", neighbourSuppression?.digit)
    put("isolated", isolated?.digit)
    // A file is there in any case; without a backup port it is empty.
    if state != nil { put("backup_port", backupPort.flatMap(name) ?? "") }
    return files
  }
}
