/// Why something isn't what the collector prints: what is wrong, and where.
public struct CollectorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// One line for a person.
  public let description: String

  init(_ description: String) { self.description = description }
}
