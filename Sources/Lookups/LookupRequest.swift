public import NetworkTypes
public import Observation

/// What to look up, where, and how patiently.
public struct LookupRequest: Sendable {
  /// The name in presentation form (RFC 1035, section 5.1); it is asked for as it is, without a search list.
  public var name: String
  /// The type of record, such as 1 for A and 28 for AAAA.
  public var type: UInt16
  /// Who is asked.
  public var server: SocketAddress
  /// What carries the request.
  public var transport: DNSTransport
  /// How long each attempt waits for an answer.
  public var timeout: Duration
  /// How often the request is sent at most; at least once.
  public var attempts: Int
  /// The buffer size in bytes that the request offers (EDNS, RFC 6891), or nil for a request without EDNS.
  public var bufferSize: UInt16?
  /// Whether a truncated answer over UDP has the request repeated over TCP (RFC 7766, section 5). Otherwise it
  /// counts as an answer with the records that it has.
  public var retriesTruncatedOverTCP: Bool
  /// For how long after the last attempt's timeout an answer still makes the lookup `late` instead of
  /// `unanswered`.
  public var lateWindow: Duration

  /// A request; five seconds and two attempts are what resolv.conf(5) has by default.
  public init(
    name: String,
    type: UInt16 = 1,
    server: SocketAddress,
    transport: DNSTransport = .udp,
    timeout: Duration = .seconds(5),
    attempts: Int = 2,
    bufferSize: UInt16? = nil,
    retriesTruncatedOverTCP: Bool = true,
    lateWindow: Duration = .zero
  ) {
    self.name = name
    self.type = type
    self.server = server
    self.transport = transport
    self.timeout = timeout
    self.attempts = attempts
    self.bufferSize = bufferSize
    self.retriesTruncatedOverTCP = retriesTruncatedOverTCP
    self.lateWindow = lateWindow
  }
}
