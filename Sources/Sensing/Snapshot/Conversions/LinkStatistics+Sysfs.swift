internal import NetlinkCodec

extension LinkStatistics {
  /// The counters by their names in /sys/class/net/NAME/statistics, and `rx_otherhost_dropped`, which only netlink
  /// has.
  var sysfs: [String: UInt64] {
    var counters: [String: UInt64] = [
      "rx_packets": receivedPackets, "tx_packets": sentPackets, "rx_bytes": receivedBytes,
      "tx_bytes": sentBytes, "rx_errors": receiveErrors, "tx_errors": sendErrors,
      "rx_dropped": receiveDropped, "tx_dropped": sendDropped, "multicast": multicast,
      "collisions": collisions, "rx_length_errors": receiveLengthErrors,
      "rx_over_errors": receiveOverErrors, "rx_crc_errors": receiveChecksumErrors,
      "rx_frame_errors": receiveFrameErrors, "rx_fifo_errors": receiveFIFOErrors,
      "rx_missed_errors": receiveMissedErrors, "tx_aborted_errors": sendAbortedErrors,
      "tx_carrier_errors": sendCarrierErrors, "tx_fifo_errors": sendFIFOErrors,
      "tx_heartbeat_errors": sendHeartbeatErrors, "tx_window_errors": sendWindowErrors,
      "rx_compressed": receivedCompressed, "tx_compressed": sentCompressed,
    ]
    counters["rx_nohandler"] = receivedWithoutHandler
    counters["rx_otherhost_dropped"] = otherHostDropped
    return counters
  }
}
