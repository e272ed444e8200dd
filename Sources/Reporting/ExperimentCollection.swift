internal import FoundationEssentials

/// Several experiments, as `prove --all` makes them: `kingpost.experiments/1`.
public struct ExperimentCollection: Encodable, Sendable {
  private let schema = "kingpost.experiments/1"
  private let experiments: [ExperimentDocument]
  private let matrix: MatrixDocument?

  /// A collection in the order in which they were made; what checks say about the faults, if they were asked.
  public init(_ experiments: [ExperimentDocument], matrix: MatrixDocument? = nil) {
    self.experiments = experiments
    self.matrix = matrix
  }

  /// The collection as JSON, with sorted keys and a final line break.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// Each experiment in short, and a table of all.
  public func text(isColoured: Bool) -> String {
    var layout = TextLayout()
    for document in experiments {
      layout.heading(document.fault)
      layout.paragraph(document.title + ".")
      if let evidence = document.evidence.first {
        layout.paragraph("\(evidence.source): \(evidence.value)", bullet: "  - ")
        layout.paragraph(evidence.meaning, bullet: "    = ")
      }
      for reason in document.verdict.reasons { layout.paragraph(reason, bullet: "  ! ") }
    }
    layout.heading("All faults")
    var rows = [["fault", "verdict", "p", "healthy", "fault", "cured", "as itself"]]
    for document in experiments {
      let hit = document.arms.map { arm in
        let counted = arm.parts.filter(\.isCounted).map(\.tally)
        return "\(counted.reduce(0) { $0 + $1.hostsHit })/\(counted.reduce(0) { $0 + $1.hosts })"
      }
      let own = document.attribution.byCause[document.fault] ?? 0
      rows.append(
        [document.fault, document.verdict.status.rawValue, Numbers.probability(document.verdict.pValue)] + hit
          + ["\(own)/\(document.attribution.failed)"]
      )
    }
    layout.table(rows)
    layout.paragraph(
      "healthy, fault, cured: hosts hit of hosts counted. The last column: failed lookups that were attributed to the"
        + " fault itself, of all that failed."
    )
    if let matrix { MatrixText(matrix).table(into: &layout) }
    return layout.text
  }
}
