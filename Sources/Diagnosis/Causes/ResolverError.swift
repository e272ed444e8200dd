internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The resolver answered with an error.
  static let resolverError = CauseID(rawValue: "resolver-error")
  /// The resolver refused to answer.
  static let resolverRefused = CauseID(rawValue: "resolver-refused")
}

/// The resolver answered, and said that it failed (RFC 1035, section 4.1.1).
struct ResolverError: CauseRule {
  let id = CauseID.resolverError
  let suspect = "resolver"
  let stages: Set<Stage> = [.upstream]

  /// FORMERR, SERVFAIL and NOTIMP: what is about the resolver and not about the name.
  static let names: [UInt16: String] = [1: "FORMERR", 2: "SERVFAIL", 4: "NOTIMP"]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard case .errorResponse(let code) = lookup.lookup.outcome, let name = Self.names[code] else {
      return nil
    }
    return lookup.errorExplanation(code: code, name: name, meaning: "the resolver could not answer")
  }
}

/// The resolver answered REFUSED: an access list, or a limit of its rate.
struct ResolverRefused: CauseRule {
  let id = CauseID.resolverRefused
  let suspect = "resolver"
  let stages: Set<Stage> = [.upstream]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard case .errorResponse(let code) = lookup.lookup.outcome, code == 5 else { return nil }
    return lookup.errorExplanation(
      code: code,
      name: "REFUSED",
      meaning: "the resolver doesn't want to answer"
    )
  }
}

extension LookupCase {
  fileprivate func errorExplanation(code: UInt16, name: String, meaning: String) -> Explanation {
    let told = Evidence(
      time: lookup.end,
      source: "answer",
      value: "response code \(code) (\(name))",
      meaning: meaning
    )
    let frame = journey.answerAtUplink.first { $0.code == code }?.sighting
    let seen =
      frame.map { [evidence($0, meaning: "it came from \(lookup.server), not from this host")] }
      ?? []
    return Explanation(
      confidence: frame == nil ? .likely : .certain,
      evidence: [told] + seen,
      decidedBy: "the answer's frame on the uplink"
    )
  }
}
