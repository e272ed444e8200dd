/// How many hits a random choice of units contains, when it is known how many of all units are hits.
public struct HypergeometricDistribution: Sendable {
  /// The smallest possible number of hits in the choice.
  public let lowest: Int
  /// The probability of `lowest + i` hits at index `i`, up to the largest possible number.
  public let probabilities: [Double]

  /// The distribution for a choice of `chosen` units out of `units`, of which `hits` are hits; nil if one of
  /// the numbers is negative or larger than `units`.
  ///
  /// Neighbouring probabilities stand in a ratio of small integers, so all follow from the most probable one by
  /// multiplication, and from the condition that they add up to 1. Each has a relative error of a few n·2⁻⁵³
  /// (below 10⁻¹² for n ≤ 1000); logarithms of factorials would lose some three digits more.
  public init?(units: Int, hits: Int, chosen: Int) {
    guard units >= 0, (0...units).contains(hits), (0...units).contains(chosen) else { return nil }
    lowest = max(0, hits + chosen - units)
    let highest = min(hits, chosen)
    // Floating point: a product of two counts could overflow an Int, and Doubles hold counts exactly.
    func ratioToPrevious(_ count: Int) -> Double {
      Double(hits - count + 1) * Double(chosen - count + 1)
        / (Double(count) * Double(units - hits - chosen + count))
    }
    let mode = Int(Double(hits + 1) * Double(chosen + 1) / Double(units + 2))
    let start = min(max(mode, lowest), highest)
    var weights = Array(repeating: 1.0, count: highest - lowest + 1)
    for count in stride(from: start + 1, through: highest, by: 1) {
      weights[count - lowest] = weights[count - 1 - lowest] * ratioToPrevious(count)
    }
    for count in stride(from: start, to: lowest, by: -1) {
      weights[count - 1 - lowest] = weights[count - lowest] / ratioToPrevious(count)
    }
    let total = weights.sorted().reduce(0, +)
    probabilities = weights.map { $0 / total }
  }
}
