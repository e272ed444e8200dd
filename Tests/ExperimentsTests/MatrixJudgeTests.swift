import Observation
import Reporting
import Testing

@testable import Diagnosis
@testable import Experiments
@testable import Lab

@Suite struct MatrixJudgeTests {
  /// A check that says nothing by itself.
  private struct Named: Check {
    let entry: CatalogueEntry

    init(_ id: String, _ severity: Severity) {
      entry = CatalogueEntry(
        number: 1,
        id: id,
        title: "",
        area: .linkLayer,
        severity: severity,
        mechanism: [],
        why: ""
      )
    }

    func examine(_ host: HostView) -> [CheckResult] { [] }

    func says(_ judgement: Judgement, about bridge: String = "br0") -> CheckResult {
      result(.bridge(bridge), judgement)
    }

    func finds(_ severity: Severity? = nil, about bridge: String = "br0") -> CheckResult {
      says(
        finding(
          .bridge(bridge),
          severity: severity,
          summary: "found",
          consequence: "",
          evidence: [],
          remedies: []
        ),
        about: bridge
      )
    }
  }

  private static let own = Named("masq-missing", .critical)
  private static let other = Named("br-netfilter", .warning)

  private func row(
    baseline: [CheckResult] = [own.says(.passed("well"))],
    fault: [CheckResult] = [own.finds()],
    cure: [CheckResult] = [own.says(.passed("well"))],
    of lab: Fault = .masqueradeMissing,
    checks: [any Check] = [own, other]
  ) -> MatrixDocument.Row {
    MatrixJudge(lab, checks: checks).row([(.baseline, baseline), (.fault, fault), (.cure, cure)])
  }

  @Test func `a fault that its own check alone sees holds`() {
    let row = row()
    #expect(row.holds)
    #expect(row.severity == "critical" && row.proof == "lookups" && row.because == nil)
    #expect(row.arms.map(\.own.status) == [.passed, .failed, .passed])
    #expect(row.arms[1].own.severity == "critical")
  }

  @Test func `without a check of its id it doesn't hold`() {
    let row = row(checks: [Self.other])
    #expect(row.reasons == ["There is no check of this id."])
    #expect(row.arms.allSatisfy { $0.own.status == .missing })
  }

  @Test func `its own check must fail, and at its severity`() {
    #expect(row(fault: [Self.own.says(.passed("nothing seen"))]).reasons.count == 1)
    #expect(row(fault: [Self.own.says(.unknown("no rights"))]).reasons.count == 1)
    #expect(row(fault: []).reasons.count == 1)
    #expect(
      row(fault: [Self.own.finds(.warning)]).reasons == ["Its own check finds it warning, not critical."]
    )
    // Of several subjects the worst counts.
    #expect(row(fault: [Self.own.finds(.info, about: "br1"), Self.own.finds()]).holds)
  }

  @Test func `its own check must pass without the fault and after its cure`() {
    for judgement in [Judgement.unknown("no rights"), .notApplicable("no bridge")] {
      #expect(row(baseline: [Self.own.says(judgement)]).reasons.count == 1)
      #expect(row(cure: [Self.own.says(judgement)]).reasons.count == 1)
    }
    #expect(row(cure: [Self.own.finds()]).reasons.count == 1)
    // One bridge that is well, and one that the check can't judge.
    let mixed = [Self.own.says(.passed("well")), Self.own.says(.unknown("no rights"), about: "br1")]
    #expect(row(baseline: mixed).arms[0].own.status == .unknown)
    let aside = [Self.own.says(.passed("well")), Self.own.says(.notApplicable("no ports"), about: "br1")]
    #expect(row(baseline: aside).holds)
  }

  @Test func `others may find what is worth knowing, and no more`() {
    let info = row(fault: [Self.own.finds(), Self.other.finds(.info)])
    #expect(info.holds && info.arms[1].others.count == 1)
    for severity in [Severity.warning, .critical] {
      let row = row(fault: [Self.own.finds(), Self.other.finds(severity)])
      #expect(row.reasons.count == 1 && row.reasons[0].contains("br-netfilter"))
    }
    #expect(!row(baseline: [Self.own.says(.passed("well")), Self.other.finds()]).holds)
  }

  @Test func `what a fault declares may fire while it is there, and not besides`() {
    let lab = Fault.vethMACRewritten
    let own = Named(lab.id, .warning)
    let side = Named(lab.sideEffects[0].check, .critical)
    let checks: [any Check] = [own, side]
    func row(fault: [CheckResult], cure: [CheckResult] = []) -> MatrixDocument.Row {
      self.row(
        baseline: [own.says(.passed("well"))],
        fault: [own.finds()] + fault,
        cure: [own.says(.passed("well"))] + cure,
        of: lab,
        checks: checks
      )
    }
    let declared = row(fault: [side.finds()])
    #expect(declared.holds)
    #expect(declared.arms[1].others[0].because == lab.sideEffects[0].because)
    #expect(!row(fault: [], cure: [side.finds()]).holds)
  }

  @Test func `a fault that no lookup shows says why`() {
    let lab = Fault.proxyARP
    let row = row(of: lab, checks: [])
    #expect(row.proof == "check")
    #expect(row.because.map { lab.proof == .checkOnly($0) } == true)
  }
}
