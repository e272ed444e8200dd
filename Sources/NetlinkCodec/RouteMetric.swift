/// The numbers of a route's metrics (`linux/rtnetlink.h`).
enum RouteMetric: UInt16 {
  /// RTAX_LOCK
  case lock = 1
  /// RTAX_MTU
  case mtu = 2
  /// RTAX_WINDOW
  case window = 3
  /// RTAX_RTT
  case roundTripTime = 4
  /// RTAX_RTTVAR
  case roundTripTimeVariance = 5
  /// RTAX_SSTHRESH
  case slowStartThreshold = 6
  /// RTAX_CWND
  case congestionWindow = 7
  /// RTAX_ADVMSS
  case advertisedSegmentSize = 8
  /// RTAX_REORDERING
  case reordering = 9
  /// RTAX_HOPLIMIT
  case hopLimit = 10
  /// RTAX_INITCWND
  case initialCongestionWindow = 11
  /// RTAX_FEATURES
  case features = 12
  /// RTAX_RTO_MIN
  case minimumRetransmissionTimeout = 13
  /// RTAX_INITRWND
  case initialReceiveWindow = 14
  /// RTAX_QUICKACK
  case quickAcknowledgement = 15
  /// RTAX_CC_ALGO
  case congestionControl = 16
  /// RTAX_FASTOPEN_NO_COOKIE
  case fastOpenWithoutCookie = 17
}
