/// Text for XML 1.0 documents in ASCII.
enum XMLText {
  /// Text for between tags and for attributes in double quotes: markup is escaped, line breaks stay in content
  /// only, and what isn't printable ASCII (XML has no way at all to write most control characters) becomes `?`.
  static func escaped(_ text: String, isContent: Bool = false) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      // Needed within "]]>" only, which content may not hold.
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&apos;"
      case "\n" where isContent: result += "\n"
      case " "..."~": result.unicodeScalars.append(scalar)
      default: result += "?"
      }
    }
    return result
  }

  /// Attributes in the order in which they are given.
  static func attributes(_ attributes: [(String, String)]) -> String {
    attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
  }
}
