/// Reads JSON as strictly as RFC 8259 and Go's decoder do, and says in which line a mistake is: Foundation's reader
/// doesn't, and forgives what an engine refuses.
///
/// Used by `JSONValue.init(parsing:)`.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// The value of a whole text.
  static func read(_ text: String) throws(ConfigurationMistake) -> JSONValue {
    var bytes = Array(text.utf8)
    // Engines since 23 take a byte order mark.
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes.removeFirst(3) }
    var reader = JSONReader(bytes: bytes)
    let value = try reader.value()
    reader.skipSpace()
    guard reader.next == nil else { throw reader.mistake("something follows the end of the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func mistake(_ what: String) -> ConfigurationMistake {
    let line = 1 + bytes[..<min(position, bytes.count)].count { $0 == UInt8(ascii: "\n") }
    return ConfigurationMistake(line: line, what: next == nil ? what + ", but the file ends" : what)
  }

  private mutating func skipSpace() {
    while let byte = next, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard let next, next == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(ConfigurationMistake) -> JSONValue {
    skipSpace()
    switch next ?? 0 {
    case UInt8(ascii: "{"): return try nested { (reader) throws(ConfigurationMistake) in try reader.object() }
    case UInt8(ascii: "["): return try nested { (reader) throws(ConfigurationMistake) in try reader.list() }
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw mistake("expected a value")
    }
  }

  private mutating func nested(
    _ body: (inout JSONReader) throws(ConfigurationMistake) -> JSONValue
  ) throws(ConfigurationMistake) -> JSONValue {
    guard depth < 64 else { throw mistake("more than 64 levels") }
    depth += 1
    defer { depth -= 1 }
    position += 1
    return try body(&self)
  }

  private mutating func object() throws(ConfigurationMistake) -> JSONValue {
    var members: [JSONValue.Member] = []
    if take("}") { return .object(members) }
    repeat {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw mistake("expected a key in quotes") }
      let key = try string()
      guard take(":") else { throw mistake("expected ':' after \"\(key)\"") }
      members.append(JSONValue.Member(key, try value()))
    } while take(",")
    guard take("}") else { throw mistake("expected ',' or '}'") }
    return .object(members)
  }

  private mutating func list() throws(ConfigurationMistake) -> JSONValue {
    var values: [JSONValue] = []
    if take("]") { return .list(values) }
    repeat { values.append(try value()) } while take(",")
    guard take("]") else { throw mistake("expected ',' or ']'") }
    return .list(values)
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(ConfigurationMistake) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw mistake("expected a value") }
    position += word.utf8.count
    return value
  }

  private mutating func number() throws(ConfigurationMistake) -> JSONValue {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let leadsWithZero = next == UInt8(ascii: "0")
    let whole = try digits()
    if leadsWithZero, whole > 1 { throw mistake("a number that begins with 0") }
    if next == UInt8(ascii: ".") {
      position += 1
      _ = try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      _ = try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(ConfigurationMistake) -> Int {
    let start = position
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
    guard position > start else { throw mistake("expected a digit") }
    return position - start
  }

  private mutating func string() throws(ConfigurationMistake) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += try escape()
      case 0..<0x20:
        position -= 1
        throw mistake("a line break or control character in quotes")
      default: text.append(byte)
      }
    }
    throw mistake("expected '\"'")
  }

  private mutating func escape() throws(ConfigurationMistake) -> [UInt8] {
    guard let byte = next else { throw mistake("expected a character after '\\'") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0c]
    case UInt8(ascii: "n"): return [0x0a]
    case UInt8(ascii: "r"): return [0x0d]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      let first = try unit()
      let isHigh = (0xd800..<0xdc00).contains(first)
      if isHigh, bytes[position...].starts(with: "\\u".utf8) {
        let before = position
        position += 2
        let second = try unit()
        if (0xdc00..<0xe000).contains(second) {
          return Self.utf8(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
        }
        position = before
      }
      return Self.utf8(first)
    default:
      position -= 1
      throw mistake("no such escape after '\\'")
    }
  }

  /// A scalar's UTF-8; half of a surrogate pair becomes U+FFFD, as Go has it.
  private static func utf8(_ value: UInt32) -> [UInt8] {
    Array(String(Unicode.Scalar(value) ?? "\u{fffd}").utf8)
  }

  private mutating func unit() throws(ConfigurationMistake) -> UInt32 {
    let digits = bytes[position..<min(position + 4, bytes.count)]
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw mistake("expected four hexadecimal digits after '\\u'") }
    position += 4
    return value
  }
}
