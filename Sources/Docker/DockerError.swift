/// A request to an engine that failed: which, on which socket, and why.
public struct DockerError: Error, Hashable, Sendable {
  /// What kind of failure it is.
  public enum Code: Hashable, Sendable {
    /// There is no socket, nobody listens on it, or it isn't ours to use.
    case unreachable
    /// The engine took longer than it was given.
    case timedOut
    /// The engine answered with this HTTP status instead of what was asked for.
    case refused(status: Int)
    /// What came isn't HTTP, isn't JSON, or isn't what the API says.
    case malformed
    /// The answer is longer than it may be.
    case tooLarge
  }

  /// What kind of failure it is.
  public let code: Code
  /// What was asked, such as "GET /v1.41/networks".
  public let request: String
  /// The socket, by the path that leads to it.
  public let socket: String
  /// Why, and what to do about it where that is known.
  public let message: String

  /// A failure.
  public init(_ code: Code, request: String, socket: String, _ message: String) {
    self.code = code
    self.request = request
    self.socket = socket
    self.message = message
  }
}

extension DockerError: CustomStringConvertible {
  /// One line for a person.
  public var description: String { "\(request) on \(socket): \(message)" }
}
