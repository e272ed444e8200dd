import Statistics
import Testing

/// Equal arms whose failures come in outages: what a test must not call different.
///
/// The unit of the experiment is the host because of this: an outage fails every lookup of a host while it lasts,
/// so lookups are not independent, and counting them as if they were makes chance look like proof.
@Suite struct OutageSimulationTests {
  static let hosts = 36
  static let arms = 3
  static let lookupsPerHost = 120

  /// How many of a host's lookups fail, one lookup a second for two minutes, with outages of 1 to 60 s that begin
  /// on average 120 s after the last one ended.
  static func failures(using generator: inout SeededGenerator) -> Int {
    var failed = 0
    var second = 0.0
    while true {
      // Geometric in steps of a second: the memoryless wait, without logarithms.
      repeat { second += 1 } while generator.unit() >= 1.0 / 120 && second < Double(lookupsPerHost)
      guard second < Double(lookupsPerHost) else { return failed }
      let end = second + 1 + 59 * generator.unit()
      while second < min(end, Double(lookupsPerHost)) {
        failed += 1
        second += 1
      }
    }
  }

  /// p by hosts and p by lookups of one experiment in which the arms are equal.
  static func experiment(using generator: inout SeededGenerator) throws -> (hosts: Double, lookups: Double) {
    let arm = RandomAssignment.balanced(units: hosts, arms: arms, using: &generator)
    let failed = arm.map { _ in failures(using: &generator) }
    func stratum(_ units: (fault: Int, other: Int), hits: (Int) -> Int) throws -> ExactPermutationTest {
      let faultHits = failed.indices.reduce(0) { $0 + (arm[$1] == 1 ? hits(failed[$1]) : 0) }
      let allHits = failed.reduce(0) { $0 + hits($1) }
      return ExactPermutationTest(strata: [
        try #require(
          ExactPermutationTest.Stratum(
            name: "all",
            faultUnits: units.fault,
            faultHits: faultHits,
            otherUnits: units.other,
            otherHits: allHits - faultHits
          )
        )
      ])
    }
    let armHosts = hosts / arms
    return (
      try stratum((armHosts, hosts - armHosts)) { $0 > 0 ? 1 : 0 }.pValue,
      try stratum((armHosts * lookupsPerHost, (hosts - armHosts) * lookupsPerHost)) { $0 }.pValue
    )
  }

  /// The most experiments out of `count` that may be called different at `alpha`: the mean and 3.7 standard
  /// deviations, which chance exceeds about once in 10,000.
  static func allowance(_ count: Int, alpha: Double) -> Double {
    Double(count) * alpha + 3.7 * (Double(count) * alpha * (1 - alpha)).squareRoot()
  }

  @Test func `equal arms are called different no more often than stated, by hosts`() throws {
    var generator = SeededGenerator(seed: 20_261_123)
    let experiments = 4000
    let pValues = try (0..<experiments).map { _ in try Self.experiment(using: &generator) }
    for alpha in [0.05, 0.01] {
      let byHosts = pValues.count { $0.hosts <= alpha }
      #expect(Double(byHosts) <= Self.allowance(experiments, alpha: alpha))
    }
    // The test is not merely silent: p is spread, and reaches below 5 %.
    #expect(pValues.contains { $0.hosts <= 0.05 })
    #expect(pValues.contains { $0.hosts > 0.5 })
  }

  @Test func `a test over single lookups calls equal arms different many times too often`() throws {
    var generator = SeededGenerator(seed: 20_261_124)
    let experiments = 1000
    let pValues = try (0..<experiments).map { _ in try Self.experiment(using: &generator) }
    for alpha in [0.05, 0.01] {
      let byLookups = pValues.count { $0.lookups <= alpha }
      #expect(Double(byLookups) > 5 * alpha * Double(experiments))
      #expect(Double(byLookups) > Self.allowance(experiments, alpha: alpha))
    }
    // Even at the level that a verdict asks for, where one in a million is stated.
    #expect(pValues.contains { $0.lookups < 1e-6 })
  }
}
