/// The number by which one network namespace knows another (`struct rtgenmsg` and `NETNSA_*`).
public struct NamespaceIdentifier: Hashable, Sendable {
  /// The family; unspecified.
  public var family = AddressFamily.unspecified
  /// The number that the namespace has in the socket's own; -1 for none. The corresponding kernel constant is
  /// `NETNSA_NSID` (`linux/net_namespace.h`).
  public var identifier: Int32?
  /// In requests: the namespace of this process. The corresponding kernel constant is `NETNSA_PID`
  /// (`linux/net_namespace.h`).
  public var process: UInt32?
  /// In requests: the namespace of this descriptor. The corresponding kernel constant is `NETNSA_FD`
  /// (`linux/net_namespace.h`).
  public var descriptor: Int32?
  /// In requests: the namespace whose numbers are asked for. The corresponding kernel constant is
  /// `NETNSA_TARGET_NSID` (`linux/net_namespace.h`).
  public var target: Int32?
  /// The number in the socket's own namespace, if another one's numbers were asked for. The corresponding
  /// kernel constant is `NETNSA_CURRENT_NSID` (`linux/net_namespace.h`).
  public var current: Int32?
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// Nothing said.
  public init() {}
}
