internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The answer came after the client had given up.
  static let resolverLate = CauseID(rawValue: "resolver-late")
}

/// The answer came in on the uplink too late, and most of the time had passed out there.
struct ResolverLate: CauseRule {
  let id = CauseID.resolverLate
  let suspect = "resolver"
  let stages: Set<Stage> = [.upstream]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let request = lookup.journey.requestAtUplink.first?.sighting,
      let answer = lookup.journey.answerAtUplink.first?.sighting
    else { return nil }
    if case .errorResponse = lookup.lookup.outcome { return nil }
    let waited = answer.time - request.time
    let isLate = lookup.lookup.outcome == .late || answer.time >= lookup.lookup.end
    // What the host itself kept longer than the resolver did isn't the resolver's fault.
    guard isLate, waited * 2 > answer.time - lookup.sent else { return nil }
    let milliseconds = Double(waited.wholeNanoseconds / 1000) / 1000
    return Explanation(
      confidence: .certain,
      evidence: [
        lookup.evidence(request, meaning: "the request left correctly"),
        lookup.evidence(
          answer,
          meaning: "the answer came in \(milliseconds) ms later, after the client gave up"
        ),
      ],
      decidedBy: "the answer's frame on the uplink"
    )
  }
}
