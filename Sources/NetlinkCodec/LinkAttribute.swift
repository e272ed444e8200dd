/// The numbers of a link's attributes (`linux/if_link.h`).
enum LinkAttribute: UInt16 {
  /// IFLA_ADDRESS
  case address = 1
  /// IFLA_BROADCAST
  case broadcast = 2
  /// IFLA_IFNAME
  case name = 3
  /// IFLA_MTU
  case mtu = 4
  /// IFLA_LINK
  case linkedTo = 5
  /// IFLA_QDISC
  case queueDiscipline = 6
  /// IFLA_MASTER
  case master = 10
  /// IFLA_PROTINFO
  case protocolInformation = 12
  /// IFLA_TXQLEN
  case transmitQueueLength = 13
  /// IFLA_OPERSTATE
  case operationalState = 16
  /// IFLA_LINKMODE
  case linkMode = 17
  /// IFLA_LINKINFO
  case information = 18
  /// IFLA_NET_NS_PID
  case namespaceProcess = 19
  /// IFLA_IFALIAS
  case alias = 20
  /// IFLA_STATS64
  case statistics = 23
  /// IFLA_GROUP
  case group = 27
  /// IFLA_NET_NS_FD
  case namespaceDescriptor = 28
  /// IFLA_EXT_MASK
  case extensions = 29
  /// IFLA_PROMISCUITY
  case promiscuity = 30
  /// IFLA_NUM_TX_QUEUES
  case transmitQueues = 31
  /// IFLA_NUM_RX_QUEUES
  case receiveQueues = 32
  /// IFLA_CARRIER
  case carrier = 33
  /// IFLA_CARRIER_CHANGES
  case carrierChanges = 35
  /// IFLA_LINK_NETNSID
  case linkNamespace = 37
  /// IFLA_PHYS_PORT_NAME
  case physicalPortName = 38
  /// IFLA_PROTO_DOWN
  case protocolDown = 39
  /// IFLA_GSO_MAX_SEGS
  case segmentationSegments = 40
  /// IFLA_GSO_MAX_SIZE
  case segmentationSize = 41
  /// IFLA_EVENT
  case event = 44
  /// IFLA_NEW_NETNSID
  case newNamespace = 45
  /// IFLA_TARGET_NETNSID
  case targetNamespace = 46
  /// IFLA_CARRIER_UP_COUNT
  case carrierUpCount = 47
  /// IFLA_CARRIER_DOWN_COUNT
  case carrierDownCount = 48
  /// IFLA_NEW_IFINDEX
  case newIndex = 49
  /// IFLA_MIN_MTU
  case minimumMTU = 50
  /// IFLA_MAX_MTU
  case maximumMTU = 51
  /// IFLA_PROP_LIST
  case properties = 52
  /// IFLA_ALT_IFNAME
  case alternativeName = 53
  /// IFLA_PERM_ADDRESS
  case permanentAddress = 54
  /// IFLA_PARENT_DEV_NAME
  case parentDevice = 56
  /// IFLA_PARENT_DEV_BUS_NAME
  case parentBus = 57
  /// IFLA_GRO_MAX_SIZE
  case receiveAggregationSize = 58
  /// IFLA_TSO_MAX_SIZE
  case hardwareSegmentationSize = 59
  /// IFLA_TSO_MAX_SEGS
  case hardwareSegmentationSegments = 60
  /// IFLA_ALLMULTI
  case allMulticast = 61
}
