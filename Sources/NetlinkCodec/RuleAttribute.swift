/// The numbers of a rule's attributes (`linux/fib_rules.h`).
enum RuleAttribute: UInt16 {
  /// FRA_DST
  case destinationAddress = 1
  /// FRA_SRC
  case sourceAddress = 2
  /// FRA_IIFNAME
  case inputInterface = 3
  /// FRA_GOTO
  case target = 4
  /// FRA_PRIORITY
  case priority = 6
  /// FRA_FWMARK
  case mark = 10
  /// FRA_FLOW
  case flow = 11
  /// FRA_TUN_ID
  case tunnel = 12
  /// FRA_SUPPRESS_IFGROUP
  case suppressedGroup = 13
  /// FRA_SUPPRESS_PREFIXLEN
  case suppressedPrefixLength = 14
  /// FRA_TABLE
  case extendedTable = 15
  /// FRA_FWMASK
  case markMask = 16
  /// FRA_OIFNAME
  case outputInterface = 17
  /// FRA_L3MDEV
  case usesMasterTable = 19
  /// FRA_UID_RANGE
  case users = 20
  /// FRA_PROTOCOL
  case ruleProtocol = 21
  /// FRA_IP_PROTO
  case ipProtocol = 22
  /// FRA_SPORT_RANGE
  case sourcePorts = 23
  /// FRA_DPORT_RANGE
  case destinationPorts = 24
}
