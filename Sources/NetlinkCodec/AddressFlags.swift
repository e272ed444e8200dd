/// An address's flags (`IFA_F_*`, `linux/if_addr.h`).
public struct AddressFlags: OptionSet, Hashable, Sendable {
  /// The kernel's bits.
  public let rawValue: UInt32
  /// Flags with these bits.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Another address of the same network comes first; in IPv6 temporary.
  /// The corresponding kernel constant is `IFA_F_SECONDARY`.
  public static let secondary = AddressFlags(rawValue: 1)
  /// Used without asking whether somebody has it (RFC 4862 section 5.4).
  /// The corresponding kernel constant is `IFA_F_NODAD`.
  public static let withoutDuplicateDetection = AddressFlags(rawValue: 2)
  /// Used while asking (RFC 4429). The corresponding kernel constant is `IFA_F_OPTIMISTIC`.
  public static let optimistic = AddressFlags(rawValue: 4)
  /// Somebody else has it. The corresponding kernel constant is `IFA_F_DADFAILED`.
  public static let duplicate = AddressFlags(rawValue: 8)
  /// The home address (RFC 6275). The corresponding kernel constant is `IFA_F_HOMEADDRESS`.
  public static let home = AddressFlags(rawValue: 16)
  /// Not for new connections. The corresponding kernel constant is `IFA_F_DEPRECATED`.
  public static let deprecated = AddressFlags(rawValue: 32)
  /// Not usable until it is known that nobody has it. The corresponding kernel constant is `IFA_F_TENTATIVE`.
  public static let tentative = AddressFlags(rawValue: 64)
  /// Without a lifetime. The corresponding kernel constant is `IFA_F_PERMANENT`.
  public static let permanent = AddressFlags(rawValue: 128)
  /// The kernel makes temporary addresses from it.
  /// The corresponding kernel constant is `IFA_F_MANAGETEMPADDR`.
  public static let managesTemporary = AddressFlags(rawValue: 256)
  /// Makes no route to its network. The corresponding kernel constant is `IFA_F_NOPREFIXROUTE`.
  public static let withoutPrefixRoute = AddressFlags(rawValue: 512)
  /// Its multicast group is joined. The corresponding kernel constant is `IFA_F_MCAUTOJOIN`.
  public static let joinsGroup = AddressFlags(rawValue: 1024)
  /// Made as of RFC 7217. The corresponding kernel constant is `IFA_F_STABLE_PRIVACY`.
  public static let stablePrivacy = AddressFlags(rawValue: 2048)
}
