/// The numbers of a namespace identifier's attributes (`linux/net_namespace.h`).
enum NamespaceIdentifierAttribute: UInt16 {
  /// NETNSA_NSID
  case identifier = 1
  /// NETNSA_PID
  case process = 2
  /// NETNSA_FD
  case descriptor = 3
  /// NETNSA_TARGET_NSID
  case target = 4
  /// NETNSA_CURRENT_NSID
  case current = 5
}
