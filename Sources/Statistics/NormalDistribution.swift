internal import Glibc

/// The standard normal distribution.
public enum NormalDistribution {
  /// The probability of a value of at most `x`.
  public static func cumulative(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// The value that is not exceeded with this probability, which must lie between 0 and 1.
  ///
  /// Found by halving an interval until it is as small as a Double allows: slow (microseconds), without
  /// constants to trust, and as exact as `erfc`.
  public static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a quantile needs a probability between 0 and 1")
    // erfc keeps its precision where it is small, so the upper half is taken from the lower.
    if probability > 0.5 { return -quantile(1 - probability) }
    var (low, high) = (-40.0, 0.0)
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return high }
      if cumulative(middle) < probability { low = middle } else { high = middle }
    }
  }
}
