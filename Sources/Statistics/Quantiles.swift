/// Quantiles of a sample.
///
/// Between two values of the sample they are interpolated linearly: definition 7 of Hyndman and Fan ("Sample
/// quantiles in statistical packages", The American Statistician 50, 1996), the default of numpy and R.
public struct Quantiles: Sendable {
  private let sorted: [Double]

  /// Sorts a sample; nil if it is empty or has a value that is not a number.
  public init?(of sample: some Sequence<Double>) {
    sorted = sample.sorted()
    guard !sorted.isEmpty, !sorted.contains(where: \.isNaN) else { return nil }
  }

  /// The value that a share of the sample doesn't exceed, in the sample's unit; the share must be within 0 and 1.
  public func value(at share: Double) -> Double {
    precondition((0...1).contains(share), "a quantile needs a share within 0 and 1")
    let position = share * Double(sorted.count - 1)
    let index = Int(position)
    guard index + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[index] + (position - Double(index)) * (sorted[index + 1] - sorted[index])
  }

  /// The smallest value.
  public var smallest: Double { sorted[0] }
  /// The value in the middle.
  public var median: Double { value(at: 0.5) }
  /// The largest value.
  public var largest: Double { sorted[sorted.count - 1] }
}
