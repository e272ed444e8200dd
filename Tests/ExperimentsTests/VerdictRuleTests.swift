import Reporting
import Testing

@testable import Experiments

@Suite struct VerdictRuleTests {
  /// How many ways there are to choose `chosen` of `units`.
  private func choices(_ units: Int, _ chosen: Int) -> Double {
    (0..<chosen).reduce(1.0) { $0 * Double(units - $1) / Double($1 + 1) }
  }

  private func isClose(_ value: Double, _ expected: Double) -> Bool { abs(value / expected - 1) < 1e-9 }

  @Test func `a fault that hits all its hosts and no others is proven`() throws {
    let one = try Counts("masq-missing").verdict
    #expect(one.status == .proven)
    #expect(one.reasons == [])
    #expect(isClose(one.pValue, 1 / choices(36, 12)))
    let two = try Counts("bridge-mac-unstable").verdict
    #expect(two.status == .proven)
    // Two forms of 6 hosts an arm each; the exception is in no way part of it.
    #expect(isClose(two.pValue, 1 / (choices(18, 6) * choices(18, 6))))
  }

  @Test(arguments: ["masq-missing", "bridge-mac-unstable"])
  func `ten hosts an arm are the fewest that can prove anything`(id: String) throws {
    #expect(try Counts(id, hostsPerArm: 10).verdict.status == .proven)
    let tooFew = try Counts(id, hostsPerArm: 8).verdict
    #expect(tooFew.status == .inconclusive)
    #expect(tooFew.reasons == ["p is not below 1e-6."])
  }

  @Test(arguments: [(999_998, false), (999_999, false), (1_000_000, true)])
  func `p must be below one in a million`(healthy: Int, isProven: Bool) throws {
    // One host with the fault among so many others: p is exactly 1 / (healthy + 1).
    var counts = try Counts("masq-missing")
    counts.parts = [
      .baseline: [.init(hosts: healthy, hit: 0)], .fault: [.init(hosts: 1, hit: 1)],
      .cure: [.init(hosts: 0, hit: 0)],
    ]
    let verdict = counts.verdict
    #expect(isClose(verdict.pValue, 1 / Double(healthy + 1)))
    #expect((verdict.status == .proven) == isProven)
    #expect(verdict.reasons.contains("p is not below 1e-6.") == !isProven)
  }

  @Test func `some hosts with the fault may go unhit as long as p stays small`() throws {
    var counts = try Counts("masq-missing")
    counts.parts[.fault] = [.init(hosts: 12, hit: 11)]
    #expect(counts.verdict.status == .proven)
    counts.parts[.fault] = [.init(hosts: 12, hit: 8)]
    #expect(counts.verdict.status == .inconclusive)
    #expect(counts.verdict.reasons == ["p is not below 1e-6."])
  }

  @Test(arguments: [Arm.baseline, .cure])
  func `one host that is hit in another arm prevents the proof`(arm: Arm) throws {
    var counts = try Counts("masq-missing")
    counts.parts[arm]?[0].hit = 1
    let verdict = counts.verdict
    #expect(verdict.pValue < VerdictRule.significance)
    #expect(verdict.status == .inconclusive)
    #expect(verdict.reasons == ["1 of 12 hosts of the arm \"\(arm.rawValue)\" were hit."])
  }

  @Test func `an exception that doesn't hold prevents the proof`() throws {
    var counts = try Counts("bridge-mac-unstable")
    counts.parts[.fault]?[2].hit = 2
    #expect(counts.verdict.status == .inconclusive)
    #expect(counts.verdict.reasons == ["The exception \"join-exempt\" did not hold: 2 of 3 were hit."])
  }

  @Test func `an experiment that was ended early proves nothing`() throws {
    var counts = try Counts("masq-missing")
    counts.isComplete = false
    #expect(counts.verdict.status == .inconclusive)
    #expect(counts.verdict.reasons == ["The experiment was ended early."])
  }

  @Test(arguments: [100, 200, 700, 1000, 2900, 99_900])
  func `99 % of the failed lookups must be explained, and by the fault`(failed: Int) throws {
    var counts = try Counts("masq-missing")
    counts.failed = failed
    counts.unexplained = failed / 100
    #expect(counts.verdict.status == .proven)
    counts.unexplained += 1
    #expect(counts.verdict.status == .inconclusive)
    #expect(counts.verdict.reasons == ["\(counts.unexplained) of \(failed) failed lookups are unexplained."])
    (counts.unexplained, counts.others) = (0, failed / 100)
    #expect(counts.verdict.status == .proven)
    counts.others += 1
    #expect(counts.verdict.status == .inconclusive)
    #expect(
      counts.verdict.reasons == ["\(counts.others) of \(failed) failed lookups died of something else."]
    )
  }

  @Test func `a single unexplained lookup of fewer than a hundred is too much`() throws {
    var counts = try Counts("masq-missing")
    (counts.failed, counts.unexplained) = (99, 1)
    #expect(counts.verdict.reasons == ["1 of 99 failed lookups are unexplained."])
  }

  @Test func `where nothing failed, the fault was not reproduced`() throws {
    var counts = try Counts("bridge-mac-unstable")
    counts.failed = 0
    for index in 0..<2 { counts.parts[.fault]?[index].hit = 0 }
    #expect(counts.verdict.status == .notReproduced)
    #expect(counts.verdict.pValue == 1)
    counts.isComplete = false
    #expect(counts.verdict.status == .inconclusive)
  }

  @Test func `where something failed but no host with the fault was hit, nothing is decided`() throws {
    var counts = try Counts("masq-missing")
    counts.parts[.fault]?[0].hit = 0
    counts.parts[.cure]?[0].hit = 1
    (counts.failed, counts.others) = (1, 1)
    #expect(counts.verdict.status == .inconclusive)
  }

  @Test func `every reason is given, not the first alone`() throws {
    var counts = try Counts("bridge-mac-unstable")
    counts.parts[.baseline]?[0].hit = 6
    counts.parts[.cure]?[1].hit = 6
    counts.parts[.fault]?[2].hit = 3
    counts.unexplained = 50
    counts.isComplete = false
    #expect(counts.verdict.status == .inconclusive)
    #expect(counts.verdict.reasons.count == 6)
  }
}
