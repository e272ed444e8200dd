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
    ruledOut = Self.cleared(
      lookup,
      except: Set(explained.map(\.rule.id)).union(cause.map { [$0.id] } ?? [])
    )
  }

  /// A cause of this attempt as a candidate for the whole lookup.
  func candidate(_ cause: Cause) -> Candidate {
    Candidate(id: cause.id, confidence: cause.confidence, decidedBy: decidedBy)
  }

  private static func unexplained(at stage: Stage) -> String {
    "what stops requests at the stage \(stage.rawValue): nothing that was observed explains it"
  }

  /// The suspects that act elsewhere than where this request ended.
  private static func cleared(_ lookup: LookupCase, except explained: Set<CauseID>) -> [RuledOut] {
    var suspects: [String] = []
    var rules: [String: [any CauseRule]] = [:]
    for rule in CauseRules.all {
      if rules[rule.suspect] == nil { suspects.append(rule.suspect) }
      rules[rule.suspect, default: []].append(rule)
    }
    return suspects.compactMap { suspect in
      let rules = rules[suspect] ?? []
      guard
        !rules.contains(where: { explained.contains($0.id) || $0.stages.contains(lookup.stage) })
      else {
        return nil
      }
      let stages = Set(rules.flatMap(\.stages)).map(\.rawValue).sorted().joined(separator: ", ")
      let evidence = Evidence(
        time: lookup.lastSeen,
        source: "AF_PACKET",
        value: "stage \(lookup.stage.rawValue)",
        meaning: "what it stops ends at another stage: \(stages)"
      )
      return RuledOut(suspect: suspect, ids: rules.map(\.id), evidence: [evidence])
    }
  }
}
