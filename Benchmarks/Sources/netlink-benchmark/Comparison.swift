/// Two ways to do the same thing, timed in turn so that both meet the same conditions.
struct Comparison {
  let name: String
  /// What the ratio must reach, if anything was promised.
  let bar: Double?
  /// How often both are run.
  let rounds: Int

  /// Runs both, once unmeasured, and then in alternating order; prints the medians, and the median
  /// of the rounds' ratios (the peer's time by ours: above 1 is faster than the peer).
  ///
  /// - Returns: whether the bar was reached.
  func run(ours: () throws -> Duration, peer: () throws -> Duration) throws -> Bool {
    _ = try (peer(), ours())
    var times: [(ours: Double, peer: Double)] = []
    for round in 0..<rounds {
      if round % 2 == 0 {
        let first = try peer()
        times.append((try ours().milliseconds, first.milliseconds))
      } else {
        let first = try ours()
        times.append((first.milliseconds, try peer().milliseconds))
      }
    }
    let ratios = times.map { $0.peer / $0.ours }
    let ratio = ratios.median
    let verdict = bar.map { ratio >= $0 ? ", bar \($0) reached" : ", bar \($0) MISSED" } ?? ""
    print(
      "\(name): ours \(times.map(\.ours).median.rounded(to: 2)) ms,",
      "peer \(times.map(\.peer).median.rounded(to: 2)) ms,",
      "ratio \(ratio.rounded(to: 2))",
      "(\(ratios.min()?.rounded(to: 2) ?? 0) to \(ratios.max()?.rounded(to: 2) ?? 0),",
      "\(rounds) paired rounds)\(verdict)"
    )
    return bar.map { ratio >= $0 } ?? true
  }
}

extension Duration {
  var milliseconds: Double { self / .milliseconds(1) }
}

extension [Double] {
  var median: Double {
    let sorted = sorted()
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

extension Double {
  func rounded(to digits: Int) -> Double {
    let factor = (0..<digits).reduce(1.0) { product, _ in product * 10 }
    return (self * factor).rounded() / factor
  }
}
