/// All that is random of a lookup. It follows from its number and the capture's seed, so that nothing has to
/// be kept of the lookups that wait for an answer.
struct SyntheticLookup {
  /// How many digits of a name are the lookup's number, which makes the name one of its own.
  static let digits = 7

  let number: Int
  let client: Int
  /// How many nanoseconds it begins after the one before; 100 microseconds in the mean.
  let gap: Int64
  /// The client's port.
  let port: UInt16
  let identifier: UInt16
  /// How many letters its name begins with; the name has 20 to 40 octets.
  let letterCount: Int
  private let letters: (UInt64, UInt64)
  private let delays: UInt64

  init(_ number: Int, of capture: SyntheticCapture) {
    self.number = number
    var random = SplitMix(
      state: capture.seed &* 0x2545_f491_4f6c_dd1d &+ UInt64(number) &* 0xd134_2543_de82_ef95
    )
    let first = random.next()
    client = Int(first % UInt64(capture.clients))
    gap = 1_000 + Int64(first >> 32) % 198_000
    let second = random.next()
    // The range that Linux takes ports from.
    port = UInt16(32_768 + second % 28_232)
    identifier = UInt16(truncatingIfNeeded: second >> 32)
    letterCount = Int(second >> 48) % 21
    letters = (random.next(), random.next())
    delays = random.next()
  }

  var isAnswered: Bool { SyntheticCapture.isAnswered(number) }

  /// The port at the uplink: none is used twice among some 64,000 lookups.
  var translatedPort: UInt16 { UInt16(1_024 + number * 7_919 % 64_512) }

  /// A letter of the name's beginning.
  func letter(_ index: Int) -> UInt8 {
    let word = index < 12 ? letters.0 : letters.1
    return UInt8(ascii: "a") + UInt8(word >> UInt64(5 * (index % 12)) & 31) % 26
  }

  /// How many nanoseconds after the first frame one is seen: some microseconds between two interfaces, and
  /// 0.3 to 20 milliseconds, mostly few, until there is an answer.
  func delay(until step: Sighting.Step) -> Int64 {
    let outToBridge = 1_000 + bits(10, 0xfff)
    let outToUplink = outToBridge + 3_000 + bits(22, 0x1fff)
    let patience = bits(0, 0x3ff)
    let answer = outToUplink + 300_000 + 19 * patience * patience
    let backToBridge = answer + 3_000 + bits(35, 0xfff)
    return switch step {
    case .queryAtPort: 0
    case .queryAtBridge: outToBridge
    case .queryAtUplink: outToUplink
    case .answerAtUplink: answer
    case .answerAtBridge: backToBridge
    case .answerAtPort: backToBridge + 1_000 + bits(47, 0x7ff)
    }
  }

  private func bits(_ shift: UInt64, _ mask: UInt64) -> Int64 { Int64(delays >> shift & mask) }
}

/// Pseudo-random numbers (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ value >> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value >> 27) &* 0x94d0_49bb_1331_11eb
    return value ^ value >> 31
  }
}
