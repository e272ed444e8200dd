/// Random assignment of an experiment's units, such as lab hosts, to its arms.
public enum RandomAssignment {
  /// The arm of each unit, as a number from 0, at random.
  ///
  /// The arms' sizes differ by at most one; where the units don't divide evenly, the earlier arms have one more.
  /// Every assignment with these sizes is equally likely, which is what `ExactPermutationTest` assumes.
  ///
  /// - Parameters:
  ///   - units: how many units there are, at least 0.
  ///   - arms: how many arms there are, at least 1.
  ///   - generator: where the randomness comes from; it moves on.
  public static func balanced(units: Int, arms: Int, using generator: inout SeededGenerator) -> [Int] {
    precondition(units >= 0 && arms >= 1, "an assignment needs an arm")
    var assignment = (0..<units).map { $0 % arms }
    generator.shuffle(&assignment)
    return assignment
  }

  /// The arm of each unit of each stratum: balanced within every stratum by itself.
  ///
  /// - Parameters:
  ///   - strata: how many units each stratum has.
  ///   - arms: how many arms there are, at least 1.
  ///   - generator: where the randomness comes from; it moves on.
  public static func stratified(strata: [Int], arms: Int, using generator: inout SeededGenerator) -> [[Int]] {
    strata.map { balanced(units: $0, arms: arms, using: &generator) }
  }
}
