/// A matrix as text.
public struct MatrixText {
  private let document: MatrixDocument

  /// A matrix as text.
  public init(_ document: MatrixDocument) { self.document = document }

  /// What was looked at, a line for each fault, and what isn't as it must be.
  public func render() -> String {
    var layout = TextLayout()
    layout.line("\(document.header.tool): prove --checks (seed \(document.seed))")
    layout.line()
    let hosts = document.rows.reduce(0) { $0 + $1.arms.count }
    layout.paragraph(
      "Looked at: \(hosts) lab hosts on Linux \(document.header.kernel), as \(document.header.privileges), for"
        + " \(Numbers.fixed(document.duration, 1)) s. Nothing outside the labs was changed.",
      bullet: ""
    )
    let spots = document.header.blindSpots
    for spot in spots { layout.paragraph("Not looked at: \(spot)", bullet: "") }
    table(into: &layout)
    return layout.text
  }

  /// The table alone, for the end of another document.
  func table(into layout: inout TextLayout) {
    layout.heading("What each fault's own check says")
    var rows = [["fault", "healthy", "fault", "cured", ""]]
    for row in document.rows {
      rows.append([row.fault] + row.arms.map { Self.word($0.own) } + [row.holds ? "" : "!"])
    }
    layout.table(rows)
    let others = document.rows.filter { !Self.differing($0).isEmpty }
    if !others.isEmpty || !everywhere.isEmpty {
      layout.heading("Which other checks fired")
      for row in others { fired(row, into: &layout) }
      for finding in everywhere { layout.paragraph("without any fault: \(finding)", bullet: "  + ") }
    }
    let broken = document.rows.filter { !$0.holds }
    if !broken.isEmpty {
      layout.heading("Not as it must be")
      for row in broken {
        for reason in row.reasons { layout.paragraph("\(row.fault): \(reason)", bullet: "  ! ") }
      }
    }
    layout.line()
    layout.paragraph(
      broken.isEmpty
        ? "Each of \(document.rows.count) faults made its own check fail at its severity, which passed without the"
          + " fault and after its cure; no other check of severity warning or above fired that the fault doesn't"
          + " declare."
        : "\(broken.count) of \(document.rows.count) faults are not seen as they must be.",
      bullet: ""
    )
  }

  private func fired(_ row: MatrixDocument.Row, into layout: inout TextLayout) {
    for (arm, finding) in Self.differing(row) {
      let why = finding.because.map { ": \($0)" } ?? ""
      layout.paragraph(
        "\(row.fault), \(Self.title(arm)): \(finding.check) (\(finding.severity))\(why)",
        bullet: "  + "
      )
    }
  }

  /// What other checks found on some of a fault's hosts and not on all, once for each severity: what they find on all
  /// of them is about the machine, or the fault's ground.
  private static func differing(
    _ row: MatrixDocument.Row
  ) -> [(arm: String, finding: MatrixDocument.Finding)] {
    let common = Self.common(row)
    return row.arms.flatMap { arm in
      var seen = common
      return arm.others.filter { seen.insert(words($0)).inserted }.map { (arm.name, $0) }
    }
  }

  private static func common(_ row: MatrixDocument.Row) -> Set<String> {
    let sets = row.arms.map { Set($0.others.map(words)) }
    return sets.dropFirst().reduce(sets.first ?? []) { $0.intersection($1) }
  }

  private static func words(_ finding: MatrixDocument.Finding) -> String {
    "\(finding.check) (\(finding.severity))"
  }

  /// What other checks found on all hosts of a fault, in words with the number of such faults.
  private var everywhere: [String] {
    var counts: [String: Int] = [:]
    for row in document.rows { for finding in Self.common(row) { counts[finding, default: 0] += 1 } }
    return counts.sorted { $0.key < $1.key }.map { finding, count in
      count == document.rows.count
        ? "\(finding), on all hosts" : "\(finding), on the hosts of \(Numbers.count(count, "fault"))"
    }
  }

  private static func title(_ arm: String) -> String {
    switch arm {
    case "baseline": "healthy"
    case "cure": "cured"
    default: arm
    }
  }

  private static func word(_ own: MatrixDocument.Own) -> String {
    switch own.status {
    case .failed: own.severity ?? "failed"
    case .notApplicable: "n/a"
    case .passed, .unknown: own.status.rawValue
    case .missing: "no check"
    }
  }
}
