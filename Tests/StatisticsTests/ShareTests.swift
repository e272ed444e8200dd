import Statistics
import Testing

/// Whether two numbers agree to a relative error.
func agree(_ left: Double, _ right: Double, within tolerance: Double = 1e-12) -> Bool {
  abs(left - right) <= tolerance * max(abs(left), abs(right))
}

@Suite struct ShareTests {
  // Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, 1998,
  // table I, method 3 (Wilson's score method), 95 %.
  @Test(arguments: [
    (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718),
  ])
  func `Wilson's interval agrees with Newcombe's table`(hits: Int, total: Int, low: Double, high: Double)
    throws
  {
    let share = try #require(Share(hits: hits, of: total))
    #expect(abs(share.low - low) < 0.00005 && abs(share.high - high) < 0.00005)
  }

  // scipy 1.17.1: binomtest(hits, total).proportion_ci(confidence, 'wilson')
  @Test(arguments: [
    (33, 450_000, 0.95, 5.222031851305912e-05, 0.00010298159841787722),
    (0, 1000, 0.95, 0.0, 0.0038267584855551234), (12, 12, 0.95, 0.7575059933447592, 1.0),
    (1, 3, 0.99, 0.04042662929608476, 0.855783984952333),
    (500, 1000, 0.9, 0.4740276914784201, 0.5259723085215798),
  ])
  func `Wilson's interval agrees with scipy`(
    hits: Int,
    total: Int,
    confidence: Double,
    low: Double,
    high: Double
  ) throws {
    let share = try #require(Share(hits: hits, of: total, confidence: confidence))
    #expect(agree(share.low, low, within: 1e-11) && agree(share.high, high, within: 1e-11))
    #expect(share.estimate == Double(hits) / Double(total))
  }

  @Test func `a share of nothing, or of less than its hits, is none`() {
    #expect(Share(hits: 0, of: 0) == nil)
    #expect(Share(hits: 3, of: 2) == nil)
    #expect(Share(hits: -1, of: 2) == nil)
    #expect(Share(hits: 1, of: 2, confidence: 1) == nil)
  }

  // scipy 1.17.1: norm.ppf(probability)
  @Test(arguments: [
    (0.975, 1.959963984540054), (0.995, 2.5758293035489004), (1e-10, -6.361340902404056),
  ])
  func `normal quantiles agree with scipy`(probability: Double, value: Double) {
    #expect(agree(NormalDistribution.quantile(probability), value, within: 1e-13))
  }

  // numpy 2: quantile([3.5, 1, 4, 1.5, 9, 2.6, 5.35], share)
  @Test(arguments: [(0.0, 1.0), (0.25, 2.05), (0.5, 3.5), (0.9, 6.81), (0.99, 8.781), (1.0, 9.0)])
  func `quantiles agree with numpy`(share: Double, value: Double) throws {
    let quantiles = try #require(Quantiles(of: [3.5, 1, 4, 1.5, 9, 2.6, 5.35]))
    #expect(agree(quantiles.value(at: share), value))
  }

  @Test func `an empty sample and one with a gap have no quantiles`() {
    #expect(Quantiles(of: []) == nil)
    #expect(Quantiles(of: [1, .nan]) == nil)
    #expect(Quantiles(of: [7])?.value(at: 0.99) == 7)
  }
}
