internal import NetworkTypes
internal import Observation

/// A failed lookup's way beside an answered one's of the same kind.
public struct TimelineComparison: Sendable {
  /// The failed lookup's way; where it first differs is marked.
  public let failed: [TimelineEntry]
  /// The answered lookup's way; where it first differs is marked.
  public let answered: [TimelineEntry]
  /// The container that made the answered lookup.
  public let answeredContainer: String
}

extension HostDiagnosis {
  /// What was seen of one attempt, in order of time, from the last change of the bridge's address before it.
  func timeline(of lookup: LookupCase) -> [TimelineEntry] {
    TimelineBuilder(lookup: lookup).entries()
  }

  /// Puts a failed lookup beside an answered one of the same type, transport and family, as near to it in time as
  /// there is: of the same container if it has one, else of another on the same host. Nil if there is none, or if
  /// the lookup didn't fail.
  public func comparison(of lookup: ObservedLookup) -> TimelineComparison? {
    guard let attribution = attribution(of: lookup), let answered = answered(like: lookup),
      let twin = cases(of: answered).last
    else { return nil }
    let left = attribution.timeline
    let right = timeline(of: twin)
    let (leftSteps, rightSteps) = (Self.comparable(left), Self.comparable(right))
    var difference = 0
    while difference < min(leftSteps.count, rightSteps.count),
      left[leftSteps[difference]].step == right[rightSteps[difference]].step
    {
      difference += 1
    }
    return TimelineComparison(
      failed: Self.marked(left, difference < leftSteps.count ? leftSteps[difference] : nil),
      answered: Self.marked(right, difference < rightSteps.count ? rightSteps[difference] : nil),
      answeredContainer: answered.container
    )
  }

  /// The entries that say something about the way itself: what happened around it isn't compared.
  private static func comparable(_ entries: [TimelineEntry]) -> [Int] {
    entries.indices.filter { ![.context, .resolution].contains(entries[$0].step.kind) }
  }

  private static func marked(_ entries: [TimelineEntry], _ index: Int?) -> [TimelineEntry] {
    var entries = entries
    if let index { entries[index] = entries[index].marked }
    return entries
  }

  private func answered(like lookup: ObservedLookup) -> ObservedLookup? {
    func distance(_ other: ObservedLookup) -> Int64 {
      abs((other.result.start - lookup.result.start).wholeNanoseconds)
    }
    let alike = lookups.filter {
      $0.result.isAnswered && $0.result.type == lookup.result.type
        && $0.result.transport == lookup.result.transport
        && $0.result.server.address.family == lookup.result.server.address.family
    }
    return alike.filter { $0.container == lookup.container }.min { distance($0) < distance($1) }
      ?? alike.min { distance($0) < distance($1) }
  }
}
