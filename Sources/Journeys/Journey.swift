public import NetworkTypes
public import Observation

/// One request's way and its answer's, as far as they were seen.
public struct Journey: Sendable {
  /// What became of a request.
  public enum Outcome: String, Hashable, Sendable, CaseIterable {
    /// An answer came to the client in time; that a name doesn't exist is one as well.
    case answered
    /// A response with an error came to the client in time (RFC 1035, section 4.1.1).
    case errorResponse = "error-response"
    /// A response came to the client after it had given up.
    case late
    /// No response came to the client.
    case unanswered
  }

  /// The DNS id.
  public let transaction: UInt16
  /// The question's name in wire form without the final zero; empty if it couldn't be read.
  public let name: [UInt8]
  /// `NameDigest` of the question's name.
  public let question: UInt64
  /// The question's type.
  public let type: UInt16
  /// What carries it.
  public let transport: DNSTransport
  /// Who asked.
  public let client: SocketAddress
  /// Who was asked.
  public let server: SocketAddress
  /// When the request was seen first.
  public let start: Timestamp
  /// What became of it.
  public let outcome: Outcome
  /// The response's code; nil if no response was seen anywhere.
  public let responseCode: UInt16?
  /// From the request to the response, both as they were seen nearest to the client; nil without a response to it.
  public let latency: Duration?
  /// All that was seen of it, in order of time.
  public let hops: [Hop]
}
