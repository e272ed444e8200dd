internal import Observation

/// What all causes together have to say about one attempt.
struct CauseFinding {
  private(set) var cause: Cause?
  private(set) var candidates: [Candidate] = []
  private(set) var ruledOut: [RuledOut] = []
  private(set) var missing: [String] = []
  private var decidedBy = ""

  var confidence: Confidence? { cause?.confidence }

  init(of lookup: LookupCase) {
    missing = lookup.missing
    guard lookup.stage != .unknown else { return }
    var explained: [(rule: any CauseRule, explanation: Explanation)] = []
    for rule in CauseRules.all where rule.stages.contains(lookup.stage) {
      if let explanation = rule.explain(lookup) { explained.append((rule, explanation)) }
    }
    let strongest = explained.map(\.explanation.confidence).max()
    // What is merely possible stays a candidate until something decides.
    if let strongest, strongest > .possible,
      let index = explained.firstIndex(where: { $0.explanation.confidence == strongest })
    {
      let (rule, explanation) = explained.remove(at: index)
      cause = Cause(
        id: rule.id,
        form: explanation.form,
        confidence: explanation.confidence,
        evidence: explanation.evidence
      )
      decidedBy = explanation.decidedBy
      if explanation.confidence != .certain { missing.append(explanation.decidedBy) }
    }
    // What is certain leaves no room for anything else.
    if strongest != .certain {
      candidates = explained.map {
        Candidate(
          id: $0.rule.id,
          confidence: $0.explanation.confidence,
          decidedBy: $0.explanation.decidedBy
        )
      }
    }
    if cause == nil, missing.isEmpty {
      missing =
        explained.isEmpty
        ? [Self.unexplained(at: lookup.stage)] : explained.map(\.explanation.decidedBy)
    }
    ruledOut = Self.cleared[lookup.stage] ?? []
  }

  /// A cause of this attempt as a candidate for the whole lookup.
  func candidate(_ cause: Cause) -> Candidate {
    Candidate(id: cause.id, confidence: cause.confidence, decidedBy: decidedBy)
  }

  private static func unexplained(at stage: Stage) -> String {
    "what stops requests at the stage \(stage.rawValue): nothing that was observed explains it"
  }

  /// For each stage, the suspects that act elsewhere only.
  private static let cleared: [Stage: [RuledOut]] = {
    var suspects: [String] = []
    var rules: [String: [any CauseRule]] = [:]
    for rule in CauseRules.all {
      if rules[rule.suspect] == nil { suspects.append(rule.suspect) }
      rules[rule.suspect, default: []].append(rule)
    }
    var cleared: [Stage: [RuledOut]] = [:]
    for stage in Stage.allCases where stage != .unknown {
      cleared[stage] = suspects.compactMap { clearance(of: $0, rules[$0] ?? [], at: stage) }
    }
    return cleared
  }()

  private static func clearance(
    of suspect: String,
    _ rules: [any CauseRule],
    at stage: Stage
  ) -> RuledOut? {
    let stages = Set(rules.flatMap(\.stages))
    guard !stages.contains(stage) else { return nil }
    let names = stages.map(\.rawValue).sorted().joined(separator: ", ")
    let evidence = Evidence(
      time: nil,
      source: "AF_PACKET",
      value: "stage \(stage.rawValue)",
      meaning: "what it stops ends at another stage: \(names)"
    )
    return RuledOut(suspect: suspect, ids: rules.map(\.id), evidence: [evidence])
  }
}
