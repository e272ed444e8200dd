internal import NetworkTypes

/// Finds the words of a text that may be names or addresses.
enum TextScanner {
  /// A piece of a text.
  enum Piece {
    /// Letters, digits, and what joins them within names and addresses.
    case word(Substring)
    /// Anything else.
    case other(Substring)
  }

  /// A text in pieces; together they are the text.
  static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var start = text.startIndex
    while start < text.endIndex {
      let isWord = isWordCharacter(text[start])
      let end = text[start...].firstIndex { isWordCharacter($0) != isWord } ?? text.endIndex
      pieces.append(isWord ? .word(text[start..<end]) : .other(text[start..<end]))
      start = end
    }
    return pieces
  }

  private static func isWordCharacter(_ character: Character) -> Bool {
    guard let value = character.asciiValue else { return false }
    switch value {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
      UInt8(ascii: "-"):
      return true
    default: return false
    }
  }

  /// Where a name may begin or end within a word, from the beginning to the end.
  static func boundaries(_ word: Substring) -> [Substring.Index] {
    var boundaries = [word.startIndex]
    for index in word.indices where isJoint(word[index]) {
      if boundaries.last != index { boundaries.append(index) }
      boundaries.append(word.index(after: index))
    }
    if boundaries.last != word.endIndex { boundaries.append(word.endIndex) }
    return boundaries
  }

  static func isJoint(_ character: Character) -> Bool {
    character == "." || character == ":" || character == "-"
  }

  /// The link addresses in a text, also those at the end of a bridge's id.
  static func linkAddresses(in text: String) -> Set<MACAddress> {
    guard text.contains(":") || text.contains(".") else { return [] }
    var found: Set<MACAddress> = []
    for case .word(let word) in pieces(text) {
      if let address = linkAddress(word) { found.insert(address) }
      if let address = bridgeIdentifier(word)?.address { found.insert(address) }
    }
    return found
  }

  /// "02:42:ac:12:00:02".
  static func linkAddress(_ word: Substring) -> MACAddress? {
    word.utf8.count == 17 ? MACAddress(String(word)) : nil
  }

  /// "8000.0242ac120002": priority and address.
  static func bridgeIdentifier(_ word: Substring) -> (priority: Substring, address: MACAddress)? {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].utf8.count == 4, parts[1].utf8.count == 12,
      UInt16(parts[0], radix: 16) != nil,
      let number = UInt64(parts[1], radix: 16)
    else { return nil }
    return (parts[0], MACAddress(number))
  }
}
