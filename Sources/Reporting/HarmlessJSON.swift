internal import FoundationEssentials

/// JSON in ASCII: what is within strings and isn't printable ASCII is written as `\uXXXX`, so that names from
/// containers can't give a terminal orders (control characters, C1 controls) or turn text around (bidi).
public enum HarmlessJSON {
  /// A value as JSON, with sorted keys and a final line break.
  static func text(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return escaped(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
  }

  /// A value as one line of JSON, with sorted keys and a final line break.
  static func line(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return escaped(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
  }

  /// JSON that means the same, in ASCII.
  ///
  /// Outside of strings JSON has only ASCII, so every other character may be replaced wherever it stands.
  public static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x7f }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar.value < 0x7f {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result
  }
}
