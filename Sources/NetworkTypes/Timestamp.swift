/// A moment in time: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds (`CLOCK_REALTIME`).
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Nanoseconds since the epoch.
  public let nanoseconds: Int64

  /// The moment `nanoseconds` after the epoch.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// Chronological order.
  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The moment `duration` later.
  public static func + (moment: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(nanoseconds: moment.nanoseconds + duration.wholeNanoseconds)
  }

  /// The moment `duration` earlier.
  public static func - (moment: Timestamp, duration: Duration) -> Timestamp {
    Timestamp(nanoseconds: moment.nanoseconds - duration.wholeNanoseconds)
  }

  /// The time from one moment to another.
  public static func - (later: Timestamp, earlier: Timestamp) -> Duration {
    .nanoseconds(later.nanoseconds - earlier.nanoseconds)
  }
}

extension Duration {
  /// The whole duration in nanoseconds.
  public var wholeNanoseconds: Int64 {
    components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
  }

  /// The whole duration in seconds.
  public var inSeconds: Double { Double(wholeNanoseconds) / 1e9 }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC with nanoseconds, such as 2026-11-23T04:05:06.000000007Z.
  public var description: String {
    let (second, nanosecond) = nanoseconds.flooredDivision(by: 1_000_000_000)
    let (day, secondOfDay) = second.flooredDivision(by: 86_400)
    let date = CivilDate(daysSinceEpoch: day)
    return date.description + "T" + padded(secondOfDay / 3600, 2) + ":" + padded(secondOfDay / 60 % 60, 2)
      + ":"
      + padded(secondOfDay % 60, 2) + "." + padded(nanosecond, 9) + "Z"
  }
}

/// A date of the proleptic Gregorian calendar.
private struct CivilDate: CustomStringConvertible {
  let year: Int64
  let month: Int64
  let day: Int64

  /// Years are counted from 1 March, so that the leap day is a year's last, in eras of 400 years
  /// (146,097 days).
  init(daysSinceEpoch: Int64) {
    let (era, dayOfEra) = (daysSinceEpoch + 719_468).flooredDivision(by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}

private func padded(_ number: Int64, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
