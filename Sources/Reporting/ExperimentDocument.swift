/// `kingpost.experiment/1`: what an experiment found. Both the text and the JSON are made from it.
///
/// Durations are in seconds, times in RFC 3339 UTC with nanoseconds.
public struct ExperimentDocument: Sendable {
  /// The document's kind and version.
  public static let schema = "kingpost.experiment/1"

  /// Who says it.
  public var header: DocumentHeader
  /// The catalogue's id of the fault.
  public var fault: String
  /// The fault in a line.
  public var title: String
  /// The seed that determines assignment, addresses and schedules.
  public var seed: UInt64
  /// "ipv4" or "ipv6".
  public var family: String
  /// When the load started.
  public var started: String
  /// How long everything took, in seconds.
  public var duration: Double
  /// Changes to the experiment that make it come out otherwise on purpose, such as "pinned"; usually empty.
  public var variations: [String]
  /// The hosts.
  public var topology: Topology
  /// Healthy, faulty and cured hosts.
  public var arms: [Arm]
  /// What the failed lookups died of.
  public var attribution: Attribution
  /// What follows.
  public var verdict: Verdict
  /// Hosts with the fault that healed at once, because an answer was in flight.
  public var selfHealing: Healing?
  /// Hosts in trouble to which the cure was given at the end.
  public var relief: Healing?
  /// How well random losses at the resolver were told from the fault's, if there were any on purpose.
  public var scoring: Scoring?
  /// What a fault of this kind must leave behind, and on how many of the hosts that it hit it was seen.
  public var marks: [Mark]
  /// Suspects that were cleared.
  public var ruledOut: [RuledOut]
  /// Every failed lookup, with what it died of and how that is known.
  public var failures: [Failure]
  /// One failed lookup, with all that shows what it died of.
  public var evidence: [Evidence]
  /// The same lookup as a time line, beside an answered one.
  public var timelines: Timelines?
  /// What a person reads.
  public var explanation: Explanation

  /// All of it.
  public init(
    header: DocumentHeader,
    fault: String,
    title: String,
    seed: UInt64,
    family: String,
    started: String,
    duration: Double,
    variations: [String],
    topology: Topology,
    arms: [Arm],
    attribution: Attribution,
    verdict: Verdict,
    selfHealing: Healing?,
    relief: Healing?,
    scoring: Scoring?,
    marks: [Mark],
    ruledOut: [RuledOut],
    failures: [Failure],
    evidence: [Evidence],
    timelines: Timelines?,
    explanation: Explanation
  ) {
    self.header = header
    self.fault = fault
    self.title = title
    self.seed = seed
    self.family = family
    self.started = started
    self.duration = duration
    self.variations = variations
    self.topology = topology
    self.arms = arms
    self.attribution = attribution
    self.verdict = verdict
    self.selfHealing = selfHealing
    self.relief = relief
    self.scoring = scoring
    self.marks = marks
    self.ruledOut = ruledOut
    self.failures = failures
    self.evidence = evidence
    self.timelines = timelines
    self.explanation = explanation
  }
}
