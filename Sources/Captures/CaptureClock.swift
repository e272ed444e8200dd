/// The unit and the origin of an interface's times (if_tsresol and if_tsoffset; draft-ietf-opsawg-pcapng, section 4.2).
struct CaptureClock: Hashable, Sendable {
  private enum Scale: Hashable, Sendable {
    /// So many nanoseconds a unit.
    case times(UInt64)
    /// So many units a nanosecond.
    case over(UInt64)
    /// 2 to this power units a second.
    case binary(UInt8)
  }

  /// The latest time there is, in the year 2116: far enough from what 64 bits hold for everybody to add and subtract.
  static let latest: Int64 = 1 << 62

  private var scale = Scale.times(1000)
  private var offset: Int128 = 0

  /// Microseconds since 1970.
  init() {}

  /// Units of 10^-n seconds; of 2^-n if the highest bit is set. Nil if no time fits into 64 bits of them.
  init?(resolution: UInt8, offsetSeconds: Int64 = 0) {
    let power = resolution & 0x7f
    if resolution & 0x80 != 0 {
      guard power < 64 else { return nil }
      scale = .binary(power)
    } else {
      guard power <= 19 else { return nil }
      let factor = Self.powerOfTen(power <= 9 ? 9 - power : power - 9)
      scale = power <= 9 ? .times(factor) : .over(factor)
    }
    offset = Int128(offsetSeconds) * 1_000_000_000
  }

  /// Nanoseconds since 1970 of so many units; what is before 1970 or after `latest` becomes these.
  func nanoseconds(_ units: UInt64) -> Int64 {
    let since: Int128
    switch scale {
    case .times(let factor):
      // Microseconds and nanoseconds without an offset, which is what there is.
      let (product, overflows) = units.multipliedReportingOverflow(by: factor)
      if !overflows, offset == 0 { return Int64(min(product, UInt64(Self.latest))) }
      since = Int128(units) * Int128(factor)
    case .over(let factor): since = Int128(units / factor)
    // Less than 2^64 seconds in nanoseconds needs 94 bits.
    case .binary(let power): since = (Int128(units) * 1_000_000_000) >> Int128(power)
    }
    return Int64(min(max(since + offset, 0), Int128(Self.latest)))
  }

  private static func powerOfTen(_ power: UInt8) -> UInt64 {
    (0..<power).reduce(1) { value, _ in value * 10 }
  }
}
