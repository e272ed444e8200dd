/// What a routing rule does (`FR_ACT_*`, `linux/fib_rules.h`).
public struct RuleAction: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt8
  /// The value with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Not said. The corresponding kernel constant is `FR_ACT_UNSPEC`.
  public static let unspecified = RuleAction(rawValue: 0)
  /// Look into a table. The corresponding kernel constant is `FR_ACT_TO_TBL`.
  public static let table = RuleAction(rawValue: 1)
  /// Go on at another rule. The corresponding kernel constant is `FR_ACT_GOTO`.
  public static let jump = RuleAction(rawValue: 2)
  /// Nothing. The corresponding kernel constant is `FR_ACT_NOP`.
  public static let nothing = RuleAction(rawValue: 3)
  /// Drop silently. The corresponding kernel constant is `FR_ACT_BLACKHOLE`.
  public static let blackhole = RuleAction(rawValue: 6)
  /// Refuse as unreachable. The corresponding kernel constant is `FR_ACT_UNREACHABLE`.
  public static let unreachable = RuleAction(rawValue: 7)
  /// Refuse as prohibited. The corresponding kernel constant is `FR_ACT_PROHIBIT`.
  public static let prohibit = RuleAction(rawValue: 8)
}
