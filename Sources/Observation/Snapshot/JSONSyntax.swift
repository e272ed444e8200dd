/// Finds where a text stops being JSON (RFC 8259).
struct JSONSyntax {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// What is wrong, and where.
  private struct Mistake: Error {
    let reason: String
  }

  /// As deep as values may be nested; the decoder has this limit too.
  private static let deepest = 512

  /// The first mistake; nil if it is JSON.
  static func mistake(in bytes: [UInt8]) -> SnapshotFileError? {
    var syntax = JSONSyntax(bytes: bytes)
    do throws(Mistake) {
      try syntax.value()
      syntax.skipBlanks()
      if syntax.position < bytes.count { throw Mistake(reason: "something follows the document") }
      return nil
    } catch {
      if syntax.position >= bytes.count {
        return SnapshotFileError(.truncated(bytes: bytes.count), reason: error.reason)
      }
      let line = bytes[..<syntax.position].count { $0 == 0x0a } + 1
      return SnapshotFileError(.broken(offset: syntax.position, line: line), reason: error.reason)
    }
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  private mutating func expect(_ character: Unicode.Scalar, _ reason: String) throws(Mistake) {
    guard next == UInt8(ascii: character) else { throw Mistake(reason: reason) }
    position += 1
  }

  private mutating func value() throws(Mistake) {
    skipBlanks()
    switch next.map(Unicode.Scalar.init) {
    case "{": try object()
    case "[": try array()
    case "\"": try string()
    case "t": try word("true")
    case "f": try word("false")
    case "n": try word("null")
    case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": try number()
    case nil: throw Mistake(reason: "a value is missing")
    default: throw Mistake(reason: "a value can't begin so")
    }
  }

  private mutating func nested(_ body: (inout JSONSyntax) throws(Mistake) -> Void) throws(Mistake) {
    position += 1
    depth += 1
    if depth > Self.deepest { throw Mistake(reason: "values are nested too deeply") }
    try body(&self)
    depth -= 1
  }

  private mutating func object() throws(Mistake) {
    try nested { (syntax) throws(Mistake) in
      syntax.skipBlanks()
      if syntax.next == UInt8(ascii: "}") { return syntax.position += 1 }
      while true {
        syntax.skipBlanks()
        guard syntax.next == UInt8(ascii: "\"") else { throw Mistake(reason: "a member's name is missing") }
        try syntax.string()
        syntax.skipBlanks()
        try syntax.expect(":", "a colon is missing")
        try syntax.value()
        syntax.skipBlanks()
        if syntax.next == UInt8(ascii: "}") { return syntax.position += 1 }
        try syntax.expect(",", "a comma or a closing brace is missing")
      }
    }
  }

  private mutating func array() throws(Mistake) {
    try nested { (syntax) throws(Mistake) in
      syntax.skipBlanks()
      if syntax.next == UInt8(ascii: "]") { return syntax.position += 1 }
      while true {
        try syntax.value()
        syntax.skipBlanks()
        if syntax.next == UInt8(ascii: "]") { return syntax.position += 1 }
        try syntax.expect(",", "a comma or a closing bracket is missing")
      }
    }
  }

  private mutating func string() throws(Mistake) {
    position += 1
    let start = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        let text = bytes[start..<position]
        position += 1
        if String(validating: text, as: UTF8.self) == nil {
          position = start
          throw Mistake(reason: "a text isn't UTF-8")
        }
        return
      case UInt8(ascii: "\\"):
        position += 1
        guard let escaped = next else { throw Mistake(reason: "a text doesn't end") }
        guard "\"\\/bfnrtu".utf8.contains(escaped) else {
          throw Mistake(reason: "a text has an unknown escape")
        }
        position += 1
        if escaped == UInt8(ascii: "u") { try hexadecimals() }
      case ..<0x20: throw Mistake(reason: "a text has a control character")
      default: position += 1
      }
    }
    throw Mistake(reason: "a text doesn't end")
  }

  private mutating func word(_ word: String) throws(Mistake) {
    for byte in word.utf8 {
      guard next == byte else { throw Mistake(reason: "only true, false and null may stand without quotes") }
      position += 1
    }
  }

  private mutating func hexadecimals() throws(Mistake) {
    for _ in 0..<4 {
      guard let byte = next, byte < 0x80, Character(Unicode.Scalar(byte)).isHexDigit else {
        throw Mistake(reason: "a text has an unfinished escape")
      }
      position += 1
    }
  }

  private mutating func number() throws(Mistake) {
    if next == UInt8(ascii: "-") { position += 1 }
    if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if next == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    guard next == UInt8(ascii: "e") || next == UInt8(ascii: "E") else { return }
    position += 1
    if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
    try digits()
  }

  /// One digit or more.
  private mutating func digits() throws(Mistake) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    if position == start { throw Mistake(reason: "a number is unfinished") }
  }
}
