/// A line of a file, as octets: what isn't UTF-8 gets as far as what is.
struct TextLine {
  /// Its octets, without the newline.
  var bytes: ArraySlice<UInt8>
  /// Its number, counted from 1.
  let number: Int

  /// The lines of a file.
  static func lines(of bytes: [UInt8]) -> [TextLine] {
    var lines: [TextLine] = []
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let end = bytes[start...].firstIndex(of: .newline) ?? bytes.endIndex
      lines.append(TextLine(bytes: bytes[start..<end], number: lines.count + 1))
      start = end + 1
    }
    return lines
  }
}

extension UInt8 {
  static let newline = UInt8(ascii: "\n")
  static let tab = UInt8(ascii: "\t")
  static let space = UInt8(ascii: " ")
  static let carriageReturn = UInt8(ascii: "\r")
  static let backslash = UInt8(ascii: "\\")
  static let equals = UInt8(ascii: "=")
  static let hash = UInt8(ascii: "#")
  static let semicolon = UInt8(ascii: ";")

  /// isspace(3) in the C locale.
  var isSpace: Bool { self == .space || (0x09...0x0d).contains(self) }
  /// A space or a tab.
  var isBlank: Bool { self == .space || self == .tab }
}

extension ArraySlice<UInt8> {
  /// Without white space at its beginning.
  var withoutLeadingSpace: ArraySlice<UInt8> { drop { $0.isSpace } }
  /// Without white space at its end.
  var withoutTrailingSpace: ArraySlice<UInt8> {
    var end = endIndex
    while end > startIndex, self[end - 1].isSpace { end -= 1 }
    return self[startIndex..<end]
  }
  /// Without white space around it.
  var trimmed: ArraySlice<UInt8> { withoutLeadingSpace.withoutTrailingSpace }
  /// As text; octets that aren't UTF-8 become replacement characters.
  var text: String { String(decoding: self, as: UTF8.self) }
  /// The words between white space.
  var words: [String] { split { $0.isSpace }.map(\.text) }

  /// The first word, and what follows it without leading white space.
  var firstWord: (word: ArraySlice<UInt8>, rest: ArraySlice<UInt8>) {
    let word = prefix { !$0.isSpace }
    return (word, self[word.endIndex...].withoutLeadingSpace)
  }
}

extension String {
  /// The words between white space.
  var words: [String] { Array(utf8)[...].words }
  /// Without white space around it.
  var trimmed: String { Array(utf8)[...].trimmed.text }
}
