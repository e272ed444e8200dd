/// A secret from which replacements follow: the same key, the same replacements.
///
/// A keyed hash (SipHash-2-4; Aumasson and Bernstein, 2012), so that who doesn't have the key can't try names and
/// addresses until the replacement fits.
public struct AnonymisationKey: Sendable {
  private let low: UInt64
  private let high: UInt64

  /// A key from a secret of any length; at least 16 random bytes should be in it.
  public init(_ secret: [UInt8]) {
    // Two hashes of the secret under fixed keys make 128 bits.
    let first = AnonymisationKey(low: 0x6b69_6e67_706f_7374, high: 0)
    let second = AnonymisationKey(low: 0x6b69_6e67_706f_7374, high: 1)
    low = first.hash(secret)
    high = second.hash(secret)
  }

  /// A random key, which is forgotten with this value.
  public static func random() -> AnonymisationKey {
    AnonymisationKey(low: .random(in: .min ... .max), high: .random(in: .min ... .max))
  }

  /// A key of two words.
  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The hash of a text for one purpose.
  func hash(_ purpose: String, _ text: String) -> UInt64 {
    hash(Array(purpose.utf8) + [0] + Array(text.utf8))
  }

  /// The hash of a number for one purpose.
  func hash(_ purpose: String, _ number: UInt128, _ length: Int) -> UInt64 {
    var bytes = Array(purpose.utf8) + [0, UInt8(truncatingIfNeeded: length)]
    for shift in stride(from: 120, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: number >> UInt128(shift)))
    }
    return hash(bytes)
  }

  func hash(_ bytes: [UInt8]) -> UInt64 {
    var state = SipState(low: low, high: high)
    var word: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      word |= UInt64(byte) << UInt64(8 * (index % 8))
      if index % 8 == 7 {
        state.absorb(word)
        word = 0
      }
    }
    state.absorb(word | UInt64(truncatingIfNeeded: bytes.count) << 56)
    return state.finish()
  }
}

/// SipHash's four words.
private struct SipState {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64

  init(low: UInt64, high: UInt64) {
    v0 = low ^ 0x736f_6d65_7073_6575
    v1 = high ^ 0x646f_7261_6e64_6f6d
    v2 = low ^ 0x6c79_6765_6e65_7261
    v3 = high ^ 0x7465_6462_7974_6573
  }

  mutating func absorb(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  mutating func finish() -> UInt64 {
    v2 ^= 0xff
    for _ in 0..<4 { round() }
    return v0 ^ v1 ^ v2 ^ v3
  }

  private mutating func round() {
    func turned(_ value: UInt64, _ bits: UInt64) -> UInt64 { value << bits | value >> (64 - bits) }
    v0 &+= v1
    v1 = turned(v1, 13) ^ v0
    v0 = turned(v0, 32)
    v2 &+= v3
    v3 = turned(v3, 16) ^ v2
    v0 &+= v3
    v3 = turned(v3, 21) ^ v0
    v2 &+= v1
    v1 = turned(v1, 17) ^ v2
    v2 = turned(v2, 32)
  }
}
