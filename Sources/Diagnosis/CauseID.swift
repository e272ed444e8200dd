/// A cause's name in the fault catalogue, such as "bridge-mac-unstable".
///
/// Each file in `Causes` adds the ones that it can recognise.
public struct CauseID: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let rawValue: String

  /// The cause with this name.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The name.
  public var description: String { rawValue }
}
