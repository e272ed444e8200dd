/// Why a file can't be read as a capture at all.
///
/// A capture that is damaged further on is no error: what is before the damage is read, and `CaptureReader.damage` says
/// where it ended.
public struct CaptureError: Error, Hashable, Sendable {
  /// What kind of error.
  public enum Code: Hashable, Sendable {
    /// It is no capture, or one of a format that isn't read.
    case notACapture
    /// What is compressed can't be unpacked here, because a library is missing.
    case libraryMissing
    /// Reading failed.
    case input
  }

  /// What kind of error.
  public let code: Code
  /// What is wrong.
  public let message: String
  /// What to do about it; may be empty.
  public let advice: String

  /// An error.
  public init(_ code: Code, _ message: String, advice: String = "") {
    self.code = code
    self.message = message
    self.advice = advice
  }
}

extension CaptureError: CustomStringConvertible {
  /// One line for a person.
  public var description: String { advice.isEmpty ? message : "\(message); \(advice)" }
}

/// Where a capture ends before its time, and why.
public struct CaptureDamage: Hashable, Sendable {
  /// The first octet that couldn't be used; of a compressed file, in what is in it.
  public let offset: Int
  /// What is wrong there.
  public let reason: String

  init(_ offset: Int, _ reason: String) {
    self.offset = offset
    self.reason = reason
  }
}
