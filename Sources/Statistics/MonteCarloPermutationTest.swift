/// A permutation test for any statistic, by random permutations instead of all.
///
/// For what can't be counted exactly, such as the difference of two arms' median latencies. The arms' labels are
/// permuted within each stratum. p is (r + 1) / (n + 1), where r of n permutations have a statistic at least as
/// large as the observed one: the observed assignment is one of the possible ones, so p is never 0 and never
/// too small (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, section 4.2.5).
public struct MonteCarloPermutationTest: Hashable, Sendable {
  /// An independent unit.
  public struct Unit: Hashable, Sendable {
    /// Which stratum it belongs to; labels are exchanged within a stratum only.
    public let stratum: Int
    /// Whether it is in the fault arm.
    public let isFault: Bool
    /// What was measured.
    public let value: Double

    /// A unit that was measured.
    public init(stratum: Int, isFault: Bool, value: Double) {
      self.stratum = stratum
      self.isFault = isFault
      self.value = value
    }
  }

  /// The statistic of the assignment as it was.
  public let observed: Double
  /// How many permutations were tried: n.
  public let permutations: Int
  /// How many of them had a statistic at least as large as the observed one: r.
  public let atLeastAsLarge: Int
  /// (r + 1) / (n + 1)
  public var pValue: Double { Double(atLeastAsLarge + 1) / Double(permutations + 1) }

  /// Tests by `permutations` random permutations from a seed; the same seed gives the same result.
  ///
  /// - Parameters:
  ///   - units: the units; their order doesn't matter to a statistic that doesn't look at it.
  ///   - permutations: how many to try, at least 1. The smallest possible p is 1 / (permutations + 1).
  ///   - seed: of the `SeededGenerator`.
  ///   - statistic: large if the fault arm differs; given the units' values and, in the same order, whether
  ///     each is labelled as in the fault arm. Values that differ from the observed one by less than 10⁻¹² of
  ///     it count as equal, since sums may round differently.
  public init(
    units: [Unit],
    permutations: Int,
    seed: UInt64,
    statistic: (_ values: [Double], _ isFault: [Bool]) -> Double
  ) {
    precondition(permutations >= 1, "a test needs a permutation")
    let values = units.map(\.value)
    let strata = Dictionary(grouping: units.indices) { units[$0].stratum }.sorted { $0.key < $1.key }
    let observed = statistic(values, units.map(\.isFault))
    let threshold = observed - abs(observed) * 1e-12
    var generator = SeededGenerator(seed: seed)
    var labels = units.map(\.isFault)
    var atLeastAsLarge = 0
    for _ in 0..<permutations {
      for (_, members) in strata {
        var shuffled = members.map { units[$0].isFault }
        generator.shuffle(&shuffled)
        for (position, member) in members.enumerated() { labels[member] = shuffled[position] }
      }
      if statistic(values, labels) >= threshold { atLeastAsLarge += 1 }
    }
    self.observed = observed
    self.permutations = permutations
    self.atLeastAsLarge = atLeastAsLarge
  }
}
