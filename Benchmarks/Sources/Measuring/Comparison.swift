/// Two ways to do the same thing, timed in turn so that both meet the same conditions.
package struct Comparison {
  let name: String
  let bar: Bar?
  let rounds: Int

  /// A comparison.
  ///
  /// - Parameters:
  ///   - name: What is done.
  ///   - bar: What was promised, if anything.
  ///   - rounds: How often both are run.
  package init(_ name: String, bar: Bar?, rounds: Int) {
    self.name = name
    self.bar = bar
    self.rounds = rounds
  }

  /// Runs both, once unmeasured, and then in alternating order. The row has the medians of both, and the
  /// median of the rounds' ratios (the peer's time by ours: above 1 is faster than the peer) with the least
  /// and the greatest.
  package func run(ours: () throws -> Duration, peer: () throws -> Duration) throws -> Row {
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
    let own = times.map(\.ours).median
    return Row(
      name,
      figure: times.map(\.ours).medianAndSpread(of: "ms"),
      peer: "\(times.map(\.peer).median.rounded(to: 1)) ms",
      ratio: "\(ratios.median.rounded(to: 2))"
        + " (\((ratios.min() ?? 0).rounded(to: 2)) to \((ratios.max() ?? 0).rounded(to: 2)))",
      bar: bar,
      isMet: bar?.isMet(milliseconds: own, ratio: ratios.median)
    )
  }
}

/// What was promised of a figure.
package enum Bar {
  /// The peer's time by ours is at least so much.
  case ratio(Double)
  /// It takes so many milliseconds at most.
  case milliseconds(Double)
  /// It takes so many megabytes (10^6 octets) of memory at most.
  case megabytes(Double)

  /// Whether a measurement keeps the promise; a ratio that wasn't measured doesn't.
  package func isMet(milliseconds: Double, ratio: Double? = nil) -> Bool {
    switch self {
    case .ratio(let least): ratio.map { $0 >= least } ?? false
    case .milliseconds(let most): milliseconds <= most
    case .megabytes: false
    }
  }

  /// Whether so much memory keeps the promise.
  package func isMet(megabytes: Double) -> Bool {
    if case .megabytes(let most) = self { megabytes <= most } else { false }
  }

  var words: String {
    switch self {
    case .ratio(let least): "ratio >= \(least)"
    case .milliseconds(let most): "<= \(Int(most)) ms"
    case .megabytes(let most): "<= \(Int(most)) MB"
    }
  }
}
