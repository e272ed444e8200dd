/// The number of an interface within its network namespace; 1 is the loopback interface.
public struct InterfaceIndex: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The kernel's `ifindex`.
  public let rawValue: UInt32

  /// The interface with this number.
  public init(_ rawValue: UInt32) { self.rawValue = rawValue }

  /// Numeric order.
  public static func < (left: InterfaceIndex, right: InterfaceIndex) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The number in decimal.
  public var description: String { String(rawValue) }
}
