public import NetworkTypes

/// A routing rule (`struct fib_rule_hdr` and `FRA_*`).
public struct Rule: Hashable, Sendable {
  /// The family.
  public var family = AddressFamily.unspecified
  /// Length of the destination's prefix in bits.
  public var destinationLength: UInt8 = 0
  /// Length of the source's prefix in bits.
  public var sourceLength: UInt8 = 0
  /// The type of service that it applies to.
  public var typeOfService: UInt8 = 0
  /// The table, if it is below 256.
  public var headerTable: UInt8 = 0
  /// What the rule does.
  public var action = RuleAction.unspecified
  /// Flags (`FIB_RULE_*`).
  public var flags: UInt32 = 0
  /// The destination's address; nil for any. The corresponding kernel constant is `FRA_DST`
  /// (`linux/fib_rules.h`).
  public var destinationAddress: IPAddress?
  /// The source's address; nil for any. The corresponding kernel constant is `FRA_SRC` (`linux/fib_rules.h`).
  public var sourceAddress: IPAddress?
  /// Name of the interface that packets come from. The corresponding kernel constant is `FRA_IIFNAME`
  /// (`linux/fib_rules.h`).
  public var inputInterface: String?
  /// Priority of the rule to go on at. The corresponding kernel constant is `FRA_GOTO` (`linux/fib_rules.h`).
  public var target: UInt32?
  /// The rule's place; smaller comes first. The corresponding kernel constant is `FRA_PRIORITY`
  /// (`linux/fib_rules.h`).
  public var priority: UInt32?
  /// The packet mark. The corresponding kernel constant is `FRA_FWMARK` (`linux/fib_rules.h`).
  public var mark: UInt32?
  /// The realm for traffic control. The corresponding kernel constant is `FRA_FLOW` (`linux/fib_rules.h`).
  public var flow: UInt32?
  /// The tunnel's key. The corresponding kernel constant is `FRA_TUN_ID` (`linux/fib_rules.h`).
  public var tunnel: UInt64?
  /// Routes by links of this group don't count; all bits set for none. The corresponding kernel constant is
  /// `FRA_SUPPRESS_IFGROUP` (`linux/fib_rules.h`).
  public var suppressedGroup: UInt32?
  /// Routes with prefixes up to this length don't count; all bits set for none. The corresponding kernel
  /// constant is `FRA_SUPPRESS_PREFIXLEN` (`linux/fib_rules.h`).
  public var suppressedPrefixLength: UInt32?
  /// The table, also above 255; takes the place of `headerTable`. The corresponding kernel constant is
  /// `FRA_TABLE` (`linux/fib_rules.h`).
  public var extendedTable: UInt32?
  /// Which bits of the mark count. The corresponding kernel constant is `FRA_FWMASK` (`linux/fib_rules.h`).
  public var markMask: UInt32?
  /// Name of the interface that the socket is bound to. The corresponding kernel constant is `FRA_OIFNAME`
  /// (`linux/fib_rules.h`).
  public var outputInterface: String?
  /// Whether the table is that of the interface's VRF. The corresponding kernel constant is `FRA_L3MDEV`
  /// (`linux/fib_rules.h`).
  public var usesMasterTable: Bool?
  /// The users whose packets are meant. The corresponding kernel constant is `FRA_UID_RANGE`
  /// (`linux/fib_rules.h`).
  public var users: UserRange?
  /// Who made the rule. The corresponding kernel constant is `FRA_PROTOCOL` (`linux/fib_rules.h`).
  public var ruleProtocol: RouteProtocol?
  /// The IP protocol. The corresponding kernel constant is `FRA_IP_PROTO` (`linux/fib_rules.h`).
  public var ipProtocol: UInt8?
  /// The source ports. The corresponding kernel constant is `FRA_SPORT_RANGE` (`linux/fib_rules.h`).
  public var sourcePorts: PortRange?
  /// The destination ports. The corresponding kernel constant is `FRA_DPORT_RANGE` (`linux/fib_rules.h`).
  public var destinationPorts: PortRange?
  /// Everything else, as it came.
  public var unknown = UnknownAttributes()

  /// Nothing said.
  public init() {}
}
