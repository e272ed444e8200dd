/// Pieces of Markdown: text in which nothing is markup, paragraphs, code.
enum Markdown {
  /// The widest line of a paragraph.
  static let width = 110

  /// A paragraph, or an item of a list, in lines of at most `width` columns. The text is Markdown already.
  static func wrapped(_ text: String, bullet: String = "") -> String {
    let indent = String(repeating: " ", count: bullet.count)
    return TextLayout.wrap(text, to: width - bullet.count).enumerated().map {
      ($0 == 0 ? bullet : indent) + $1
    }.joined(separator: "\n")
  }

  /// Lines as code, which stay whole.
  static func code(_ lines: [String], language: String = "") -> String {
    // A fence longer than any run of backticks within.
    let longest = lines.map { $0.split { $0 != "`" }.map(\.count).max() ?? 0 }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ([fence + language] + lines + [fence]).joined(separator: "\n")
  }

  /// Commands. A long one has its comment on a line of its own before it, and is broken where sh(1) lets it be:
  /// after a ";" or a "|" that isn't quoted.
  static func commands(_ lines: [String]) -> String {
    code(
      lines.flatMap { line -> [String] in
        guard line.count > width else { return [line] }
        let comment = line.firstRange(of: "  # ")
        let words = comment.map { TextLayout.wrap(String(line[$0.upperBound...]), to: width - 2) } ?? []
        let commands = split(line[..<(comment?.lowerBound ?? line.endIndex)], after: ";").flatMap { command in
          command.count > width ? split(command[...], after: "|") : [command]
        }
        return words.map { "# " + $0 } + commands
      },
      language: "sh"
    )
  }

  /// The parts of a command that end in a mark outside of quotes, which a ";" loses; those after the first of a pipe
  /// are indented.
  private static func split(_ command: Substring, after mark: Character) -> [String] {
    var parts = [""]
    var quote: Character?
    for character in command {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      }
      let isEnd = quote == nil && character == mark
      if !isEnd || mark == "|" { parts[parts.count - 1].append(character) }
      if isEnd { parts.append("") }
    }
    return parts.map { part in String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
      .filter { !$0.isEmpty }.enumerated().map { $0 > 0 && mark == "|" ? "  " + $1 : $1 }
  }

  /// Text in which nothing is markup.
  static func escaped(_ text: String) -> String {
    var result = ""
    var isInWord = false
    for character in text {
      // Within a word an underscore is none.
      if "\\`*<>[]|".contains(character) || (character == "_" && !isInWord) { result.append("\\") }
      result.append(character)
      isInWord = character.isLetter || character.isNumber || character == "_"
    }
    return result
  }
}
