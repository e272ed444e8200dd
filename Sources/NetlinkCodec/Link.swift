public import NetworkTypes

/// A network interface (`struct ifinfomsg` and `IFLA_*`), as the kernel describes it or as a request wants it.
/// What a message doesn't mention is nil.
public struct Link: Hashable, Sendable {
  /// The address family that the message is about: unspecified, or `bridge` for messages about a port.
  public var family = AddressFamily.unspecified
  /// The hardware type (`ARPHRD_*`, `linux/if_arp.h`); 1 is Ethernet.
  public var hardwareType: UInt16 = 0
  /// The number within its network namespace; 0 if the kernel is to choose or find it.
  public var index = InterfaceIndex(0)
  /// The flags.
  public var flags = LinkFlags()
  /// In requests: which flags are meant (`ifi_change`); in notifications: which changed.
  public var changedFlags = LinkFlags()
  /// The link-layer address, if it has six octets; others are kept in `unknown`. The corresponding kernel
  /// constant is `IFLA_ADDRESS` (`linux/if_link.h`).
  public var address: MACAddress?
  /// The link-layer broadcast address, if it has six octets. The corresponding kernel constant is
  /// `IFLA_BROADCAST` (`linux/if_link.h`).
  public var broadcast: MACAddress?
  /// The name, at most 15 bytes. The corresponding kernel constant is `IFLA_IFNAME` (`linux/if_link.h`).
  public var name: String?
  /// The largest packet, in bytes. The corresponding kernel constant is `IFLA_MTU` (`linux/if_link.h`).
  public var mtu: UInt32?
  /// The link that this one stands on, or a veth's other end, as numbered in `linkNamespace`. The
  /// corresponding kernel constant is `IFLA_LINK` (`linux/if_link.h`).
  public var linkedTo: InterfaceIndex?
  /// Name of the queueing discipline. The corresponding kernel constant is `IFLA_QDISC` (`linux/if_link.h`).
  public var queueDiscipline: String?
  /// The bridge (or bond, VRF…) that it belongs to; in requests 0 for none. The corresponding kernel constant
  /// is `IFLA_MASTER` (`linux/if_link.h`).
  public var master: InterfaceIndex?
  /// Length of the transmit queue, in packets. The corresponding kernel constant is `IFLA_TXQLEN`
  /// (`linux/if_link.h`).
  public var transmitQueueLength: UInt32?
  /// State as of RFC 2863. The corresponding kernel constant is `IFLA_OPERSTATE` (`linux/if_link.h`).
  public var operationalState: OperationalState?
  /// 0 for the default, 1 if user space says when the link is usable. The corresponding kernel constant is
  /// `IFLA_LINKMODE` (`linux/if_link.h`).
  public var linkMode: UInt8?
  /// In requests: the namespace of this process. The corresponding kernel constant is `IFLA_NET_NS_PID`
  /// (`linux/if_link.h`).
  public var namespaceProcess: UInt32?
  /// A free text. The corresponding kernel constant is `IFLA_IFALIAS` (`linux/if_link.h`).
  public var alias: String?
  /// Number of the group of links that it belongs to. The corresponding kernel constant is `IFLA_GROUP`
  /// (`linux/if_link.h`).
  public var group: UInt32?
  /// In requests: the namespace of this descriptor. The corresponding kernel constant is `IFLA_NET_NS_FD`
  /// (`linux/if_link.h`).
  public var namespaceDescriptor: Int32?
  /// In requests: what to list besides the usual. The corresponding kernel constant is `IFLA_EXT_MASK`
  /// (`linux/if_link.h`).
  public var extensions: LinkExtensions?
  /// How many want it promiscuous. The corresponding kernel constant is `IFLA_PROMISCUITY`
  /// (`linux/if_link.h`).
  public var promiscuity: UInt32?
  /// Number of transmit queues. The corresponding kernel constant is `IFLA_NUM_TX_QUEUES`
  /// (`linux/if_link.h`).
  public var transmitQueues: UInt32?
  /// Number of receive queues. The corresponding kernel constant is `IFLA_NUM_RX_QUEUES` (`linux/if_link.h`).
  public var receiveQueues: UInt32?
  /// Whether there is a carrier. The corresponding kernel constant is `IFLA_CARRIER` (`linux/if_link.h`).
  public var carrier: Bool?
  /// How often the carrier came or went. The corresponding kernel constant is `IFLA_CARRIER_CHANGES`
  /// (`linux/if_link.h`).
  public var carrierChanges: UInt32?
  /// Number of the namespace in which `linkedTo` is; nil for the link's own. The corresponding kernel
  /// constant is `IFLA_LINK_NETNSID` (`linux/if_link.h`).
  public var linkNamespace: Int32?
  /// Name of the physical port. The corresponding kernel constant is `IFLA_PHYS_PORT_NAME`
  /// (`linux/if_link.h`).
  public var physicalPortName: String?
  /// Whether a protocol keeps it down. The corresponding kernel constant is `IFLA_PROTO_DOWN`
  /// (`linux/if_link.h`).
  public var protocolDown: Bool?
  /// Most segments of a large packet. The corresponding kernel constant is `IFLA_GSO_MAX_SEGS`
  /// (`linux/if_link.h`).
  public var segmentationSegments: UInt32?
  /// Size of the largest packet to be segmented later, in bytes. The corresponding kernel constant is
  /// `IFLA_GSO_MAX_SIZE` (`linux/if_link.h`).
  public var segmentationSize: UInt32?
  /// In notifications: what happened (`IFLA_EVENT_*`). The corresponding kernel constant is `IFLA_EVENT`
  /// (`linux/if_link.h`).
  public var event: UInt32?
  /// In notifications: the namespace that it moved to. The corresponding kernel constant is
  /// `IFLA_NEW_NETNSID` (`linux/if_link.h`).
  public var newNamespace: Int32?
  /// Number of the namespace that is talked about. The corresponding kernel constant is `IFLA_TARGET_NETNSID`
  /// (`linux/if_link.h`).
  public var targetNamespace: Int32?
  /// How often the carrier came. The corresponding kernel constant is `IFLA_CARRIER_UP_COUNT`
  /// (`linux/if_link.h`).
  public var carrierUpCount: UInt32?
  /// How often the carrier went. The corresponding kernel constant is `IFLA_CARRIER_DOWN_COUNT`
  /// (`linux/if_link.h`).
  public var carrierDownCount: UInt32?
  /// In notifications: its number in the namespace that it moved to. The corresponding kernel constant is
  /// `IFLA_NEW_IFINDEX` (`linux/if_link.h`).
  public var newIndex: InterfaceIndex?
  /// The smallest possible MTU. The corresponding kernel constant is `IFLA_MIN_MTU` (`linux/if_link.h`).
  public var minimumMTU: UInt32?
  /// The largest possible MTU; 0 for no limit. The corresponding kernel constant is `IFLA_MAX_MTU`
  /// (`linux/if_link.h`).
  public var maximumMTU: UInt32?
  /// In requests: an alternative name to look for. The corresponding kernel constant is `IFLA_ALT_IFNAME`
  /// (`linux/if_link.h`).
  public var alternativeName: String?
  /// The address that the hardware came with, if it has six octets. The corresponding kernel constant is
  /// `IFLA_PERM_ADDRESS` (`linux/if_link.h`).
  public var permanentAddress: MACAddress?
  /// Name of the device on its bus. The corresponding kernel constant is `IFLA_PARENT_DEV_NAME`
  /// (`linux/if_link.h`).
  public var parentDevice: String?
  /// Name of the bus. The corresponding kernel constant is `IFLA_PARENT_DEV_BUS_NAME` (`linux/if_link.h`).
  public var parentBus: String?
  /// Size of the largest packet put together on receipt, in bytes. The corresponding kernel constant is
  /// `IFLA_GRO_MAX_SIZE` (`linux/if_link.h`).
  public var receiveAggregationSize: UInt32?
  /// Size of the largest packet that the device segments. The corresponding kernel constant is
  /// `IFLA_TSO_MAX_SIZE` (`linux/if_link.h`).
  public var hardwareSegmentationSize: UInt32?
  /// Most segments that the device makes of a packet. The corresponding kernel constant is
  /// `IFLA_TSO_MAX_SEGS` (`linux/if_link.h`).
  public var hardwareSegmentationSegments: UInt32?
  /// How many want all multicast. The corresponding kernel constant is `IFLA_ALLMULTI` (`linux/if_link.h`).
  public var allMulticast: UInt32?
  /// 64-bit counters. The corresponding kernel constant is `IFLA_STATS64` (`linux/if_link.h`).
  public var statistics: LinkStatistics?
  /// What kind of link it is; nil for hardware and the loopback interface. The corresponding kernel constant
  /// is `IFLA_LINKINFO` (`linux/if_link.h`).
  public var kind: LinkKind?
  /// What kind of master it belongs to, such as "bridge". The corresponding kernel constant is
  /// `IFLA_INFO_SLAVE_KIND` (`linux/if_link.h`).
  public var portKind: String?
  /// Its parameters as a bridge port. The corresponding kernel constants are `IFLA_INFO_SLAVE_DATA`, and in
  /// messages of the family `bridge` `IFLA_PROTINFO` (`linux/if_link.h`).
  public var bridgePort: BridgePort?
  /// Its further names. The corresponding kernel constant is `IFLA_PROP_LIST` (`linux/if_link.h`).
  public var alternativeNames: [String] = []
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()
  /// Everything else in `IFLA_LINKINFO`, as it came.
  public var unknownInformation = UnknownAttributes()
  /// Everything else in `IFLA_PROP_LIST`, as it came.
  public var unknownProperties = UnknownAttributes()

  /// A link of which nothing is said.
  public init() {}
}
