internal import Diagnosis
internal import Journeys
internal import NetworkTypes
internal import Observation

/// Says what must be found about lookups, by what is known apart from all captures: what who asked saw, what
/// the resolver ignored, and what was done to the host before.
struct RecordingTruth {
  let scenario: RecordingScenario
  /// When each phase began.
  let phases: [Recording.Phase]
  /// The digests of the names that the resolver ignored.
  let ignored: Set<UInt64>
  /// How far from a change lookups must be.
  let margin: Duration

  /// What is known of a lookup.
  enum Verdict: Hashable, Sendable {
    /// All of it.
    case known(RecordedLookup)
    /// Nothing, for it was too near to a change, or couldn't be sent.
    case leftOut
    /// It has no answer, and shouldn't have died.
    case unexplained(RecordedLookup)
  }

  /// What is known of a container's lookup.
  func verdict(_ result: LookupResult, in container: String) -> Verdict {
    // The first phase begins before anybody asks.
    for phase in phases.dropFirst() {
      if result.start < phase.change.upperBound + margin, result.end > phase.change.lowerBound - margin {
        return .leftOut
      }
    }
    let phase = max(0, phases.count { $0.change.lowerBound <= result.start } - 1)
    func lookup(_ outcome: Journey.Outcome, _ failure: RecordingScenario.Failure?) -> RecordedLookup {
      RecordedLookup(
        container: container,
        result: result,
        phase: phase,
        outcome: outcome,
        stage: failure?.stage,
        cause: failure?.cause
      )
    }
    switch result.outcome {
    // NXDOMAIN (RFC 1035, section 4.1.1) is an answer like any other.
    case .answered, .errorResponse(3): return .known(lookup(.answered, nil))
    case .errorResponse(let code):
      // REFUSED
      let cause = code == 5 ? "resolver-refused" : "resolver-error"
      return .known(lookup(.errorResponse, .init(.upstream, cause)))
    case .late: return .known(lookup(.late, .init(.upstream, "resolver-late")))
    case .notSent where result.attempts.isEmpty: return .leftOut
    // What was sent and met an ICMP error has no answer either.
    case .unanswered, .notSent:
      if ignored.contains(NameDigest.of(result.name)) {
        return .known(lookup(.unanswered, .init(.upstream, "resolver-mute")))
      }
      guard phase > 0, let failure = scenario.changes[phase - 1].failure else {
        return .unexplained(lookup(.unanswered, nil))
      }
      return .known(lookup(.unanswered, failure))
    }
  }
}
