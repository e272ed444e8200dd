/// The numbers of a bridge's attributes (`linux/if_link.h`).
enum BridgeAttribute: UInt16 {
  /// IFLA_BR_FORWARD_DELAY
  case forwardDelay = 1
  /// IFLA_BR_HELLO_TIME
  case helloTime = 2
  /// IFLA_BR_MAX_AGE
  case maximumAge = 3
  /// IFLA_BR_AGEING_TIME
  case ageingTime = 4
  /// IFLA_BR_STP_STATE
  case stpState = 5
  /// IFLA_BR_PRIORITY
  case priority = 6
  /// IFLA_BR_VLAN_FILTERING
  case vlanFiltering = 7
  /// IFLA_BR_VLAN_PROTOCOL
  case vlanProtocol = 8
  /// IFLA_BR_GROUP_FWD_MASK
  case groupForwardMask = 9
  /// IFLA_BR_ROOT_ID
  case rootIdentifier = 10
  /// IFLA_BR_BRIDGE_ID
  case bridgeIdentifier = 11
  /// IFLA_BR_ROOT_PORT
  case rootPort = 12
  /// IFLA_BR_ROOT_PATH_COST
  case rootPathCost = 13
  /// IFLA_BR_TOPOLOGY_CHANGE
  case topologyChange = 14
  /// IFLA_BR_TOPOLOGY_CHANGE_DETECTED
  case topologyChangeDetected = 15
  /// IFLA_BR_HELLO_TIMER
  case helloTimer = 16
  /// IFLA_BR_TCN_TIMER
  case topologyChangeNotificationTimer = 17
  /// IFLA_BR_TOPOLOGY_CHANGE_TIMER
  case topologyChangeTimer = 18
  /// IFLA_BR_GC_TIMER
  case garbageCollectionTimer = 19
  /// IFLA_BR_GROUP_ADDR
  case groupAddress = 20
  /// IFLA_BR_FDB_FLUSH
  case flushesForwardingDatabase = 21
  /// IFLA_BR_MCAST_ROUTER
  case multicastRouter = 22
  /// IFLA_BR_MCAST_SNOOPING
  case multicastSnooping = 23
  /// IFLA_BR_MCAST_QUERY_USE_IFADDR
  case multicastQueryUsesAddress = 24
  /// IFLA_BR_MCAST_QUERIER
  case multicastQuerier = 25
  /// IFLA_BR_MCAST_HASH_ELASTICITY
  case multicastHashElasticity = 26
  /// IFLA_BR_MCAST_HASH_MAX
  case multicastHashMaximum = 27
  /// IFLA_BR_MCAST_LAST_MEMBER_CNT
  case multicastLastMemberCount = 28
  /// IFLA_BR_MCAST_STARTUP_QUERY_CNT
  case multicastStartupQueryCount = 29
  /// IFLA_BR_MCAST_LAST_MEMBER_INTVL
  case multicastLastMemberInterval = 30
  /// IFLA_BR_MCAST_MEMBERSHIP_INTVL
  case multicastMembershipInterval = 31
  /// IFLA_BR_MCAST_QUERIER_INTVL
  case multicastQuerierInterval = 32
  /// IFLA_BR_MCAST_QUERY_INTVL
  case multicastQueryInterval = 33
  /// IFLA_BR_MCAST_QUERY_RESPONSE_INTVL
  case multicastQueryResponseInterval = 34
  /// IFLA_BR_MCAST_STARTUP_QUERY_INTVL
  case multicastStartupQueryInterval = 35
  /// IFLA_BR_NF_CALL_IPTABLES
  case nfCallIptables = 36
  /// IFLA_BR_NF_CALL_IP6TABLES
  case nfCallIp6tables = 37
  /// IFLA_BR_NF_CALL_ARPTABLES
  case nfCallArptables = 38
  /// IFLA_BR_VLAN_DEFAULT_PVID
  case vlanDefaultPVID = 39
  /// IFLA_BR_VLAN_STATS_ENABLED
  case vlanStatistics = 41
  /// IFLA_BR_MCAST_STATS_ENABLED
  case multicastStatistics = 42
  /// IFLA_BR_MCAST_IGMP_VERSION
  case multicastIGMPVersion = 43
  /// IFLA_BR_MCAST_MLD_VERSION
  case multicastMLDVersion = 44
  /// IFLA_BR_VLAN_STATS_PER_PORT
  case vlanStatisticsPerPort = 45
  /// IFLA_BR_MULTI_BOOLOPT
  case options = 46
}
