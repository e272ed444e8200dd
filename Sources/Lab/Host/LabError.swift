/// Why a lab could not be built or changed.
public struct LabError: Error, Sendable, CustomStringConvertible {
  /// Whether the machine lacks something that a lab needs, rather than something having gone wrong.
  public let isMissingGround: Bool
  /// What failed, on what.
  public let message: String
  /// What to do about it.
  public let advice: String

  /// An error; `advice` says what to do.
  public init(_ message: String, advice: String, isMissingGround: Bool = false) {
    self.message = message
    self.advice = advice
    self.isMissingGround = isMissingGround
  }

  /// One line for a person.
  public var description: String { "\(message). \(advice)" }
}
