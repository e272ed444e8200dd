public import NetworkTypes

/// A bridge port's parameters (`IFLA_BRPORT_*`). In requests only those that are set are changed.
public struct BridgePort: Hashable, Sendable {
  /// State in the spanning tree. The corresponding kernel constant is `IFLA_BRPORT_STATE`
  /// (`linux/if_link.h`).
  public var state: BridgePortState?
  /// Priority in the spanning tree; smaller wins. The corresponding kernel constant is `IFLA_BRPORT_PRIORITY`
  /// (`linux/if_link.h`).
  public var priority: UInt16?
  /// Path cost in the spanning tree. The corresponding kernel constant is `IFLA_BRPORT_COST`
  /// (`linux/if_link.h`).
  public var cost: UInt32?
  /// Whether frames may leave where they came in. The corresponding kernel constant is `IFLA_BRPORT_MODE`
  /// (`linux/if_link.h`).
  public var hairpin: Bool?
  /// Whether a spanning tree message disables the port. The corresponding kernel constant is
  /// `IFLA_BRPORT_GUARD` (`linux/if_link.h`).
  public var bpduGuard: Bool?
  /// Whether the port may not become the root port. The corresponding kernel constant is
  /// `IFLA_BRPORT_PROTECT` (`linux/if_link.h`).
  public var rootBlock: Bool?
  /// Whether a leave ends a membership at once. The corresponding kernel constant is `IFLA_BRPORT_FAST_LEAVE`
  /// (`linux/if_link.h`).
  public var multicastFastLeave: Bool?
  /// Whether source addresses are learned. The corresponding kernel constant is `IFLA_BRPORT_LEARNING`
  /// (`linux/if_link.h`).
  public var learning: Bool?
  /// Whether frames to unknown addresses go out here. The corresponding kernel constant is
  /// `IFLA_BRPORT_UNICAST_FLOOD` (`linux/if_link.h`).
  public var unicastFlood: Bool?
  /// Whether the bridge answers ARP for neighbours behind this port. The corresponding kernel constant is
  /// `IFLA_BRPORT_PROXYARP` (`linux/if_link.h`).
  public var proxyARP: Bool?
  /// Whether addresses that the device learned are taken over. The corresponding kernel constant is
  /// `IFLA_BRPORT_LEARNING_SYNC` (`linux/if_link.h`).
  public var learningSync: Bool?
  /// Proxy ARP as IEEE 802.11 and Hotspot 2.0 want it. The corresponding kernel constant is
  /// `IFLA_BRPORT_PROXYARP_WIFI` (`linux/if_link.h`).
  public var proxyARPWiFi: Bool?
  /// The root that the port's network knows. The corresponding kernel constant is `IFLA_BRPORT_ROOT_ID`
  /// (`linux/if_link.h`).
  public var designatedRoot: BridgeIdentifier?
  /// The bridge that leads to the root. The corresponding kernel constant is `IFLA_BRPORT_BRIDGE_ID`
  /// (`linux/if_link.h`).
  public var designatedBridge: BridgeIdentifier?
  /// That bridge's port. The corresponding kernel constant is `IFLA_BRPORT_DESIGNATED_PORT`
  /// (`linux/if_link.h`).
  public var designatedPort: UInt16?
  /// That bridge's path cost. The corresponding kernel constant is `IFLA_BRPORT_DESIGNATED_COST`
  /// (`linux/if_link.h`).
  public var designatedCost: UInt16?
  /// Priority and number of the port. The corresponding kernel constant is `IFLA_BRPORT_ID`
  /// (`linux/if_link.h`).
  public var identifier: UInt16?
  /// Number of the port on the bridge. The corresponding kernel constant is `IFLA_BRPORT_NO`
  /// (`linux/if_link.h`).
  public var number: UInt16?
  /// Whether a change is to be acknowledged. The corresponding kernel constant is
  /// `IFLA_BRPORT_TOPOLOGY_CHANGE_ACK` (`linux/if_link.h`).
  public var topologyChangeAcknowledgement: Bool?
  /// Whether a spanning tree message waits to be sent. The corresponding kernel constant is
  /// `IFLA_BRPORT_CONFIG_PENDING` (`linux/if_link.h`).
  public var configurationPending: Bool?
  /// Time until the root's message is too old. The corresponding kernel constant is
  /// `IFLA_BRPORT_MESSAGE_AGE_TIMER` (`linux/if_link.h`).
  public var messageAgeTimer: Duration?
  /// Time until the next state. The corresponding kernel constant is `IFLA_BRPORT_FORWARD_DELAY_TIMER`
  /// (`linux/if_link.h`).
  public var forwardDelayTimer: Duration?
  /// Time until the next message may be sent. The corresponding kernel constant is `IFLA_BRPORT_HOLD_TIMER`
  /// (`linux/if_link.h`).
  public var holdTimer: Duration?
  /// In requests: forget the addresses learned here. The corresponding kernel constant is `IFLA_BRPORT_FLUSH`
  /// (`linux/if_link.h`).
  public var flushesForwardingDatabase = false
  /// Whether a multicast router is behind it: 0 never, 1 as learned, 2 always, 3 for a while. The
  /// corresponding kernel constant is `IFLA_BRPORT_MULTICAST_ROUTER` (`linux/if_link.h`).
  public var multicastRouter: UInt8?
  /// Whether multicast without members goes out here. The corresponding kernel constant is
  /// `IFLA_BRPORT_MCAST_FLOOD` (`linux/if_link.h`).
  public var multicastFlood: Bool?
  /// Whether members get multicast as unicast. The corresponding kernel constant is
  /// `IFLA_BRPORT_MCAST_TO_UCAST` (`linux/if_link.h`).
  public var multicastToUnicast: Bool?
  /// Whether VLANs are mapped to tunnels. The corresponding kernel constant is `IFLA_BRPORT_VLAN_TUNNEL`
  /// (`linux/if_link.h`).
  public var vlanTunnel: Bool?
  /// Whether broadcast goes out here. The corresponding kernel constant is `IFLA_BRPORT_BCAST_FLOOD`
  /// (`linux/if_link.h`).
  public var broadcastFlood: Bool?
  /// Which link-local groups 01:80:c2:00:00:0X are forwarded, as bits. The corresponding kernel constant is
  /// `IFLA_BRPORT_GROUP_FWD_MASK` (`linux/if_link.h`).
  public var groupForwardMask: UInt16?
  /// Whether the bridge answers ARP and neighbour discovery from what it knows. The corresponding kernel
  /// constant is `IFLA_BRPORT_NEIGH_SUPPRESS` (`linux/if_link.h`).
  public var neighbourSuppression: Bool?
  /// Whether frames of other isolated ports are kept away. The corresponding kernel constant is
  /// `IFLA_BRPORT_ISOLATED` (`linux/if_link.h`).
  public var isolated: Bool?
  /// The port that takes over when this one is down. The corresponding kernel constant is
  /// `IFLA_BRPORT_BACKUP_PORT` (`linux/if_link.h`).
  public var backupPort: InterfaceIndex?
  /// Whether the media redundancy ring is open. The corresponding kernel constant is
  /// `IFLA_BRPORT_MRP_RING_OPEN` (`linux/if_link.h`).
  public var mrpRingOpen: Bool?
  /// Whether the interconnection ring is open. The corresponding kernel constant is `IFLA_BRPORT_MRP_IN_OPEN`
  /// (`linux/if_link.h`).
  public var mrpInterconnectOpen: Bool?
  /// Most hosts whose memberships are tracked. The corresponding kernel constant is
  /// `IFLA_BRPORT_MCAST_EHT_HOSTS_LIMIT` (`linux/if_link.h`).
  public var multicastHostsLimit: UInt32?
  /// Hosts whose memberships are tracked. The corresponding kernel constant is
  /// `IFLA_BRPORT_MCAST_EHT_HOSTS_CNT` (`linux/if_link.h`).
  public var multicastHostsCount: UInt32?
  /// Whether frames from unknown addresses are dropped. The corresponding kernel constant is
  /// `IFLA_BRPORT_LOCKED` (`linux/if_link.h`).
  public var locked: Bool?
  /// Everything else that came with it, as it came.
  public var unknown = UnknownAttributes()

  /// No attribute set.
  public init() {}
}
