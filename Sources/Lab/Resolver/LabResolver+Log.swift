public import NetworkTypes
public import Observation

extension LabResolver {
  /// A request that came, and what was done with it: the truth that diagnosis is measured against.
  public struct Entry: Hashable, Sendable {
    /// When it came; over UDP the kernel's time of arrival.
    public let time: Timestamp
    /// The DNS id.
    public let transaction: UInt16
    /// Where it seemed to come from.
    public let client: SocketAddress
    /// The address that was asked.
    public let server: SocketAddress
    /// What carried it.
    public let transport: DNSTransport
    /// `NameDigest` of the question's name; 0 without a question.
    public let question: UInt64
    /// The question's type; 0 without a question.
    public let type: UInt16
    /// What was done.
    public let deed: Deed
  }

  /// What a resolver has done so far.
  public struct Log: Sendable {
    /// How many requests fared so.
    public internal(set) var counts: [Deed: Int] = [:]
    /// The requests in the order in which they came, up to as many as were asked for.
    public internal(set) var entries: [Entry] = []
    /// Answers that the kernel didn't take, and why the latest wasn't.
    public internal(set) var unsent: (count: Int, reason: String)?
    /// Why the resolver ended by itself, if it did.
    public internal(set) var failure: String?

    /// How many requests came.
    public var total: Int { counts.values.reduce(0, +) }
  }
}
