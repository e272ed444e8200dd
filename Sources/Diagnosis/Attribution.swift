public import Observation

/// What became of one lookup that failed, and why.
public struct Attribution: Sendable {
  /// The lookup.
  public let lookup: LookupResult
  /// The container that made it.
  public let container: String
  /// Where its request ended. Of several attempts, the one that `cause` explains, else the first.
  public let stage: Stage
  /// Why; nil if nothing that was observed explains it, or if what fits is no more than possible.
  public let cause: Cause?
  /// Other causes that fit, at most three, the best first.
  public let candidates: [Candidate]
  /// What was looked at and cleared, for this lookup.
  public let ruledOut: [RuledOut]
  /// What would have to be known to say more; empty if the cause is certain.
  public let missing: [String]
  /// What was seen of it, in order of time.
  public let timeline: [TimelineEntry]
}

/// How far evidence goes.
public enum Confidence: String, Hashable, Sendable, Comparable {
  /// It fits, and so do other things.
  case possible
  /// It fits, and nothing else that was looked at does.
  case likely
  /// The frame itself or the kernel's word decides.
  case certain

  /// Less confidence before more.
  public static func < (left: Confidence, right: Confidence) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .possible: 0
    case .likely: 1
    case .certain: 2
    }
  }
}

/// Why a lookup failed.
public struct Cause: Hashable, Sendable {
  /// The catalogue's name of it.
  public let id: CauseID
  /// Which form of it, where there are several, such as "leave" and "join".
  public let form: String?
  /// How far the evidence goes: likely or certain.
  public let confidence: Confidence
  /// What shows it, about this very lookup.
  public let evidence: [Evidence]
}

/// A cause that fits, but not as the only one or not well enough.
public struct Candidate: Hashable, Sendable {
  /// The catalogue's name of it.
  public let id: CauseID
  /// How far the evidence goes.
  public let confidence: Confidence
  /// What would decide it.
  public let decidedBy: String
}

/// A suspect that was looked at and cleared.
public struct RuledOut: Hashable, Sendable {
  /// The suspect in plain words, such as "resolver".
  public let suspect: String
  /// The causes that are excluded with it.
  public let ids: [CauseID]
  /// Why.
  public let evidence: [Evidence]
}
