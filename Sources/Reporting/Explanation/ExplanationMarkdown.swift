/// An explanation as a page in Markdown, from which docs/faults is made.
public struct ExplanationMarkdown: Sendable {
  private let explanation: Explanation

  /// The page of an explanation.
  public init(_ explanation: Explanation) { self.explanation = explanation }

  /// The page, in lines of at most 110 columns but for commands and tables.
  public func render() -> String {
    var blocks = ["# \(explanation.id): \(Self.escaped(explanation.title))"]
    blocks.append(
      Self.wrapped(
        "Severity where it is found: \(explanation.severity). Number \(explanation.number) of the catalogue."
      )
    )
    if let why = explanation.unchecked {
      blocks.append(Self.wrapped("**Not checked by `kingpost doctor`:** " + Self.escaped(why)))
    }
    if !explanation.mechanism.isEmpty {
      blocks.append("## Mechanism")
      blocks += explanation.mechanism.map { Self.wrapped(Self.escaped($0)) }
    }
    if !explanation.why.isEmpty { blocks += ["## Why", Self.wrapped(Self.escaped(explanation.why))] }
    if !explanation.byHand.isEmpty {
      blocks += ["## Look by hand", Self.code(explanation.byHand, language: "sh")]
    }
    if let fault = explanation.fault { blocks += Self.blocks(fault, id: explanation.id) }
    if !explanation.sources.isEmpty {
      blocks.append("## Where it occurred, and sources")
      blocks.append(
        explanation.sources.map { Self.wrapped(Self.escaped($0), bullet: "- ") }.joined(separator: "\n")
      )
      if explanation.sources.contains(where: { $0.contains("#") }) {
        blocks.append(Self.wrapped(ExplanationText.trackers))
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private static func blocks(_ fault: Explanation.Fault, id: String) -> [String] {
    var blocks = ["## In the lab", wrapped("`kingpost prove \(id)` shows it. Its forms:")]
    blocks.append(fault.parts.map { wrapped(escaped($0), bullet: "- ") }.joined(separator: "\n"))
    blocks.append(wrapped("How long it lasts: " + escaped(fault.outage)))
    blocks += ["## Cure", wrapped(escaped(fault.cure))]
    for way in fault.lasting { blocks += [wrapped("For good, \(escaped(way.manager)):"), code(way.lines)] }
    return blocks
  }

  private static func code(_ lines: [String], language: String = "") -> String {
    // A fence longer than any run of backticks within.
    let longest = lines.map { $0.split { $0 != "`" }.map(\.count).max() ?? 0 }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return ([fence + language] + lines + [fence]).joined(separator: "\n")
  }

  private static func wrapped(_ text: String, bullet: String = "") -> String {
    let indent = String(repeating: " ", count: bullet.count)
    return TextLayout.wrap(text, to: 110 - bullet.count).enumerated().map {
      ($0 == 0 ? bullet : indent) + $1
    }.joined(separator: "\n")
  }

  /// Text in which nothing is markup.
  private static func escaped(_ text: String) -> String {
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
