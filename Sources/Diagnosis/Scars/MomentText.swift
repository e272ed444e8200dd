/// Times of documents (RFC 3339), as seconds since 1970.
enum MomentText {
  /// Parses "2026-11-24T06:00:00.5Z", with any number of digits of a second and any offset; nil for anything else.
  static func seconds(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, bytes[4] == 0x2d, bytes[7] == 0x2d, bytes[10] == 0x54 || bytes[10] == 0x74,
      bytes[13] == 0x3a, bytes[16] == 0x3a, let year = number(bytes[0..<4]), let month = number(bytes[5..<7]),
      let day = number(bytes[8..<10]), let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]),
      let second = number(bytes[17..<19]), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    var rest = bytes[19...]
    var fraction = 0.0
    if rest.first == 0x2e {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty else { return nil }
      fraction = digits.reversed().reduce(0) { ($0 + Double($1 - 0x30)) / 10 }
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = offset(Array(rest)) else { return nil }
    let whole = ((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second - offset
    return Double(whole) + fraction
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  /// Seconds ahead of UTC.
  private static func offset(_ text: [UInt8]) -> Int? {
    if text == [0x5a] || text == [0x7a] { return 0 }
    guard text.count == 6, text[0] == 0x2b || text[0] == 0x2d, text[3] == 0x3a,
      let hours = number(text[1..<3]),
      let minutes = number(text[4..<6])
    else { return nil }
    return (text[0] == 0x2d ? -60 : 60) * (hours * 60 + minutes)
  }

  /// Days since 1970 in the Gregorian calendar; years begin in March here, so that a leap day is a year's last.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
