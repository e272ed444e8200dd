/// Values that several programs write in the same way.
enum Words {
  /// systemd's and netplan's truth values (`parse_boolean`); nil for anything else.
  static func boolean(_ text: String) -> Bool? {
    switch text.lowercased() {
    case "1", "yes", "y", "true", "t", "on": true
    case "0", "no", "n", "false", "f", "off": false
    default: nil
    }
  }

  /// "yes" or "no", or the text itself if it is neither.
  static func yesOrNo(_ text: String) -> String { boolean(text).map { $0 ? "yes" : "no" } ?? text }

  /// Words as systemd's `extract_first_word` takes them apart: by white space, with quotes taken off.
  static func quoted(_ text: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var isInWord = false
    var quote: UInt8?
    var isEscaped = false
    for octet in text.utf8 {
      // A backslash is kept, because patterns need it.
      let isPlain = isEscaped || octet == .backslash
      if quote == nil, !isPlain, octet.isSpace {
        if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
        word = []
        isInWord = false
        continue
      }
      isInWord = true
      if !isPlain, let open = quote, octet == open {
        quote = nil
      } else if !isPlain, quote == nil, octet == UInt8(ascii: "\"") || octet == UInt8(ascii: "'") {
        quote = octet
      } else {
        word.append(octet)
      }
      isEscaped = !isEscaped && octet == .backslash
    }
    if isInWord { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  /// A span of time as systemd.time(7) writes it ("2", "1min 30s", "500ms"), in seconds; nil if it is none.
  static func seconds(_ text: String) -> Double? {
    let units: [String: Double] = [
      "": 1, "s": 1, "sec": 1, "second": 1, "seconds": 1, "ms": 0.001, "msec": 0.001, "us": 0.000_001,
      "usec": 0.000_001, "m": 60, "min": 60, "minute": 60, "minutes": 60, "h": 3600, "hr": 3600, "hour": 3600,
      "hours": 3600,
    ]
    var total = 0.0
    var rest = Array(text.utf8)[...].trimmed
    if rest.isEmpty { return nil }
    while !rest.isEmpty {
      let digits = rest.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }
      rest = rest[digits.endIndex...].withoutLeadingSpace
      let unit = rest.prefix { !$0.isSpace && !(0x30...0x39).contains($0) }
      rest = rest[unit.endIndex...].withoutLeadingSpace
      guard let number = Double(digits.text), let factor = units[unit.text.lowercased()] else { return nil }
      total += number * factor
    }
    return total
  }

  /// A number of octets with an optional suffix of 1024s ("1500", "9K"), as a whole number; nil if it is none.
  static func octets(_ text: String) -> UInt64? {
    let factors: [Character: UInt64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    if let last = text.last, let factor = factors[last] {
      guard let number = UInt64(text.dropLast()) else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: factor)
      return overflow ? nil : product
    }
    return UInt64(text)
  }

  /// A number of seconds without needless digits.
  static func plain(_ seconds: Double) -> String {
    let whole = seconds.rounded()
    return whole == seconds && abs(whole) < 1e15 ? String(Int64(whole)) : String(seconds)
  }
}
