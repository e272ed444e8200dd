/// A link's state (RFC 2863 section 3.1.14; `linux/if.h`).
public struct OperationalState: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt8
  /// The value with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Its driver doesn't tell. The corresponding kernel constant is `IF_OPER_UNKNOWN`.
  public static let unknown = OperationalState(rawValue: 0)
  /// A part is missing. The corresponding kernel constant is `IF_OPER_NOTPRESENT`.
  public static let notPresent = OperationalState(rawValue: 1)
  /// It can't carry packets. The corresponding kernel constant is `IF_OPER_DOWN`.
  public static let down = OperationalState(rawValue: 2)
  /// What it stands on is down. The corresponding kernel constant is `IF_OPER_LOWERLAYERDOWN`.
  public static let lowerLayerDown = OperationalState(rawValue: 3)
  /// It is being tested. The corresponding kernel constant is `IF_OPER_TESTING`.
  public static let testing = OperationalState(rawValue: 4)
  /// It waits for an event, such as authentication. The corresponding kernel constant is `IF_OPER_DORMANT`.
  public static let dormant = OperationalState(rawValue: 5)
  /// It can carry packets. The corresponding kernel constant is `IF_OPER_UP`.
  public static let up = OperationalState(rawValue: 6)
}
