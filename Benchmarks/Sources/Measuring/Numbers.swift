extension Duration {
  /// In milliseconds.
  package var milliseconds: Double { self / .milliseconds(1) }
}

extension [Double] {
  /// The middle one, or the mean of the two in the middle.
  package var median: Double {
    let sorted = sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The median with the least and the greatest, such as "30.5 ms (28.1 to 41)"; there must be one at least.
  package func medianAndSpread(of unit: String) -> String {
    "\(median.rounded(to: 1)) \(unit)"
      + " (\((self.min() ?? 0).rounded(to: 1)) to \((self.max() ?? 0).rounded(to: 1)))"
  }
}

extension Double {
  /// To so many digits after the point.
  package func rounded(to digits: Int) -> Double {
    let factor = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    return (self * factor).rounded() / factor
  }
}
