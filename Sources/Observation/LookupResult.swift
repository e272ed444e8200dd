public import NetworkTypes

/// One DNS lookup as the program that made it saw it.
public struct LookupResult: Hashable, Sendable {
  /// How a lookup ended.
  public enum Outcome: Hashable, Sendable {
    /// An answer without error came in time, with so many records.
    case answered(records: Int)
    /// An answer with this error code came in time (RFC 1035, section 4.1.1).
    case errorResponse(code: UInt16)
    /// An answer came, but after the last attempt's timeout.
    case late
    /// No answer came.
    case unanswered
    /// The request could not be sent; the kernel's answer.
    case notSent(reason: String)
  }

  /// One request on the wire.
  public struct Attempt: Hashable, Sendable {
    /// The DNS id.
    public let transaction: UInt16
    /// Where the request came from.
    public let client: SocketAddress
    /// When it was handed to the kernel.
    public let sent: Timestamp

    /// A request that was sent.
    public init(transaction: UInt16, client: SocketAddress, sent: Timestamp) {
      self.transaction = transaction
      self.client = client
      self.sent = sent
    }
  }

  /// The name that was asked for, in lower case without the final dot.
  public let name: String
  /// The type that was asked for, such as 1 for A and 28 for AAAA.
  public let type: UInt16
  /// Who was asked.
  public let server: SocketAddress
  /// UDP or TCP.
  public let transport: DNSTransport
  /// The requests in the order in which they were sent.
  public let attempts: [Attempt]
  /// When the lookup began.
  public let start: Timestamp
  /// When it ended: the kernel's time of the answer's arrival, or the last timeout.
  public let end: Timestamp
  /// How it ended.
  public let outcome: Outcome

  /// A finished lookup.
  public init(
    name: String,
    type: UInt16,
    server: SocketAddress,
    transport: DNSTransport,
    attempts: [Attempt],
    start: Timestamp,
    end: Timestamp,
    outcome: Outcome
  ) {
    self.name = name
    self.type = type
    self.server = server
    self.transport = transport
    self.attempts = attempts
    self.start = start
    self.end = end
    self.outcome = outcome
  }

  /// Whether the program got what it asked for.
  public var isAnswered: Bool { if case .answered = outcome { true } else { false } }

  /// From the first request to the end.
  public var duration: Duration { end - start }
}

/// What carries DNS messages.
public enum DNSTransport: String, Hashable, Sendable {
  /// RFC 1035, section 4.2.1.
  case udp
  /// RFC 1035, section 4.2.2.
  case tcp
}
