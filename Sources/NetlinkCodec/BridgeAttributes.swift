public import NetworkTypes

/// A bridge's parameters (`IFLA_BR_*`). In requests only those that are set are changed.
public struct BridgeAttributes: Hashable, Sendable {
  /// How long a port listens and then learns before it forwards, each; steps of 10 ms. The corresponding
  /// kernel constant is `IFLA_BR_FORWARD_DELAY` (`linux/if_link.h`).
  public var forwardDelay: Duration?
  /// Time between spanning tree messages. The corresponding kernel constant is `IFLA_BR_HELLO_TIME`
  /// (`linux/if_link.h`).
  public var helloTime: Duration?
  /// How long a spanning tree message stays valid. The corresponding kernel constant is `IFLA_BR_MAX_AGE`
  /// (`linux/if_link.h`).
  public var maximumAge: Duration?
  /// How long a learned address stays in the forwarding database. The corresponding kernel constant is
  /// `IFLA_BR_AGEING_TIME` (`linux/if_link.h`).
  public var ageingTime: Duration?
  /// Whether and by whom the spanning tree is kept. The corresponding kernel constant is `IFLA_BR_STP_STATE`
  /// (`linux/if_link.h`).
  public var stpState: SpanningTreeState?
  /// The bridge's priority in the spanning tree; smaller wins. The corresponding kernel constant is
  /// `IFLA_BR_PRIORITY` (`linux/if_link.h`).
  public var priority: UInt16?
  /// Whether VLANs are kept apart. The corresponding kernel constant is `IFLA_BR_VLAN_FILTERING`
  /// (`linux/if_link.h`).
  public var vlanFiltering: Bool?
  /// EtherType of VLAN tags: 0x8100 or 0x88a8. The corresponding kernel constant is `IFLA_BR_VLAN_PROTOCOL`
  /// (`linux/if_link.h`).
  public var vlanProtocol: UInt16?
  /// Which link-local groups 01:80:c2:00:00:0X are forwarded, as bits. The corresponding kernel constant is
  /// `IFLA_BR_GROUP_FWD_MASK` (`linux/if_link.h`).
  public var groupForwardMask: UInt16?
  /// The spanning tree's root. The corresponding kernel constant is `IFLA_BR_ROOT_ID` (`linux/if_link.h`).
  public var rootIdentifier: BridgeIdentifier?
  /// The bridge's own identifier. The corresponding kernel constant is `IFLA_BR_BRIDGE_ID`
  /// (`linux/if_link.h`).
  public var bridgeIdentifier: BridgeIdentifier?
  /// Number of the port towards the root, 0 on the root. The corresponding kernel constant is
  /// `IFLA_BR_ROOT_PORT` (`linux/if_link.h`).
  public var rootPort: UInt16?
  /// Cost of the path to the root. The corresponding kernel constant is `IFLA_BR_ROOT_PATH_COST`
  /// (`linux/if_link.h`).
  public var rootPathCost: UInt32?
  /// Whether the topology is changing. The corresponding kernel constant is `IFLA_BR_TOPOLOGY_CHANGE`
  /// (`linux/if_link.h`).
  public var topologyChange: Bool?
  /// Whether this bridge noticed the change. The corresponding kernel constant is
  /// `IFLA_BR_TOPOLOGY_CHANGE_DETECTED` (`linux/if_link.h`).
  public var topologyChangeDetected: Bool?
  /// Time until the next spanning tree message. The corresponding kernel constant is `IFLA_BR_HELLO_TIMER`
  /// (`linux/if_link.h`).
  public var helloTimer: Duration?
  /// Time until the next notification of a change. The corresponding kernel constant is `IFLA_BR_TCN_TIMER`
  /// (`linux/if_link.h`).
  public var topologyChangeNotificationTimer: Duration?
  /// Time until the change counts as over. The corresponding kernel constant is
  /// `IFLA_BR_TOPOLOGY_CHANGE_TIMER` (`linux/if_link.h`).
  public var topologyChangeTimer: Duration?
  /// Time until old forwarding entries are removed. The corresponding kernel constant is `IFLA_BR_GC_TIMER`
  /// (`linux/if_link.h`).
  public var garbageCollectionTimer: Duration?
  /// The group that spanning tree messages go to. The corresponding kernel constant is `IFLA_BR_GROUP_ADDR`
  /// (`linux/if_link.h`).
  public var groupAddress: MACAddress?
  /// In requests: forget learned addresses. The corresponding kernel constant is `IFLA_BR_FDB_FLUSH`
  /// (`linux/if_link.h`).
  public var flushesForwardingDatabase = false
  /// Whether multicast goes to the bridge: 0 never, 1 as learned, 2 always. The corresponding kernel constant
  /// is `IFLA_BR_MCAST_ROUTER` (`linux/if_link.h`).
  public var multicastRouter: UInt8?
  /// Whether IGMP and MLD are listened to. The corresponding kernel constant is `IFLA_BR_MCAST_SNOOPING`
  /// (`linux/if_link.h`).
  public var multicastSnooping: Bool?
  /// Whether queries carry the bridge's own address. The corresponding kernel constant is
  /// `IFLA_BR_MCAST_QUERY_USE_IFADDR` (`linux/if_link.h`).
  public var multicastQueryUsesAddress: Bool?
  /// Whether the bridge sends queries. The corresponding kernel constant is `IFLA_BR_MCAST_QUERIER`
  /// (`linux/if_link.h`).
  public var multicastQuerier: Bool?
  /// Without effect since Linux 4.20. The corresponding kernel constant is `IFLA_BR_MCAST_HASH_ELASTICITY`
  /// (`linux/if_link.h`).
  public var multicastHashElasticity: UInt32?
  /// Most entries in the multicast database. The corresponding kernel constant is `IFLA_BR_MCAST_HASH_MAX`
  /// (`linux/if_link.h`).
  public var multicastHashMaximum: UInt32?
  /// Queries after a leave. The corresponding kernel constant is `IFLA_BR_MCAST_LAST_MEMBER_CNT`
  /// (`linux/if_link.h`).
  public var multicastLastMemberCount: UInt32?
  /// Queries after the start. The corresponding kernel constant is `IFLA_BR_MCAST_STARTUP_QUERY_CNT`
  /// (`linux/if_link.h`).
  public var multicastStartupQueryCount: UInt32?
  /// Time between queries after a leave. The corresponding kernel constant is
  /// `IFLA_BR_MCAST_LAST_MEMBER_INTVL` (`linux/if_link.h`).
  public var multicastLastMemberInterval: Duration?
  /// How long a membership lasts without reports. The corresponding kernel constant is
  /// `IFLA_BR_MCAST_MEMBERSHIP_INTVL` (`linux/if_link.h`).
  public var multicastMembershipInterval: Duration?
  /// How long another querier counts as present. The corresponding kernel constant is
  /// `IFLA_BR_MCAST_QUERIER_INTVL` (`linux/if_link.h`).
  public var multicastQuerierInterval: Duration?
  /// Time between queries. The corresponding kernel constant is `IFLA_BR_MCAST_QUERY_INTVL`
  /// (`linux/if_link.h`).
  public var multicastQueryInterval: Duration?
  /// Time in which members have to answer. The corresponding kernel constant is
  /// `IFLA_BR_MCAST_QUERY_RESPONSE_INTVL` (`linux/if_link.h`).
  public var multicastQueryResponseInterval: Duration?
  /// Time between the first queries. The corresponding kernel constant is `IFLA_BR_MCAST_STARTUP_QUERY_INTVL`
  /// (`linux/if_link.h`).
  public var multicastStartupQueryInterval: Duration?
  /// Whether bridged IPv4 passes netfilter's IPv4 hooks. The corresponding kernel constant is
  /// `IFLA_BR_NF_CALL_IPTABLES` (`linux/if_link.h`).
  public var nfCallIptables: Bool?
  /// Whether bridged IPv6 passes netfilter's IPv6 hooks. The corresponding kernel constant is
  /// `IFLA_BR_NF_CALL_IP6TABLES` (`linux/if_link.h`).
  public var nfCallIp6tables: Bool?
  /// Whether bridged ARP passes netfilter's ARP hooks. The corresponding kernel constant is
  /// `IFLA_BR_NF_CALL_ARPTABLES` (`linux/if_link.h`).
  public var nfCallArptables: Bool?
  /// VLAN of untagged frames on new ports. The corresponding kernel constant is `IFLA_BR_VLAN_DEFAULT_PVID`
  /// (`linux/if_link.h`).
  public var vlanDefaultPVID: UInt16?
  /// Whether frames are counted for each VLAN. The corresponding kernel constant is
  /// `IFLA_BR_VLAN_STATS_ENABLED` (`linux/if_link.h`).
  public var vlanStatistics: Bool?
  /// Whether IGMP and MLD messages are counted. The corresponding kernel constant is
  /// `IFLA_BR_MCAST_STATS_ENABLED` (`linux/if_link.h`).
  public var multicastStatistics: Bool?
  /// IGMP version of queries: 2 or 3. The corresponding kernel constant is `IFLA_BR_MCAST_IGMP_VERSION`
  /// (`linux/if_link.h`).
  public var multicastIGMPVersion: UInt8?
  /// MLD version of queries: 1 or 2. The corresponding kernel constant is `IFLA_BR_MCAST_MLD_VERSION`
  /// (`linux/if_link.h`).
  public var multicastMLDVersion: UInt8?
  /// Whether VLANs are counted for each port. The corresponding kernel constant is
  /// `IFLA_BR_VLAN_STATS_PER_PORT` (`linux/if_link.h`).
  public var vlanStatisticsPerPort: Bool?
  /// Further switches. The corresponding kernel constant is `IFLA_BR_MULTI_BOOLOPT` (`linux/if_link.h`).
  public var options: BridgeOptions?
  /// Everything else that came with it, as it came.
  public var unknown = UnknownAttributes()

  /// No attribute set.
  public init() {}
}
