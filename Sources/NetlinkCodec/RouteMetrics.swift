/// What a route says of its destination (`RTAX_*`).
public struct RouteMetrics: Hashable, Sendable {
  /// Which metrics are fixed, as bits. The corresponding kernel constant is `RTAX_LOCK`
  /// (`linux/rtnetlink.h`).
  public var lock: UInt32?
  /// Path MTU in bytes. The corresponding kernel constant is `RTAX_MTU` (`linux/rtnetlink.h`).
  public var mtu: UInt32?
  /// Largest advertised window in bytes. The corresponding kernel constant is `RTAX_WINDOW`
  /// (`linux/rtnetlink.h`).
  public var window: UInt32?
  /// Round trip time in units of 1/8 ms. The corresponding kernel constant is `RTAX_RTT`
  /// (`linux/rtnetlink.h`).
  public var roundTripTime: UInt32?
  /// Its variance in units of 1/4 ms. The corresponding kernel constant is `RTAX_RTTVAR`
  /// (`linux/rtnetlink.h`).
  public var roundTripTimeVariance: UInt32?
  /// Slow start threshold in segments. The corresponding kernel constant is `RTAX_SSTHRESH`
  /// (`linux/rtnetlink.h`).
  public var slowStartThreshold: UInt32?
  /// Largest congestion window in segments. The corresponding kernel constant is `RTAX_CWND`
  /// (`linux/rtnetlink.h`).
  public var congestionWindow: UInt32?
  /// Advertised segment size in bytes. The corresponding kernel constant is `RTAX_ADVMSS`
  /// (`linux/rtnetlink.h`).
  public var advertisedSegmentSize: UInt32?
  /// How much reordering is expected, in segments. The corresponding kernel constant is `RTAX_REORDERING`
  /// (`linux/rtnetlink.h`).
  public var reordering: UInt32?
  /// Hop limit. The corresponding kernel constant is `RTAX_HOPLIMIT` (`linux/rtnetlink.h`).
  public var hopLimit: UInt32?
  /// Initial congestion window in segments. The corresponding kernel constant is `RTAX_INITCWND`
  /// (`linux/rtnetlink.h`).
  public var initialCongestionWindow: UInt32?
  /// Switches (`RTAX_FEATURE_*`). The corresponding kernel constant is `RTAX_FEATURES` (`linux/rtnetlink.h`).
  public var features: UInt32?
  /// Smallest retransmission timeout in milliseconds. The corresponding kernel constant is `RTAX_RTO_MIN`
  /// (`linux/rtnetlink.h`).
  public var minimumRetransmissionTimeout: UInt32?
  /// Initial receive window in segments. The corresponding kernel constant is `RTAX_INITRWND`
  /// (`linux/rtnetlink.h`).
  public var initialReceiveWindow: UInt32?
  /// Whether acknowledgements are sent at once. The corresponding kernel constant is `RTAX_QUICKACK`
  /// (`linux/rtnetlink.h`).
  public var quickAcknowledgement: UInt32?
  /// Name of the congestion control. The corresponding kernel constant is `RTAX_CC_ALGO`
  /// (`linux/rtnetlink.h`).
  public var congestionControl: String?
  /// Whether TCP Fast Open needs no cookie. The corresponding kernel constant is `RTAX_FASTOPEN_NO_COOKIE`
  /// (`linux/rtnetlink.h`).
  public var fastOpenWithoutCookie: UInt32?
  /// Everything else that came with it, as it came.
  public var unknown = UnknownAttributes()

  /// No attribute set.
  public init() {}
}
