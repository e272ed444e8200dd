public import SystemPackage

/// A system call that failed: what was attempted, on what, and why.
public struct SystemError: Error, Hashable, Sendable {
  /// The call, such as "setns".
  public let operation: String
  /// What it was applied to, such as a path; may be empty.
  public let subject: String
  /// The kernel's answer.
  public let errno: Errno

  /// An error of `operation` on `subject`.
  public init(operation: String, subject: String = "", errno: Errno) {
    self.operation = operation
    self.subject = subject
    self.errno = errno
  }
}

extension SystemError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    subject.isEmpty ? "\(operation): \(errno)" : "\(operation) \(subject): \(errno)"
  }
}
