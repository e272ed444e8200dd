import Lab
import Reporting
import Testing

@testable import Experiments

@Suite struct VerdictRuleTests {
  private typealias Document = ExperimentDocument

  private func tally(_ hosts: Int, hit: Int) -> Document.Tally {
    Document.Tally(
      hosts: hosts,
      hostsHit: hit,
      lookups: hosts * 100,
      failed: hit * 80,
      failureRate: Document.Interval(estimate: 0, low: 0, high: 1)
    )
  }

  /// An arm of the founding fault: 6 hosts for leave and for join, 3 for the exception.
  private func arm(_ arm: Arm, leave: Int = 0, join: Int = 0, exempt: Int = 0) -> Document.Arm {
    let parts = [("leave", true, 6, leave), ("join", true, 6, join), ("join-exempt", false, 3, exempt)].map {
      Document.Part(name: $0, summary: "", isCounted: $1, tally: tally($2, hit: $3))
    }
    return Document.Arm(name: arm.rawValue, tally: tally(15, hit: leave + join + exempt), parts: parts)
  }

  private func verdict(
    _ arms: [Document.Arm],
    failed: Int,
    explained: Int? = nil,
    as cause: String = "bridge-mac-unstable",
    isComplete: Bool = true
  ) throws -> Document.Verdict {
    let fault = try #require(Fault.named("bridge-mac-unstable"))
    let explained = explained ?? failed
    return VerdictRule(
      configuration: ExperimentConfiguration(fault: fault, seed: 1),
      isComplete: isComplete
    ).verdict(
      arms: arms,
      attribution: Document.Attribution(
        failed: failed,
        explained: explained,
        unexplained: failed - explained,
        byCause: explained > 0 ? [cause: explained] : [:]
      )
    )
  }

  private var clear: [Document.Arm] { [arm(.baseline), arm(.fault, leave: 6, join: 6), arm(.cure)] }

  @Test func `all of the fault arm's hosts and nobody else's are proof`() throws {
    let verdict = try verdict(clear, failed: 960)
    #expect(verdict.status == .proven)
    #expect(verdict.reasons.isEmpty)
    // One of the (18 over 6)² assignments.
    #expect(abs(verdict.pValue * 18_564 * 18_564 - 1) < 1e-9)
  }

  @Test func `one percent may be unexplained, and no more`() throws {
    #expect(try verdict(clear, failed: 1000, explained: 990).status == .proven)
    #expect(try verdict(clear, failed: 1000, explained: 989).status == .inconclusive)
  }

  @Test func `another cause than the fault's is no proof of the fault`() throws {
    #expect(try verdict(clear, failed: 960, as: "resolver-mute").status == .inconclusive)
  }

  @Test(arguments: [Arm.baseline, .cure]) func `one host that is hit in another arm is no proof`(
    other: Arm
  ) throws {
    let arms = Arm.allCases.map {
      $0 == .fault ? arm($0, leave: 6, join: 6) : arm($0, leave: $0 == other ? 1 : 0)
    }
    #expect(try verdict(arms, failed: 1040).status == .inconclusive)
  }

  @Test func `an exception that doesn't hold is no proof`() throws {
    let arms = [arm(.baseline), arm(.fault, leave: 6, join: 6, exempt: 1), arm(.cure)]
    #expect(try verdict(arms, failed: 1040).status == .inconclusive)
  }

  @Test func `too few hosts are no proof, whatever explains their failures`() throws {
    let arms = [arm(.baseline), arm(.fault, leave: 4, join: 3), arm(.cure)]
    #expect(try verdict(arms, failed: 560).status == .inconclusive)
  }

  @Test func `nobody hit is not reproduced, but not if it was ended early`() throws {
    let arms = Arm.allCases.map { arm($0) }
    #expect(try verdict(arms, failed: 0).status == .notReproduced)
    #expect(try verdict(arms, failed: 0, isComplete: false).status == .inconclusive)
    #expect(try verdict(clear, failed: 960, isComplete: false).status == .inconclusive)
  }
}
