public import Diagnosis
public import Journeys
public import NetworkTypes
public import Observation

/// What several programs recorded at the same time on a lab's host, and what is true of each lookup in it.
public struct Recording: Sendable {
  /// How frames were recorded.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// All interfaces as one by tcpdump(8), in its newer form with their numbers.
    case cooked2 = "sll2"
    /// All interfaces as one by tcpdump(8), in its older form without.
    case cooked = "sll"
    /// The containers' ports, the bridge and the uplink, one by one, by dumpcap(1).
    case ethernet

    /// What its frames begin with.
    public var linkType: LinkType {
      switch self {
      case .cooked2: .cooked2
      case .cooked: .cooked
      case .ethernet: .ethernet
      }
    }
  }

  /// A capture.
  public struct File: Hashable, Sendable {
    /// How it was recorded.
    public let kind: Kind
    /// Where it is.
    public let path: String
    /// The interfaces that were recorded by name; empty for all of the host's.
    public let interfaces: [String]
    /// How many frames the program lost, as it says itself; nil if it said nothing.
    public let lost: Int?
  }

  /// A time without changes, up to the next phase's.
  public struct Phase: Hashable, Sendable {
    /// What happened at its beginning.
    public let summary: String
    /// When that was, from the first of it to the last. Nothing was in flight then.
    public let change: ClosedRange<Timestamp>
  }

  /// The scenario's id.
  public let scenario: String
  /// How long each lookup waited for its answer.
  public let timeout: Duration
  /// One file for each kind.
  public let files: [File]
  /// The phases, in order.
  public let phases: [Phase]
  /// The lookups of which it is known what must be found, in the order in which they began.
  public let truth: [RecordedLookup]
  /// How many lookups were left out, because they were in flight too near to a change or couldn't be sent.
  public let leftOut: Int
  /// Lookups without an answer for which the scenario has no cause; they were left out as well. There should
  /// be none.
  public let unexplained: [RecordedLookup]

  /// The file of a kind.
  public func file(_ kind: Kind) -> File? { files.first { $0.kind == kind } }
}

/// One lookup of a recording, and what must be found about it.
public struct RecordedLookup: Hashable, Sendable {
  /// The container that asked.
  public let container: String
  /// What it saw.
  public let result: LookupResult
  /// Which phase of the recording it began in, from 0.
  public let phase: Int
  /// What became of it.
  public let outcome: Journey.Outcome
  /// Where it ended; nil if it was answered. Answers with errors, and late ones, ended upstream, as in
  /// `Diagnosis`.
  public let stage: Stage?
  /// The cause's id in the catalogue; nil if it was answered.
  public let cause: String?
}
