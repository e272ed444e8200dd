/// How many requests came to which end.
public struct JourneyTotals: Hashable, Sendable {
  /// Requests whose end is known.
  public internal(set) var requests = 0
  /// By outcome.
  public var outcomes: [Journey.Outcome: Int] {
    answered == 0 ? otherOutcomes : otherOutcomes.merging([.answered: answered]) { $1 }
  }
  var answered = 0
  var otherOutcomes: [Journey.Outcome: Int] = [:]
  /// Responses to no request that was seen: it came before the capture began, or was lost by it.
  public internal(set) var orphans = 0
  /// Requests that were still open when the capture ended, too early to say what became of them.
  public internal(set) var open = 0
}
