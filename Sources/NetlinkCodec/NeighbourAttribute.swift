/// The numbers of a neighbour's attributes (`linux/neighbour.h`).
enum NeighbourAttribute: UInt16 {
  /// NDA_DST
  case address = 1
  /// NDA_LLADDR
  case linkLayerAddress = 2
  /// NDA_CACHEINFO
  case ages = 3
  /// NDA_PROBES
  case probes = 4
  /// NDA_VLAN
  case vlan = 5
  /// NDA_PORT
  case port = 6
  /// NDA_VNI
  case vni = 7
  /// NDA_IFINDEX
  case remoteInterface = 8
  /// NDA_MASTER
  case master = 9
  /// NDA_LINK_NETNSID
  case linkNamespace = 10
  /// NDA_SRC_VNI
  case sourceVNI = 11
  /// NDA_PROTOCOL
  case origin = 12
  /// NDA_NH_ID
  case nextHop = 13
  /// NDA_FLAGS_EXT
  case extendedFlags = 15
  /// NDA_NDM_STATE_MASK
  case stateMask = 16
  /// NDA_NDM_FLAGS_MASK
  case flagsMask = 17
}
