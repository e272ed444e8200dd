/// How well a neighbour entry is confirmed (`NUD_*`, `linux/neighbour.h`; RFC 4861 section 7.3.2).
public struct NeighbourState: OptionSet, Hashable, Sendable {
  /// The kernel's bits.
  public let rawValue: UInt16
  /// Flags with these bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// A broadcast or multicast question is out. The corresponding kernel constant is `NUD_INCOMPLETE`.
  public static let incomplete = NeighbourState(rawValue: 1)
  /// Confirmed not long ago. The corresponding kernel constant is `NUD_REACHABLE`.
  public static let reachable = NeighbourState(rawValue: 2)
  /// Confirmed too long ago; the next packet starts a check.
  /// The corresponding kernel constant is `NUD_STALE`.
  public static let stale = NeighbourState(rawValue: 4)
  /// Waiting whether traffic confirms it. The corresponding kernel constant is `NUD_DELAY`.
  public static let delay = NeighbourState(rawValue: 8)
  /// A unicast question is out. The corresponding kernel constant is `NUD_PROBE`.
  public static let probe = NeighbourState(rawValue: 16)
  /// Nobody answered. The corresponding kernel constant is `NUD_FAILED`.
  public static let failed = NeighbourState(rawValue: 32)
  /// Needs no confirmation. The corresponding kernel constant is `NUD_NOARP`.
  public static let noARP = NeighbourState(rawValue: 64)
  /// Set by the administrator; in a forwarding database the bridge's own.
  /// The corresponding kernel constant is `NUD_PERMANENT`.
  public static let permanent = NeighbourState(rawValue: 128)
}
