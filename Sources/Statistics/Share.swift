/// A share that was counted, such as failed lookups of all lookups, with Wilson's score interval.
///
/// Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927; without
/// correction for continuity. The interval assumes independent trials. Lookups that fail in outages aren't: for
/// them it describes what was counted and decides nothing.
public struct Share: Hashable, Sendable {
  /// How many had the property.
  public let hits: Int
  /// Of how many.
  public let total: Int
  /// The interval's confidence, between 0 and 1.
  public let confidence: Double
  /// The share itself, 0 to 1.
  public let estimate: Double
  /// The interval's lower end, 0 to 1.
  public let low: Double
  /// The interval's upper end, 0 to 1.
  public let high: Double

  /// Counts a share; nil if nothing was counted, if the hits are not within 0 and the total, or if the
  /// confidence is not between 0 and 1.
  public init?(hits: Int, of total: Int, confidence: Double = 0.95) {
    guard total > 0, (0...total).contains(hits), confidence > 0, confidence < 1 else { return nil }
    let z = NormalDistribution.quantile((1 + confidence) / 2)
    let n = Double(total)
    let share = Double(hits) / n
    let weight = z * z / n
    let centre = share + weight / 2
    let spread = z * (share * (1 - share) / n + weight / (4 * n)).squareRoot()
    self.hits = hits
    self.total = total
    self.confidence = confidence
    estimate = share
    // At the ends the formula's value is exactly 0 or 1; rounding must not leave a trace of it.
    low = hits == 0 ? 0 : max(0, (centre - spread) / (1 + weight))
    high = hits == total ? 1 : min(1, (centre + spread) / (1 + weight))
  }
}
