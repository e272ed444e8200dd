/// Whether the fault arm is hit more often than chance would have it: an exact permutation test over independent
/// units.
///
/// The unit must be something that fails or not independently of the others: a lab host, not a lookup, because
/// one outage fails hundreds of lookups of the same host. Given how many units of each stratum are hit at all,
/// every assignment of the stratum's units to the arms was equally likely (`RandomAssignment`). p is the share
/// of assignments in which the fault arm would have got at least as many hits as it has: one-sided, and exact,
/// without sampling. With one stratum this is Fisher's exact test ("The Design of Experiments", 1935).
public struct ExactPermutationTest: Hashable, Sendable {
  /// Units among which arms were assigned at random, such as all hosts of one part of an experiment.
  public struct Stratum: Hashable, Sendable {
    /// What the units have in common, such as "leave" or "join".
    public let name: String
    /// How many units are in the fault arm.
    public let faultUnits: Int
    /// How many of these are hit.
    public let faultHits: Int
    /// How many units are in the other arms together.
    public let otherUnits: Int
    /// How many of these are hit.
    public let otherHits: Int

    /// Counts a stratum; nil if an arm has more hits than units, or a number is negative.
    public init?(name: String, faultUnits: Int, faultHits: Int, otherUnits: Int, otherHits: Int) {
      guard faultUnits >= 0, otherUnits >= 0, (0...faultUnits).contains(faultHits),
        (0...otherUnits).contains(otherHits)
      else { return nil }
      self.name = name
      self.faultUnits = faultUnits
      self.faultHits = faultHits
      self.otherUnits = otherUnits
      self.otherHits = otherHits
    }
  }

  /// What was counted.
  public let strata: [Stratum]
  /// The probability of at least as many hits in the fault arm if the fault made no difference, 0 < p ≤ 1.
  public let pValue: Double

  /// Tests what was counted. Without units or hits p is 1.
  public init(strata: [Stratum]) {
    self.strata = strata
    // The distribution of the fault arm's hits over all strata: those of the strata, convolved.
    var probabilities = [1.0]
    var lowest = 0
    for stratum in strata {
      guard
        let distribution = HypergeometricDistribution(
          units: stratum.faultUnits + stratum.otherUnits,
          hits: stratum.faultHits + stratum.otherHits,
          chosen: stratum.faultUnits
        )
      else { continue }
      lowest += distribution.lowest
      probabilities = Self.convolution(probabilities, distribution.probabilities)
    }
    let observed = strata.reduce(0) { $0 + $1.faultHits }
    // Smallest first, so that none is lost beside larger ones.
    pValue = min(1, probabilities.dropFirst(observed - lowest).sorted().reduce(0, +))
  }

  private static func convolution(_ left: [Double], _ right: [Double]) -> [Double] {
    var result = Array(repeating: 0.0, count: left.count + right.count - 1)
    for i in left.indices { for j in right.indices { result[i + j] += left[i] * right[j] } }
    return result
  }
}
