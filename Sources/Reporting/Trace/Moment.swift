/// Moments as documents have them: RFC 3339 in UTC, such as 2026-11-23T04:05:06.000000007Z.
enum Moment {
  /// Nanoseconds since 1970; nil for anything that isn't such a moment, and for years so far away that
  /// 64 bits wouldn't hold the time between two of them.
  static func nanoseconds(_ text: String) -> Int64? {
    let parts = text.dropLast().split(omittingEmptySubsequences: false) { "-T:.".contains($0) }
    let numbers = parts.prefix(6).compactMap { Int64($0) }
    guard text.hasSuffix("Z"), numbers.count == 6, parts.count <= 7, (1970...2261).contains(numbers[0]),
      (1...12).contains(numbers[1]), (1...31).contains(numbers[2]), (0...23).contains(numbers[3]),
      (0...59).contains(numbers[4]), (0...60).contains(numbers[5])
    else { return nil }
    let digits = parts.count == 7 ? String(parts[6].prefix(9)) : "0"
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let fraction = Int64(digits + String(repeating: "0", count: 9 - digits.count))
    else { return nil }
    let hours = days(numbers[0], numbers[1], numbers[2]) * 24 + numbers[3]
    return ((hours * 60 + numbers[4]) * 60 + numbers[5]) * 1_000_000_000 + fraction
  }

  /// The time of day, in microseconds.
  static func clock(_ text: String) -> String {
    let parts = text.split(separator: "T")
    return parts.count == 2 ? String(parts[1].prefix(15)) : text
  }

  /// Days since 1970 in the Gregorian calendar; years begin in March here, so that leap days come last.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
