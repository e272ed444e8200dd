/// Something in a configuration file that its program refuses or ignores.
public struct ConfigurationMistake: Hashable, Sendable, CustomStringConvertible {
  /// The file's path.
  public let file: String
  /// The line, counted from 1; 0 if it is about the file as a whole.
  public let line: Int
  /// What is wrong, and what the file's program makes of it.
  public let message: String

  /// A mistake.
  public init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  /// `FILE:LINE: what`, or `FILE: what`.
  public var description: String { line > 0 ? "\(file):\(line): \(message)" : "\(file): \(message)" }
}
