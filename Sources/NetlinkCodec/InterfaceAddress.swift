public import NetworkTypes

/// An address of an interface (`struct ifaddrmsg` and `IFA_*`).
public struct InterfaceAddress: Hashable, Sendable {
  /// The family.
  public var family = AddressFamily.unspecified
  /// Length of the prefix in bits.
  public var prefixLength: UInt8 = 0
  /// The flags' low eight bits.
  public var headerFlags: UInt8 = 0
  /// How far the address is known.
  public var scope = RouteScope.universe
  /// The interface.
  public var index = InterfaceIndex(0)
  /// The interface's own address; nil where it is `prefixAddress` (IPv6). The corresponding kernel constant
  /// is `IFA_LOCAL` (`linux/if_addr.h`).
  public var local: IPAddress?
  /// The prefix's address; on a point-to-point link the peer's. The corresponding kernel constant is
  /// `IFA_ADDRESS` (`linux/if_addr.h`).
  public var prefixAddress: IPAddress?
  /// A name for the address, which begins with the link's. The corresponding kernel constant is `IFA_LABEL`
  /// (`linux/if_addr.h`).
  public var label: String?
  /// The broadcast address. The corresponding kernel constant is `IFA_BROADCAST` (`linux/if_addr.h`).
  public var broadcast: IPAddress?
  /// An anycast address. The corresponding kernel constant is `IFA_ANYCAST` (`linux/if_addr.h`).
  public var anycast: IPAddress?
  /// How long the address is valid. The corresponding kernel constant is `IFA_CACHEINFO` (`linux/if_addr.h`).
  public var lifetime: AddressLifetime?
  /// A multicast group. The corresponding kernel constant is `IFA_MULTICAST` (`linux/if_addr.h`).
  public var multicast: IPAddress?
  /// All flags; takes the place of `headerFlags`. The corresponding kernel constant is `IFA_FLAGS`
  /// (`linux/if_addr.h`).
  public var extendedFlags: AddressFlags?
  /// Metric of the prefix's route. The corresponding kernel constant is `IFA_RT_PRIORITY`
  /// (`linux/if_addr.h`).
  public var routePriority: UInt32?
  /// Number of the namespace that is talked about. The corresponding kernel constant is `IFA_TARGET_NETNSID`
  /// (`linux/if_addr.h`).
  public var targetNamespace: Int32?
  /// Where the address came from (`IFAPROT_*`). The corresponding kernel constant is `IFA_PROTO`
  /// (`linux/if_addr.h`).
  public var origin: UInt8?
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// Nothing said.
  public init() {}
}
