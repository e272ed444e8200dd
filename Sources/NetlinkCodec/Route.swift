public import NetworkTypes

/// A route (`struct rtmsg` and `RTA_*`).
public struct Route: Hashable, Sendable {
  /// The family.
  public var family = AddressFamily.unspecified
  /// Length of the destination's prefix in bits.
  public var destinationLength: UInt8 = 0
  /// Length of the source's prefix in bits.
  public var sourceLength: UInt8 = 0
  /// The type of service that it applies to.
  public var typeOfService: UInt8 = 0
  /// The table, if it is below 256 (`rtm_table`).
  public var headerTable: UInt8 = 0
  /// Who made the route (`RTPROT_*`).
  public var routeProtocol = RouteProtocol.unspecified
  /// How far the destination is.
  public var scope = RouteScope.universe
  /// What happens to packets.
  public var type = RouteType.unspecified
  /// Flags (`RTM_F_*`, `RTNH_F_*`).
  public var flags: UInt32 = 0
  /// The destination's address; nil for the default route. The corresponding kernel constant is `RTA_DST`
  /// (`linux/rtnetlink.h`).
  public var destinationAddress: IPAddress?
  /// The source's address; nil for any. The corresponding kernel constant is `RTA_SRC` (`linux/rtnetlink.h`).
  public var sourceAddress: IPAddress?
  /// The interface that packets come from. The corresponding kernel constant is `RTA_IIF`
  /// (`linux/rtnetlink.h`).
  public var inputInterface: InterfaceIndex?
  /// The interface that packets leave by. The corresponding kernel constant is `RTA_OIF`
  /// (`linux/rtnetlink.h`).
  public var outputInterface: InterfaceIndex?
  /// The next router. The corresponding kernel constant is `RTA_GATEWAY` (`linux/rtnetlink.h`).
  public var gateway: IPAddress?
  /// The metric; smaller wins. The corresponding kernel constant is `RTA_PRIORITY` (`linux/rtnetlink.h`).
  public var priority: UInt32?
  /// The source address that the host itself uses. The corresponding kernel constant is `RTA_PREFSRC`
  /// (`linux/rtnetlink.h`).
  public var preferredSource: IPAddress?
  /// The realm for traffic control. The corresponding kernel constant is `RTA_FLOW` (`linux/rtnetlink.h`).
  public var flow: UInt32?
  /// Use and expiry. The corresponding kernel constant is `RTA_CACHEINFO` (`linux/rtnetlink.h`).
  public var cache: RouteCacheInformation?
  /// The table, also above 255; takes the place of `headerTable`. The corresponding kernel constant is
  /// `RTA_TABLE` (`linux/rtnetlink.h`).
  public var extendedTable: UInt32?
  /// The packet mark. The corresponding kernel constant is `RTA_MARK` (`linux/rtnetlink.h`).
  public var mark: UInt32?
  /// IPv6 router preference (RFC 4191). The corresponding kernel constant is `RTA_PREF`
  /// (`linux/rtnetlink.h`).
  public var preference: UInt8?
  /// Seconds until the route goes. The corresponding kernel constant is `RTA_EXPIRES` (`linux/rtnetlink.h`).
  public var expires: UInt32?
  /// The user whose packets are meant. The corresponding kernel constant is `RTA_UID` (`linux/rtnetlink.h`).
  public var user: UInt32?
  /// Whether the TTL goes over into an MPLS label. The corresponding kernel constant is `RTA_TTL_PROPAGATE`
  /// (`linux/rtnetlink.h`).
  public var propagatesTTL: UInt8?
  /// The IP protocol that it applies to. The corresponding kernel constant is `RTA_IP_PROTO`
  /// (`linux/rtnetlink.h`).
  public var ipProtocol: UInt8?
  /// The source port that it applies to. The corresponding kernel constant is `RTA_SPORT`
  /// (`linux/rtnetlink.h`).
  public var sourcePort: UInt16?
  /// The destination port that it applies to. The corresponding kernel constant is `RTA_DPORT`
  /// (`linux/rtnetlink.h`).
  public var destinationPort: UInt16?
  /// The nexthop object. The corresponding kernel constant is `RTA_NH_ID` (`linux/rtnetlink.h`).
  public var nextHopObject: UInt32?
  /// The metrics that the destination is reached with. The corresponding kernel constant is `RTA_METRICS`
  /// (`linux/rtnetlink.h`).
  public var metrics: RouteMetrics?
  /// The ways of a multipath route. The corresponding kernel constant is `RTA_MULTIPATH`
  /// (`linux/rtnetlink.h`).
  public var nextHops: [NextHop] = []
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// Nothing said.
  public init() {}
}
