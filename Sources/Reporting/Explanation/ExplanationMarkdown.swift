/// An explanation as a page in Markdown, from which docs/faults is made.
public struct ExplanationMarkdown: Sendable {
  private let explanation: Explanation

  /// The page of an explanation.
  public init(_ explanation: Explanation) { self.explanation = explanation }

  /// The page, in lines of at most 110 columns but for commands without a comment, which stay whole.
  public func render() -> String {
    var blocks = ["# \(explanation.id): \(Markdown.escaped(explanation.title))", facts]
    if !explanation.mechanism.isEmpty {
      blocks.append("## What happens")
      blocks += explanation.mechanism.map { Markdown.wrapped(Markdown.escaped($0)) }
    }
    if !explanation.why.isEmpty { blocks += ["## Why", Markdown.wrapped(Markdown.escaped(explanation.why))] }
    if !explanation.byHand.isEmpty { blocks += ["## Check by hand", Markdown.commands(explanation.byHand)] }
    if let fault = explanation.fault { blocks += Self.blocks(fault) }
    if !explanation.sources.isEmpty {
      blocks.append("## Sources")
      blocks.append(
        explanation.sources.map { Markdown.wrapped(Markdown.escaped($0), bullet: "- ") }
          .joined(separator: "\n")
      )
      if explanation.sources.contains(where: { $0.contains("#") }) {
        blocks.append(Markdown.wrapped(ExplanationText.trackers))
      }
    }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  /// Where it stands, how bad it is, who looks for it, and what shows it.
  private var facts: String {
    var facts: [String] = []
    if let area = explanation.area {
      facts.append("Catalogue: number \(explanation.number), \(area)")
    }
    facts.append("Severity where it is found: **\(explanation.severity)**")
    facts.append(
      explanation.unchecked.map { "`kingpost doctor` doesn't look for it: " + Markdown.escaped($0) }
        ?? "`kingpost doctor` looks for it."
    )
    if let fault = explanation.fault {
      let prove = "`kingpost prove \(explanation.id)`"
      facts.append(
        fault.checkOnly.map { "\(prove) shows it by its check alone: " + Markdown.escaped($0) }
          ?? "\(prove) shows it by lookups that fail."
      )
    } else if let why = explanation.unmade {
      facts.append("No lab makes it: " + Markdown.escaped(why))
    }
    return facts.map { Markdown.wrapped($0, bullet: "- ") }.joined(separator: "\n")
  }

  private static func blocks(_ fault: Explanation.Fault) -> [String] {
    var blocks = ["## In the lab"]
    blocks.append(
      fault.parts.map { Markdown.wrapped(Markdown.escaped($0), bullet: "- ") }.joined(separator: "\n")
    )
    blocks.append(Markdown.wrapped("How long it lasts: " + Markdown.escaped(fault.outage)))
    if !fault.sideEffects.isEmpty {
      blocks.append("Other checks that fire while it is there:")
      blocks.append(
        fault.sideEffects.map {
          Markdown.wrapped("`\($0.id)`: " + Markdown.escaped($0.because) + ".", bullet: "- ")
        }
        .joined(separator: "\n")
      )
    }
    blocks += ["## The lab's cure", Markdown.wrapped(Markdown.escaped(fault.cure))]
    for way in fault.lasting {
      blocks += [
        Markdown.wrapped("For good, " + Markdown.escaped(way.manager) + ":"), Markdown.code(way.lines),
      ]
    }
    return blocks
  }
}
