public import NetworkTypes

/// A neighbour entry, or with the family `bridge` an entry of a bridge's forwarding database
/// (`struct ndmsg` and `NDA_*`).
public struct Neighbour: Hashable, Sendable {
  /// The family.
  public var family = AddressFamily.unspecified
  /// The interface; in a forwarding entry the port, or the bridge itself.
  public var index = InterfaceIndex(0)
  /// How well the entry is confirmed.
  public var state = NeighbourState()
  /// What kind of entry it is.
  public var flags = NeighbourFlags()
  /// The kind of address as a route type has it; 1 is unicast.
  public var type = RouteType.unspecified
  /// The network-layer address; in forwarding entries of a VXLAN the remote end. The corresponding kernel
  /// constant is `NDA_DST` (`linux/neighbour.h`).
  public var address: IPAddress?
  /// The link-layer address, if it has six octets. The corresponding kernel constant is `NDA_LLADDR`
  /// (`linux/neighbour.h`).
  public var linkLayerAddress: MACAddress?
  /// When the entry was used and confirmed. The corresponding kernel constant is `NDA_CACHEINFO`
  /// (`linux/neighbour.h`).
  public var ages: NeighbourAges?
  /// How many solicitations were sent. The corresponding kernel constant is `NDA_PROBES`
  /// (`linux/neighbour.h`).
  public var probes: UInt32?
  /// The VLAN of a forwarding entry. The corresponding kernel constant is `NDA_VLAN` (`linux/neighbour.h`).
  public var vlan: UInt16?
  /// The remote UDP port. The corresponding kernel constant is `NDA_PORT` (`linux/neighbour.h`).
  public var port: UInt16?
  /// The remote VXLAN network. The corresponding kernel constant is `NDA_VNI` (`linux/neighbour.h`).
  public var vni: UInt32?
  /// The interface towards the remote end. The corresponding kernel constant is `NDA_IFINDEX`
  /// (`linux/neighbour.h`).
  public var remoteInterface: InterfaceIndex?
  /// The bridge of a forwarding entry. The corresponding kernel constant is `NDA_MASTER`
  /// (`linux/neighbour.h`).
  public var master: InterfaceIndex?
  /// Number of the namespace of the underlying link. The corresponding kernel constant is `NDA_LINK_NETNSID`
  /// (`linux/neighbour.h`).
  public var linkNamespace: Int32?
  /// The source's VXLAN network. The corresponding kernel constant is `NDA_SRC_VNI` (`linux/neighbour.h`).
  public var sourceVNI: UInt32?
  /// Who made the entry. The corresponding kernel constant is `NDA_PROTOCOL` (`linux/neighbour.h`).
  public var origin: RouteProtocol?
  /// The nexthop object. The corresponding kernel constant is `NDA_NH_ID` (`linux/neighbour.h`).
  public var nextHop: UInt32?
  /// Further flags (`NTF_EXT_*`). The corresponding kernel constant is `NDA_FLAGS_EXT` (`linux/neighbour.h`).
  public var extendedFlags: UInt32?
  /// In requests: which states are meant. The corresponding kernel constant is `NDA_NDM_STATE_MASK`
  /// (`linux/neighbour.h`).
  public var stateMask: UInt16?
  /// In requests: which flags are meant. The corresponding kernel constant is `NDA_NDM_FLAGS_MASK`
  /// (`linux/neighbour.h`).
  public var flagsMask: UInt8?
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// Nothing said.
  public init() {}
}
