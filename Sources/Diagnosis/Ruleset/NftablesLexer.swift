/// Splits what nft(8) prints into words; works on octets, since rulesets can have many thousand lines.
struct NftablesLexer {
  /// A piece of the text.
  enum Token: Hashable {
    case word(String)
    /// In quotes: a name or a comment, never a keyword.
    case quoted(String)
    case open, close, comma
    /// A line's end or a semicolon.
    case end
  }

  private let text: [UInt8]
  private(set) var position = 0

  init(_ text: String) { self.text = Array(text.utf8) }

  /// The next piece; nil at the end of the text.
  mutating func next() -> Token? {
    while position < text.count {
      let start = position
      let octet = text[position]
      position += 1
      switch octet {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): continue
      case UInt8(ascii: "\n"), UInt8(ascii: ";"): return .end
      case UInt8(ascii: "{"): return .open
      case UInt8(ascii: "}"): return .close
      case UInt8(ascii: ","): return .comma
      case UInt8(ascii: "\""): return quoted()
      case UInt8(ascii: "#"):
        // Older versions print what only iptables can say as "# xt_NAME" in the middle of a rule.
        if starts(with: " xt_") {
          position += 1
          return .word(string(from: position, to: wordEnd()))
        }
        while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
      default:
        position = start
        return .word(string(from: start, to: wordEnd()))
      }
    }
    return nil
  }

  /// The text between two places, on one line.
  func excerpt(from start: Int, to end: Int) -> String {
    var octets: [UInt8] = []
    octets.reserveCapacity(end - start)
    var wasSpace = true
    for octet in text[min(start, end)..<min(end, text.count)] {
      let isSpace = octet == 0x20 || octet == 0x09 || octet == 0x0a || octet == 0x0d
      if !isSpace {
        octets.append(octet)
      } else if !wasSpace {
        octets.append(0x20)
      }
      wasSpace = isSpace
    }
    while let last = octets.last, last == 0x20 || last == UInt8(ascii: ";") { octets.removeLast() }
    return String(decoding: octets, as: UTF8.self)
  }

  private mutating func quoted() -> Token {
    let start = position
    while position < text.count, text[position] != UInt8(ascii: "\"") { position += 1 }
    let end = position
    position = min(position + 1, text.count)
    return .quoted(string(from: start, to: end))
  }

  private mutating func wordEnd() -> Int {
    while position < text.count {
      switch text[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n"), UInt8(ascii: ";"),
        UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "#"):
        return position
      default: position += 1
      }
    }
    return position
  }

  private func starts(with prefix: StaticString) -> Bool {
    let wanted = prefix.description.utf8
    return text.count - position >= wanted.count
      && text[position..<position + wanted.count].elementsEqual(wanted)
  }

  private func string(from start: Int, to end: Int) -> String {
    String(decoding: text[start..<end], as: UTF8.self)
  }
}
