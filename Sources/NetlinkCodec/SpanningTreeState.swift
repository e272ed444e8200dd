/// Who keeps a bridge's spanning tree (`linux/if_bridge.h` and the kernel's `br_private.h`).
public struct SpanningTreeState: RawRepresentable, Hashable, Sendable {
  /// The kernel's number.
  public let rawValue: UInt32
  /// The value with this number.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Nobody. The corresponding kernel constant is `BR_NO_STP`.
  public static let off = SpanningTreeState(rawValue: 0)
  /// The kernel. The corresponding kernel constant is `BR_KERNEL_STP`.
  public static let kernel = SpanningTreeState(rawValue: 1)
  /// A program. The corresponding kernel constant is `BR_USER_STP`.
  public static let userSpace = SpanningTreeState(rawValue: 2)
}
