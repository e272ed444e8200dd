/// The generator for everything that must be repeatable from a seed: assignment to arms, permutations, churn.
///
/// Xoshiro256** by Blackman and Vigna (https://prng.di.unimi.it/xoshiro256starstar.c; "Scrambled linear
/// pseudorandom number generators", ACM TOMS 47, 2021), seeded by `SplitMix64` as its authors recommend. Its
/// period is 2²⁵⁶ − 1; it isn't for secrets.
///
/// `bounded(by:)`, `unit()` and `shuffle(_:)` are defined here and not taken from the standard library, whose
/// algorithms may change from one version to the next: a seed in a report must give the same run for ever.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  /// The generator whose sequence belongs to this seed; every seed is allowed.
  public init(seed: UInt64) {
    var filler = SplitMix64(seed: seed)
    state = (filler.next(), filler.next(), filler.next(), filler.next())
  }

  /// The generator with this state; nil if it is all zeros, which the generator would never leave.
  public init?(state: (UInt64, UInt64, UInt64, UInt64)) {
    guard state.0 | state.1 | state.2 | state.3 != 0 else { return nil }
    self.state = state
  }

  /// The next number of the sequence, uniform over all 64-bit numbers.
  public mutating func next() -> UInt64 {
    let result = (state.1 &* 5).rotatedLeft(by: 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = state.3.rotatedLeft(by: 45)
    return result
  }

  /// A number uniform over `0..<bound`; `bound` must not be 0.
  ///
  /// Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019: without bias.
  public mutating func bounded(by bound: UInt64) -> UInt64 {
    precondition(bound > 0, "no number is below 0")
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  /// A number uniform over the multiples of 2⁻⁵³ in 0 ≤ x < 1.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Puts the elements into random order, every order equally likely (Fisher and Yates).
  public mutating func shuffle<Element>(_ elements: inout [Element]) {
    var remaining = elements.count
    while remaining > 1 {
      let chosen = Int(bounded(by: UInt64(remaining)))
      remaining -= 1
      elements.swapAt(chosen, remaining)
    }
  }
}

extension UInt64 {
  fileprivate func rotatedLeft(by count: UInt64) -> UInt64 { self << count | self >> (64 - count) }
}
