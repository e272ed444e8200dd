internal import NetlinkCodec
internal import NetworkTypes
internal import Observation

extension RuleSnapshot {
  /// A rule as the kernel describes it with rtnetlink (`RTM_NEWRULE`); nil for other families than IPv4 and IPv6,
  /// such as multicast routing.
  init?(_ rule: Rule) {
    guard rule.family == .v4 || rule.family == .v6 else { return nil }
    self.init(
      family: rule.family == .v4 ? 4 : 6,
      priority: rule.priority ?? 0,
      action: rule.action.name,
      table: rule.action == .table ? rule.table : nil,
      source: rule.sourceAddress == nil ? nil : rule.source,
      destination: rule.destinationAddress == nil ? nil : rule.destination,
      inputInterface: rule.inputInterface,
      outputInterface: rule.outputInterface,
      mark: rule.mark,
      markMask: rule.markMask,
      isInverted: rule.flags & Self.inverted != 0,
      // All bits set mean none.
      suppressedPrefixLength: rule.suppressedPrefixLength.flatMap { $0 == .max ? nil : $0 },
      origin: rule.ruleProtocol?.name
    )
  }

  /// FIB_RULE_INVERT (`linux/fib_rules.h`)
  private static let inverted: UInt32 = 2
}

extension RuleAction {
  /// The action as ip-rule(8) prints it.
  var name: String {
    switch self {
    case .table: "lookup"
    case .jump: "goto"
    case .nothing: "nop"
    case .blackhole: "blackhole"
    case .unreachable: "unreachable"
    case .prohibit: "prohibit"
    default: "\(rawValue)"
    }
  }
}
