/// A port's state in the spanning tree (`linux/if_bridge.h`).
public struct BridgePortState: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt8
  /// The value with this number.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The link is down. The corresponding kernel constant is `BR_STATE_DISABLED`.
  public static let disabled = BridgePortState(rawValue: 0)
  /// It takes part in the spanning tree only. The corresponding kernel constant is `BR_STATE_LISTENING`.
  public static let listening = BridgePortState(rawValue: 1)
  /// It learns addresses as well. The corresponding kernel constant is `BR_STATE_LEARNING`.
  public static let learning = BridgePortState(rawValue: 2)
  /// It forwards. The corresponding kernel constant is `BR_STATE_FORWARDING`.
  public static let forwarding = BridgePortState(rawValue: 3)
  /// The spanning tree keeps it silent. The corresponding kernel constant is `BR_STATE_BLOCKING`.
  public static let blocking = BridgePortState(rawValue: 4)
}
