public import SystemPackage
public import WireFormat

/// A request that failed: what was attempted, on what, why, and what the kernel says about it.
public struct NetlinkError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public enum Code: Hashable, Sendable {
    /// The kernel refused the request.
    case refused
    /// What was to be listed kept changing (`NLM_F_DUMP_INTR`).
    case dumpInterrupted
    /// The answers were lost, because the socket's buffer was full.
    case overrun
    /// The kernel's answer could not be understood.
    case malformed(WireError)
    /// The socket itself failed.
    case socket
  }

  /// What kind of failure it is.
  public let code: Code
  /// What was attempted, such as "create".
  public let operation: String
  /// What it was applied to, such as "link br0 (7)".
  public let subject: String
  /// The kernel's answer.
  public let errno: Errno
  /// The kernel's explanation, if it gave one (extended acknowledgement).
  public let message: String?
  /// Offset in bytes of the attribute that is wrong, from the start of the request.
  public let offset: Int?

  /// An error of `operation` on `subject`.
  public init(
    _ code: Code,
    operation: String,
    subject: String,
    errno: Errno,
    message: String? = nil,
    offset: Int? = nil
  ) {
    self.code = code
    self.operation = operation
    self.subject = subject
    self.errno = errno
    self.message = message
    self.offset = offset
  }
}

extension NetlinkError: CustomStringConvertible {
  /// One line for a person.
  public var description: String {
    let head = subject.isEmpty ? operation : "\(operation) \(subject)"
    return switch code {
    case .refused, .socket:
      "\(head): \(errno)" + (message.map { " (\($0))" } ?? "")
        + (offset.map { ", at byte \($0) of the request" } ?? "")
    case .dumpInterrupted: "\(head): changed each time it was read; try again when it is quieter"
    case .overrun: "\(head): answers were lost because the socket's buffer was full"
    case .malformed(let error): "\(head): the kernel's answer can't be understood: \(error)"
    }
  }
}
