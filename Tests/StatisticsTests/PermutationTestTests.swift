import Statistics
import Testing

@Suite struct PermutationTestTests {
  static func pValue(_ strata: [(units: Int, hits: Int, chosen: Int, observed: Int)]) throws -> Double {
    let strata = try strata.map {
      try #require(
        ExactPermutationTest.Stratum(
          name: "all",
          faultUnits: $0.chosen,
          faultHits: $0.observed,
          otherUnits: $0.units - $0.chosen,
          otherHits: $0.hits - $0.observed
        )
      )
    }
    return ExactPermutationTest(strata: strata).pValue
  }

  // scipy 1.17.1: fisher_exact([[x, n - x], [K - x, N - n - K + x]], 'greater')[1]; the last is Fisher's lady
  // tasting tea, 17/70.
  @Test(arguments: [
    (36, 12, 12, 12, 7.989277111831583e-10), (36, 13, 12, 12, 1.0386060245381056e-08),
    (36, 9, 12, 6, 0.02231564483412942), (1000, 500, 500, 290, 2.7719355943114385e-07),
    (1000, 30, 333, 20, 0.0001524974334050752), (36, 36, 12, 12, 1.0), (36, 0, 12, 0, 1.0),
    (8, 4, 4, 3, 17.0 / 70),
  ])
  func `one stratum is Fisher's exact test`(units: Int, hits: Int, chosen: Int, observed: Int, p: Double)
    throws
  {
    #expect(agree(try Self.pValue([(units, hits, chosen, observed)]), p, within: 1e-12))
  }

  // Python's fractions and math.comb: exact hypergeometric probabilities, convolved over the strata.
  @Test func `several strata are the convolution of their distributions`() throws {
    let cleanSweep = try Self.pValue([(18, 6, 6, 6), (18, 6, 6, 6)])
    #expect(agree(cleanSweep, 2.901729203109484e-09))
    let mixed = try Self.pValue([(18, 7, 6, 5), (18, 5, 6, 4)])
    #expect(agree(mixed, 0.0004090248467411097))
    let weak = try Self.pValue([(18, 3, 6, 2), (18, 4, 6, 1), (12, 2, 4, 2)])
    #expect(agree(weak, 0.12579296424452133))
  }

  // Python: Fraction(comb(600, k) * comb(400, 333 - k), comb(1000, 333))
  @Test(arguments: [
    (150, 5.379733262038688e-12), (250, 1.3653042808987048e-12), (300, 5.1154019668382614e-48),
    (333, 6.194416730827958e-98),
  ])
  func `hypergeometric probabilities keep their precision far out`(hits: Int, probability: Double) throws {
    let distribution = try #require(HypergeometricDistribution(units: 1000, hits: 600, chosen: 333))
    #expect(agree(distribution.probabilities[hits - distribution.lowest], probability))
  }

  @Test func `every distribution adds up to one, and has the right mean`() throws {
    for units in 1...24 {
      for hits in 0...units {
        for chosen in 0...units {
          let distribution = try #require(
            HypergeometricDistribution(units: units, hits: hits, chosen: chosen)
          )
          let total = distribution.probabilities.reduce(0, +)
          let mean = distribution.probabilities.indices.reduce(0.0) {
            $0 + Double(distribution.lowest + $1) * distribution.probabilities[$1]
          }
          #expect(abs(total - 1) < 1e-14)
          #expect(abs(mean - Double(hits * chosen) / Double(units)) < 1e-12)
        }
      }
    }
  }

  @Test func `counts that can't be are refused`() {
    #expect(
      ExactPermutationTest.Stratum(name: "", faultUnits: 2, faultHits: 3, otherUnits: 1, otherHits: 0) == nil
    )
    #expect(HypergeometricDistribution(units: 3, hits: 4, chosen: 1) == nil)
    #expect(ExactPermutationTest(strata: []).pValue == 1)
  }

  // scipy 1.17.1: permutation_test((fault, other), difference of means, alternative='greater',
  // n_resamples=inf).pvalue
  @Test func `random permutations come near the exact p of a difference of means`() {
    let fault = [12.1, 14.3, 11.8, 15.0, 13.9, 16.2]
    let other = [10.2, 11.1, 12.4, 9.8, 12.9, 10.7]
    let units =
      fault.map { MonteCarloPermutationTest.Unit(stratum: 0, isFault: true, value: $0) }
      + other.map { MonteCarloPermutationTest.Unit(stratum: 0, isFault: false, value: $0) }
    let exact = 0.007575757575757576
    let permutations = 20_000
    func test(seed: UInt64) -> MonteCarloPermutationTest {
      MonteCarloPermutationTest(units: units, permutations: permutations, seed: seed) { values, isFault in
        // Both arms have six units: the sum decides as the difference of means does.
        values.indices.reduce(0.0) { $0 + (isFault[$1] ? values[$1] : 0) }
      }
    }
    let result = test(seed: 11)
    // Four standard deviations of the estimate.
    let tolerance = 4 * (exact * (1 - exact) / Double(permutations)).squareRoot()
    #expect(abs(result.pValue - exact) < tolerance)
    #expect(result == test(seed: 11))
  }

  @Test func `an estimated p is never zero, and labels stay within their stratum`() {
    // All fault units are alone in their strata: no permutation can change anything.
    let units = (0..<8).map {
      MonteCarloPermutationTest.Unit(stratum: $0, isFault: $0 < 4, value: Double($0))
    }
    let fixed = MonteCarloPermutationTest(units: units, permutations: 99, seed: 1) { values, isFault in
      values.indices.reduce(0.0) { $0 + (isFault[$1] ? values[$1] : 0) }
    }
    #expect(fixed.pValue == 1)
    let clear = (0..<40).map {
      MonteCarloPermutationTest.Unit(stratum: 0, isFault: $0 < 20, value: $0 < 20 ? 1 : 0)
    }
    let never = MonteCarloPermutationTest(units: clear, permutations: 999, seed: 1) { values, isFault in
      values.indices.reduce(0.0) { $0 + (isFault[$1] ? values[$1] : 0) }
    }
    #expect(never.atLeastAsLarge == 0 && never.pValue == 0.001)
  }
}
