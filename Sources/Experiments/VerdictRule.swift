internal import Lab
internal import Reporting
internal import Statistics

/// When a fault counts as proven.
struct VerdictRule {
  /// The greatest p that proves.
  static let significance = 1e-6
  /// The smallest share of failed lookups that must be explained.
  static let explainedShare = 0.99

  let configuration: ExperimentConfiguration
  let isComplete: Bool

  /// Proven only if chance is ruled out, failures are explained, by the fault itself, hosts that were hit show
  /// what it must leave behind, and nobody else was hit.
  func verdict(
    arms: [ExperimentDocument.Arm],
    attribution: ExperimentDocument.Attribution,
    marks: [ExperimentDocument.Mark] = []
  ) -> ExperimentDocument.Verdict {
    let test = ExactPermutationTest(strata: strata(of: arms))
    var reasons: [String] = []
    let fault = arms.first { $0.name == Arm.fault.rawValue }
    let hit = fault?.parts.filter(\.isCounted).reduce(0) { $0 + $1.tally.hostsHit } ?? 0
    for arm in arms where arm.name != Arm.fault.rawValue && arm.tally.hostsHit > 0 {
      reasons.append("\(arm.tally.hostsHit) of \(arm.tally.hosts) hosts of the arm \"\(arm.name)\" were hit.")
    }
    for part in fault?.parts ?? [] where !part.isCounted && part.tally.hostsHit > 0 {
      reasons.append(
        "The exception \"\(part.name)\" did not hold: \(part.tally.hostsHit) of \(part.tally.hosts) were hit."
      )
    }
    let own = attribution.byCause[configuration.fault.id] ?? 0
    if Double(attribution.explained) < Self.explainedShare * Double(attribution.failed) {
      reasons.append("\(attribution.unexplained) of \(attribution.failed) failed lookups are unexplained.")
    } else if Double(own) < Self.explainedShare * Double(attribution.failed) {
      reasons.append(
        "\(attribution.failed - own) of \(attribution.failed) failed lookups died of something else."
      )
    }
    for mark in marks where mark.seen < mark.hosts {
      reasons.append("Only \(mark.seen) of \(mark.hosts) hosts that were hit show: \(mark.mark).")
    }
    if test.pValue >= Self.significance { reasons.append("p is not below 1e-6.") }
    if !isComplete { reasons.append("The experiment was ended early.") }
    let status: ExperimentDocument.Verdict.Status =
      reasons.isEmpty
      ? .proven : hit == 0 && isComplete && attribution.failed == 0 ? .notReproduced : .inconclusive
    return ExperimentDocument.Verdict(
      status: status,
      pValue: test.pValue,
      test:
        "exact permutation test over hosts, one-sided, by form; which host was in which arm was drawn by lot",
      reasons: reasons
    )
  }

  private func strata(of arms: [ExperimentDocument.Arm]) -> [ExactPermutationTest.Stratum] {
    configuration.fault.parts.filter(\.isReached).compactMap { part in
      let tallies = arms.compactMap { arm in
        arm.parts.first { $0.name == part.name }.map {
          (isFault: arm.name == Arm.fault.rawValue, tally: $0.tally)
        }
      }
      let fault = tallies.filter(\.isFault).map(\.tally)
      let others = tallies.filter { !$0.isFault }.map(\.tally)
      return ExactPermutationTest.Stratum(
        name: part.name,
        faultUnits: fault.reduce(0) { $0 + $1.hosts },
        faultHits: fault.reduce(0) { $0 + $1.hostsHit },
        otherUnits: others.reduce(0) { $0 + $1.hosts },
        otherHits: others.reduce(0) { $0 + $1.hostsHit }
      )
    }
  }
}
