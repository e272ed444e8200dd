/// A version of the Engine API, such as 1.41.
public struct APIVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Before the dot.
  public let major: Int
  /// After it.
  public let minor: Int

  /// A version.
  public init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  /// Reads "1.41".
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let major = Int(parts[0]), let minor = Int(parts[1]), major >= 0, minor >= 0
    else {
      return nil
    }
    self.init(major, minor)
  }

  /// From older to newer.
  public static func < (left: APIVersion, right: APIVersion) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }

  /// "1.41"
  public var description: String { "\(major).\(minor)" }
}
