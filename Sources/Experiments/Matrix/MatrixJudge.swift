internal import Diagnosis
internal import Lab
internal import Reporting

/// Makes a row of the matrix from what all checks say about a fault's three hosts. Pure.
struct MatrixJudge {
  let fault: Fault
  /// The check of the fault's id.
  let check: (any Check)?

  init(_ fault: Fault, checks: [any Check] = Checks.all) {
    self.fault = fault
    check = checks.first { $0.id == fault.id }
  }

  /// The row; `results` are what the checks say in each arm.
  func row(_ results: [(arm: Arm, results: [CheckResult])]) -> MatrixDocument.Row {
    let arms = results.map { arm($0.arm, $0.results) }
    let (proof, because): (String, String?) =
      switch fault.proof {
      case .lookups: ("lookups", nil)
      case .checkOnly(let why): ("check", why)
      }
    return MatrixDocument.Row(
      fault: fault.id,
      severity: check?.entry.severity.rawValue,
      proof: proof,
      because: because,
      arms: arms,
      reasons: reasons(arms)
    )
  }

  private func arm(_ arm: Arm, _ results: [CheckResult]) -> MatrixDocument.Arm {
    let others = results.filter { $0.id != fault.id }
    return MatrixDocument.Arm(
      name: arm.rawValue,
      own: own(results.filter { $0.id == fault.id }),
      others: others.compactMap(\.finding).map { finding in
        MatrixDocument.Finding(
          check: finding.id,
          severity: finding.severity.rawValue,
          subject: finding.subject.description,
          summary: finding.summary,
          because: fault.sideEffects.first { $0.check == finding.id }?.because
        )
      },
      unknown: results.filter { $0.status == .unknown }.map { .init(check: $0.id, why: $0.why) }
    )
  }

  /// Of several subjects the worst decides: a host on which one bridge fails isn't healthy.
  private func own(_ results: [CheckResult]) -> MatrixDocument.Own {
    guard check != nil else {
      return .init(status: .missing, severity: nil, why: "there is no check of this id")
    }
    let failed = results.filter { $0.status == .failed }.max { $0.severity < $1.severity }
    let order: [CheckResult.Status] = [.unknown, .passed, .notApplicable]
    let chosen = failed ?? order.lazy.compactMap { status in results.first { $0.status == status } }.first
    guard let chosen else { return .init(status: .notApplicable, severity: nil, why: "it looked at nothing") }
    return .init(
      status: MatrixDocument.Status(chosen.status),
      severity: failed?.severity.rawValue,
      why: chosen.why
    )
  }

  private func reasons(_ arms: [MatrixDocument.Arm]) -> [String] {
    guard let severity = check?.entry.severity else { return ["There is no check of this id."] }
    var reasons: [String] = []
    for arm in arms {
      if arm.name == Arm.fault.rawValue {
        if arm.own.status != .failed {
          reasons.append("Its own check doesn't see it: \(arm.own.status.rawValue), \(arm.own.why)")
        } else if arm.own.severity != severity.rawValue {
          reasons.append("Its own check finds it \(arm.own.severity ?? "?"), not \(severity.rawValue).")
        }
      } else if arm.own.status != .passed {
        reasons.append("Arm \(arm.name): its own check says \(arm.own.status.rawValue), \(arm.own.why)")
      }
      for finding in arm.others where finding.severity != Severity.info.rawValue {
        if finding.because == nil || arm.name != Arm.fault.rawValue {
          reasons.append(
            "Arm \(arm.name): \(finding.check) fires as well (\(finding.severity)), on \(finding.subject):"
              + " \(finding.summary)"
          )
        }
      }
    }
    if fault.sideEffects.count > 2 { reasons.append("It declares more than two side effects.") }
    return reasons
  }
}

extension MatrixDocument.Status {
  fileprivate init(_ status: CheckResult.Status) {
    self =
      switch status {
      case .passed: .passed
      case .failed: .failed
      case .unknown: .unknown
      case .notApplicable: .notApplicable
      }
  }
}
