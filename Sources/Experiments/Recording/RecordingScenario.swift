internal import Diagnosis
internal import Lab
internal import NetworkTypes
internal import Statistics

/// What a labelled recording is made of: a lab's host, who asks there, and what happens meanwhile.
///
/// Its time is divided into phases of equal length. Between two of them something changes while nothing is in
/// flight; what lookups of a phase that fail have died of is known beforehand.
public struct RecordingScenario: Sendable {
  /// What lookups without an answer have died of.
  struct Failure: Hashable, Sendable {
    /// Where they ended.
    let stage: Stage
    /// The cause's id in the catalogue.
    let cause: String

    init(_ stage: Stage, _ cause: String) {
      self.stage = stage
      self.cause = cause
    }
  }

  /// How the resolver behaves towards clients that wait so long.
  typealias Mood = @Sendable (_ timeout: Duration) -> LabResolver.Behaviour
  /// What is done to a host of this plan.
  typealias Deed = @Sendable (HostPlan, IPFamily, inout SeededGenerator) -> [Action]

  /// What happens between two phases.
  struct Change: Sendable {
    /// In a line.
    let summary: String
    /// What lookups without an answer die of from then on; nil if there should be none.
    let failure: Failure?
    /// How the resolver behaves from then on; nil if it goes on as before.
    let mood: Mood?
    /// Containers that ask no more.
    let silenced: Set<String>
    /// What is done.
    let deed: Deed

    init(
      _ summary: String,
      _ failure: Failure? = nil,
      mood: Mood? = nil,
      silenced: Set<String> = [],
      deed: @escaping Deed = { _, _, _ in [] }
    ) {
      self.summary = summary
      self.failure = failure
      self.mood = mood
      self.silenced = silenced
      self.deed = deed
    }
  }

  /// Containers that come and go all the time, asking nothing.
  enum Visitors: Hashable, Sendable {
    /// Their ports have greater MACs than any other: no bridge cares.
    case greater
    /// Their ports have smaller MACs than any other: a bridge without one of its own would take them.
    case smaller
  }

  /// Its name, such as "mac-leave".
  public let id: String
  /// What happens in it, in a line.
  public let summary: String
  let topology: Topology
  /// The containers that ask.
  let askers: [String]
  /// Whether the bridge has a MAC of its own.
  let isPinned: Bool
  let visitors: Visitors?
  /// How the resolver behaves at first.
  let mood: Mood
  /// What is done to the host before anybody asks.
  let preparation: Deed
  let changes: [Change]

  init(
    _ id: String,
    _ summary: String,
    topology: Topology = .founding,
    askers: [String] = ["build", "other"],
    isPinned: Bool = true,
    visitors: Visitors? = nil,
    mood: @escaping Mood = { _ in LabResolver.Behaviour() },
    preparation: @escaping Deed = { _, _, _ in [] },
    changes: [Change]
  ) {
    self.id = id
    self.summary = summary
    self.topology = topology
    self.askers = askers
    self.isPinned = isPinned
    self.visitors = visitors
    self.mood = mood
    self.preparation = preparation
    self.changes = changes
  }

  /// How many phases it has.
  public var phases: Int { changes.count + 1 }

  /// The scenario of this id.
  public static func named(_ id: String) -> RecordingScenario? { all.first { $0.id == id } }
}
