internal import NetworkTypes
public import Observation

/// One observed host with the lookups of its containers, ready to be asked why some failed.
///
/// Pure: what it says follows from the observation alone, whatever the clock and the machine. Making it costs one
/// pass over the sightings; each lookup then costs a few searches in indices.
public struct HostDiagnosis: Sendable {
  /// The lookups, in the order in which they were given.
  public let lookups: [ObservedLookup]
  let history: HostHistory
  private let containers: [String: HostObservation.Container]
  private let attempts: AttemptIndex

  /// Takes in an observation and the lookups that were made meanwhile, the answered ones too: they tell whose a
  /// frame is, and what a healthy way looks like. Lookups of containers that weren't observed are left out.
  public init(host: HostObservation, lookups: [ObservedLookup]) {
    let containers = Dictionary(
      host.containers.map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    self.containers = containers
    self.lookups = lookups.filter { containers[$0.container] != nil }
    history = HostHistory(host)
    attempts = AttemptIndex(self.lookups)
  }

  /// What became of each lookup that failed, in the order in which they were given.
  public func attributions() -> [Attribution] {
    lookups.compactMap { $0.result.isAnswered ? nil : attribution(of: $0) }
  }

  /// What became of one lookup; nil if it was answered, or if its container wasn't observed.
  public func attribution(of lookup: ObservedLookup) -> Attribution? {
    guard !lookup.result.isAnswered else { return nil }
    let findings = cases(of: lookup).map { (lookupCase: $0, finding: CauseFinding(of: $0)) }
    // A lookup fails because all of its attempts did; the best explained one speaks for it, of equals the first.
    guard let best = findings.max(by: { $0.finding.confidence.isLess(than: $1.finding.confidence) })
    else {
      return nil
    }
    let (lookupCase, finding) = best
    var candidates = finding.candidates
    for (_, other) in findings {
      guard let cause = other.cause, cause.id != finding.cause?.id,
        !candidates.contains(where: { $0.id == cause.id })
      else { continue }
      candidates.append(other.candidate(cause))
    }
    return Attribution(
      lookup: lookup.result,
      container: lookup.container,
      stage: lookupCase.stage,
      cause: finding.cause,
      candidates: Array(candidates.prefix(3)),
      ruledOut: finding.ruledOut,
      missing: finding.missing,
      timeline: timeline(of: lookupCase)
    )
  }

  /// The attempts of a lookup, each followed through the host; one without an attempt if none was sent.
  func cases(of lookup: ObservedLookup) -> [LookupCase] {
    guard let container = containers[lookup.container] else { return [] }
    let result = lookup.result
    guard !result.attempts.isEmpty else { return [makeCase(result, nil, container)] }
    return result.attempts.map { makeCase(result, $0, container) }
  }

  private func makeCase(
    _ result: LookupResult,
    _ attempt: LookupResult.Attempt?,
    _ container: HostObservation.Container
  ) -> LookupCase {
    let host = history.host
    let nextHop = nextHop(from: attempt?.client.address, container, to: result.server.address)
    var journey = LookupWay()
    let sent = attempt?.sent ?? result.start
    if let attempt {
      journey = LookupWay(
        of: attempt,
        lookup: result,
        container: container,
        host: host,
        index: history.index,
        window: attempts.window(of: attempt, in: result),
        isAmbiguous: attempts.isAmbiguous(attempt, in: result)
      )
    }
    if let nextHop {
      // A question that another packet asked before may still be open: they are a second apart (retrans_timer).
      let window = sent - .milliseconds(1100)..<max(sent, result.end) + .milliseconds(1)
      journey.addResolution(of: nextHop, container: container, index: history.index, within: window)
    }
    let place = Locator(
      history: history,
      container: container,
      lookup: result,
      attempt: attempt,
      journey: journey
    ).locate()
    return LookupCase(
      history: history,
      container: container,
      lookup: result,
      attempt: attempt,
      nextHop: nextHop,
      journey: journey,
      stage: place.stage,
      missing: place.missing
    )
  }

  /// Whose link address a container needs: the server's on the same subnet, else a gateway's.
  private func nextHop(
    from client: IPAddress?,
    _ container: HostObservation.Container,
    to server: IPAddress
  ) -> IPAddress? {
    let host = history.host
    guard let client = client ?? container.addresses.first(where: { $0.family == server.family })
    else {
      return nil
    }
    let subnet = host.subnets.first { $0.contains(client) }
    if subnet?.contains(server) == true { return server }
    return host.gateways.first { subnet?.contains($0) == true }
      ?? host.gateways.first { $0.family == server.family }
  }
}

extension Confidence? {
  /// No cause before any.
  fileprivate func isLess(than other: Confidence?) -> Bool {
    switch (self, other) {
    case (nil, let other): other != nil
    case (_, nil): false
    case (let left?, let right?): left < right
    }
  }
}
