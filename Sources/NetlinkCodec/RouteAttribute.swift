/// The numbers of a route's attributes (`linux/rtnetlink.h`).
enum RouteAttribute: UInt16 {
  /// RTA_DST
  case destinationAddress = 1
  /// RTA_SRC
  case sourceAddress = 2
  /// RTA_IIF
  case inputInterface = 3
  /// RTA_OIF
  case outputInterface = 4
  /// RTA_GATEWAY
  case gateway = 5
  /// RTA_PRIORITY
  case priority = 6
  /// RTA_PREFSRC
  case preferredSource = 7
  /// RTA_METRICS
  case metrics = 8
  /// RTA_MULTIPATH
  case multipath = 9
  /// RTA_FLOW
  case flow = 11
  /// RTA_CACHEINFO
  case cache = 12
  /// RTA_TABLE
  case extendedTable = 15
  /// RTA_MARK
  case mark = 16
  /// RTA_PREF
  case preference = 20
  /// RTA_EXPIRES
  case expires = 23
  /// RTA_UID
  case user = 25
  /// RTA_TTL_PROPAGATE
  case propagatesTTL = 26
  /// RTA_IP_PROTO
  case ipProtocol = 27
  /// RTA_SPORT
  case sourcePort = 28
  /// RTA_DPORT
  case destinationPort = 29
  /// RTA_NH_ID
  case nextHopObject = 30
}
