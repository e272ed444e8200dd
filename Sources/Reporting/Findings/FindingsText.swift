/// Findings for a person to read: first what was looked at and what wasn't, then what was found, the worst first.
public struct FindingsText: Sendable {
  private let document: FindingsDocument
  private let isColoured: Bool

  /// The text of a document; with colour only where the reader is a terminal that wants it.
  public init(_ document: FindingsDocument, isColoured: Bool = false) {
    self.document = document
    self.isColoured = isColoured
  }

  /// The text, in lines of at most 80 columns but for commands and files, which stay whole.
  public func render() -> String {
    var layout = TextLayout()
    opening(&layout)
    for finding in document.findings where finding.severity != .info { show(finding, &layout) }
    worthKnowing(&layout)
    cannotTell(&layout)
    layout.line()
    layout.paragraph("Next: " + document.next, bullet: "")
    return isColoured ? TextColour.headings(layout.text) : layout.text
  }

  private func opening(_ layout: inout TextLayout) {
    let header = document.header
    layout.paragraph("\(header.tool): \(header.host), \(document.scopes.joined(separator: ", "))", bullet: "")
    layout.paragraph(
      "Looked at: \(Words.list(document.lookedAt)), Linux \(header.kernel), as \(header.privileges),"
        + " \(document.time.prefix(19))Z.",
      bullet: ""
    )
    for spot in header.blindSpots.prefix(Self.mostBlindSpots) {
      layout.paragraph("Not looked at: \(spot.hasSuffix(".") ? spot : spot + ".")", bullet: "")
    }
    let rest = header.blindSpots.count - Self.mostBlindSpots
    if rest > 0 { layout.paragraph("Not looked at: \(rest) more (--format json has all).", bullet: "") }
    layout.line()
    layout.paragraph(verdict, bullet: "")
  }

  private static let mostBlindSpots = 5

  private var verdict: String {
    let severities: [FindingsDocument.Severity] = [.critical, .warning, .info]
    let counts = severities.filter { document.count($0) > 0 }.map { "\(document.count($0)) \($0.rawValue)" }
    let findings =
      counts.isEmpty
      ? "Nothing was found."
      : Numbers.count(document.findings.count, "finding") + ": " + Words.list(counts) + "."
    var words = Numbers.count(document.count(.passed), "check") + " passed"
    let (unknown, rest) = (document.count(.unknown), document.count(.notApplicable))
    if unknown > 0 { words += ", \(unknown) could not tell" }
    if rest > 0 { words += ", \(rest) " + (rest == 1 ? "doesn't" : "don't") + " apply here" }
    return findings + " " + words + "."
  }

  private func show(_ finding: FindingsDocument.Finding, _ layout: inout TextLayout) {
    layout.line()
    layout.paragraph(
      "\(finding.severity.rawValue.uppercased()) \(finding.id), \(finding.subject)"
        + (finding.confidence == "certain" ? "" : " (\(finding.confidence))"),
      bullet: ""
    )
    layout.paragraph(finding.summary)
    if !finding.consequence.isEmpty { layout.paragraph(finding.consequence) }
    for evidence in finding.evidence.prefix(Self.mostEvidence) {
      layout.paragraph("\(evidence.source): \(evidence.value)", bullet: "  - ")
      layout.paragraph(evidence.meaning, bullet: "    = ")
    }
    let rest = finding.evidence.count - Self.mostEvidence
    if rest > 0 { layout.paragraph("and \(rest) more (--format json)", bullet: "  - ") }
    for kind in [FindingsDocument.Remedy.Kind.runtime, .persistent] {
      guard let remedy = finding.remedies.first(where: { $0.kind == kind }) else { continue }
      let more = finding.remedies.count { $0.kind == kind } - 1
      show(remedy, more: more, &layout)
    }
  }

  private static let mostEvidence = 3

  private func show(_ remedy: FindingsDocument.Remedy, more: Int, _ layout: inout TextLayout) {
    let title = remedy.kind == .runtime ? "Now: " : "For good: "
    layout.paragraph(
      title + remedy.text + (more > 0 ? " (\(Numbers.count(more, "other way")): --format json)" : "")
    )
    for command in remedy.commands { layout.command(command) }
    for file in remedy.files {
      layout.paragraph("add \(file.path):", bullet: "    ")
      for line in file.content.split(separator: "\n", omittingEmptySubsequences: false) {
        layout.line(("      " + line).trimmingTrailingSpaces)
      }
      if layout.lines.last == "" { layout.removeLast() }
    }
  }

  private func worthKnowing(_ layout: inout TextLayout) {
    let findings = document.findings.filter { $0.severity == .info }
    if findings.isEmpty { return }
    layout.heading("Worth knowing")
    for finding in findings {
      layout.paragraph("\(finding.id), \(finding.subject): \(finding.summary)", bullet: "  - ")
    }
  }

  /// What couldn't be told, together where what is missing is the same, what might be critical first.
  private func cannotTell(_ layout: inout TextLayout) {
    let unknowns = document.checks.filter { $0.status == .unknown }
    if unknowns.isEmpty { return }
    layout.heading("Cannot tell")
    var groups: [(why: String, isCritical: Bool, ids: [String])] = []
    for check in unknowns {
      if let index = groups.firstIndex(where: { $0.why == check.why }) {
        if !groups[index].ids.contains(check.id) { groups[index].ids.append(check.id) }
        groups[index].isCritical = groups[index].isCritical || check.severity == .critical
      } else {
        groups.append((check.why, check.severity == .critical, [check.id]))
      }
    }
    let ordered = groups.filter(\.isCritical) + groups.filter { !$0.isCritical }
    for group in ordered.prefix(Self.mostUnknown) {
      let ids = group.ids.prefix(4).joined(separator: ", ")
      let more = group.ids.count > 4 ? " and \(group.ids.count - 4) more" : ""
      layout.paragraph("\(ids)\(more): \(group.why)", bullet: "  - ")
    }
    let rest = ordered.count - Self.mostUnknown
    if rest > 0 { layout.paragraph("and \(rest) more reasons (--format json)", bullet: "  - ") }
  }

  private static let mostUnknown = 8
}

/// Words for lists.
enum Words {
  /// "a", "a and b", "a, b and c".
  static func list(_ parts: [String]) -> String {
    guard let last = parts.last else { return "nothing" }
    return parts.count == 1 ? last : parts.dropLast().joined(separator: ", ") + " and " + last
  }
}

/// Colour for a terminal, where nothing depends on it.
enum TextColour {
  /// The same text with headings (lines that begin with a word in capitals) in bold.
  static func headings(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let word = line.prefix { $0 != " " }
      return word.count > 3 && word.allSatisfy(\.isUppercase) ? "\u{1b}[1m\(line)\u{1b}[0m" : String(line)
    }.joined(separator: "\n")
  }
}
