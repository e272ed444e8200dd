/// The numbers of an address's attributes (`linux/if_addr.h`).
enum InterfaceAddressAttribute: UInt16 {
  /// IFA_ADDRESS
  case prefixAddress = 1
  /// IFA_LOCAL
  case local = 2
  /// IFA_LABEL
  case label = 3
  /// IFA_BROADCAST
  case broadcast = 4
  /// IFA_ANYCAST
  case anycast = 5
  /// IFA_CACHEINFO
  case lifetime = 6
  /// IFA_MULTICAST
  case multicast = 7
  /// IFA_FLAGS
  case extendedFlags = 8
  /// IFA_RT_PRIORITY
  case routePriority = 9
  /// IFA_TARGET_NETNSID
  case targetNamespace = 10
  /// IFA_PROTO
  case origin = 11
}
