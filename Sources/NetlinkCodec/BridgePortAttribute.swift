/// The numbers of a bridge port's attributes (`linux/if_link.h`).
enum BridgePortAttribute: UInt16 {
  /// IFLA_BRPORT_STATE
  case state = 1
  /// IFLA_BRPORT_PRIORITY
  case priority = 2
  /// IFLA_BRPORT_COST
  case cost = 3
  /// IFLA_BRPORT_MODE
  case hairpin = 4
  /// IFLA_BRPORT_GUARD
  case bpduGuard = 5
  /// IFLA_BRPORT_PROTECT
  case rootBlock = 6
  /// IFLA_BRPORT_FAST_LEAVE
  case multicastFastLeave = 7
  /// IFLA_BRPORT_LEARNING
  case learning = 8
  /// IFLA_BRPORT_UNICAST_FLOOD
  case unicastFlood = 9
  /// IFLA_BRPORT_PROXYARP
  case proxyARP = 10
  /// IFLA_BRPORT_LEARNING_SYNC
  case learningSync = 11
  /// IFLA_BRPORT_PROXYARP_WIFI
  case proxyARPWiFi = 12
  /// IFLA_BRPORT_ROOT_ID
  case designatedRoot = 13
  /// IFLA_BRPORT_BRIDGE_ID
  case designatedBridge = 14
  /// IFLA_BRPORT_DESIGNATED_PORT
  case designatedPort = 15
  /// IFLA_BRPORT_DESIGNATED_COST
  case designatedCost = 16
  /// IFLA_BRPORT_ID
  case identifier = 17
  /// IFLA_BRPORT_NO
  case number = 18
  /// IFLA_BRPORT_TOPOLOGY_CHANGE_ACK
  case topologyChangeAcknowledgement = 19
  /// IFLA_BRPORT_CONFIG_PENDING
  case configurationPending = 20
  /// IFLA_BRPORT_MESSAGE_AGE_TIMER
  case messageAgeTimer = 21
  /// IFLA_BRPORT_FORWARD_DELAY_TIMER
  case forwardDelayTimer = 22
  /// IFLA_BRPORT_HOLD_TIMER
  case holdTimer = 23
  /// IFLA_BRPORT_FLUSH
  case flushesForwardingDatabase = 24
  /// IFLA_BRPORT_MULTICAST_ROUTER
  case multicastRouter = 25
  /// IFLA_BRPORT_MCAST_FLOOD
  case multicastFlood = 27
  /// IFLA_BRPORT_MCAST_TO_UCAST
  case multicastToUnicast = 28
  /// IFLA_BRPORT_VLAN_TUNNEL
  case vlanTunnel = 29
  /// IFLA_BRPORT_BCAST_FLOOD
  case broadcastFlood = 30
  /// IFLA_BRPORT_GROUP_FWD_MASK
  case groupForwardMask = 31
  /// IFLA_BRPORT_NEIGH_SUPPRESS
  case neighbourSuppression = 32
  /// IFLA_BRPORT_ISOLATED
  case isolated = 33
  /// IFLA_BRPORT_BACKUP_PORT
  case backupPort = 34
  /// IFLA_BRPORT_MRP_RING_OPEN
  case mrpRingOpen = 35
  /// IFLA_BRPORT_MRP_IN_OPEN
  case mrpInterconnectOpen = 36
  /// IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT
  case multicastHostsLimit = 37
  /// IFLA_BRPORT_MCAST_EHT_HOSTS_CNT
  case multicastHostsCount = 38
  /// IFLA_BRPORT_LOCKED
  case locked = 39
}
