/// A small seeded generator with 64 bits of state, used to fill the state of a larger one.
///
/// SplitMix64 as published by Sebastiano Vigna (https://prng.di.unimi.it/splitmix64.c), after Steele, Lea and
/// Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// The generator whose sequence belongs to this seed; every seed is allowed.
  public init(seed: UInt64) { state = seed }

  /// The next number of the sequence, uniform over all 64-bit numbers.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
