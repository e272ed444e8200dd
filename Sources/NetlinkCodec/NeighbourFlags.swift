/// What kind of neighbour entry it is (`NTF_*`, `linux/neighbour.h`).
public struct NeighbourFlags: OptionSet, Hashable, Sendable {
  /// The kernel's bits.
  public let rawValue: UInt8
  /// Flags with these bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// In requests: treat it as used now; in forwarding entries: set by a program, ages.
  /// The corresponding kernel constant is `NTF_USE`.
  public static let use = NeighbourFlags(rawValue: 1)
  /// Of the device itself, not of its bridge. The corresponding kernel constant is `NTF_SELF`.
  public static let own = NeighbourFlags(rawValue: 2)
  /// Of the bridge that the device belongs to. The corresponding kernel constant is `NTF_MASTER`.
  public static let master = NeighbourFlags(rawValue: 4)
  /// This host answers for the address. The corresponding kernel constant is `NTF_PROXY`.
  public static let proxy = NeighbourFlags(rawValue: 8)
  /// Learned by a program or a switch chip. The corresponding kernel constant is `NTF_EXT_LEARNED`.
  public static let externallyLearned = NeighbourFlags(rawValue: 16)
  /// Held by a switch chip. The corresponding kernel constant is `NTF_OFFLOADED`.
  public static let offloaded = NeighbourFlags(rawValue: 32)
  /// May not move to another port. The corresponding kernel constant is `NTF_STICKY`.
  public static let sticky = NeighbourFlags(rawValue: 64)
  /// The neighbour is a router. The corresponding kernel constant is `NTF_ROUTER`.
  public static let router = NeighbourFlags(rawValue: 128)
}
