/// A mistake in a configuration file.
public struct ConfigurationMistake: Error, Hashable, Sendable {
  /// The line, from 1.
  public let line: Int
  /// What is wrong there.
  public let what: String

  /// A mistake.
  public init(line: Int, what: String) {
    self.line = line
    self.what = what
  }
}

extension ConfigurationMistake: CustomStringConvertible {
  /// One line for a person, without the file's name.
  public var description: String { "line \(line): \(what)" }
}
