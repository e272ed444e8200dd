/// An explanation for a person to read.
public struct ExplanationText: Sendable {
  private let explanation: Explanation
  private let isColoured: Bool

  /// The text of an explanation; with colour only where the reader is a terminal that wants it.
  public init(_ explanation: Explanation, isColoured: Bool = false) {
    self.explanation = explanation
    self.isColoured = isColoured
  }

  /// The text, in lines of at most 80 columns but for commands, which stay whole.
  public func render() -> String {
    var layout = TextLayout()
    layout.paragraph("\(explanation.id): \(explanation.title)", bullet: "")
    layout.line(
      "Severity where it is found: \(explanation.severity). Number \(explanation.number) of the catalogue."
    )
    if let why = explanation.unchecked {
      layout.paragraph("kingpost doctor doesn't look for it: \(why)", bullet: "")
    }
    if !explanation.mechanism.isEmpty {
      layout.heading("What happens")
      for paragraph in explanation.mechanism { layout.paragraph(paragraph, bullet: "  - ") }
    }
    if !explanation.why.isEmpty {
      layout.heading("Why")
      layout.paragraph(explanation.why)
    }
    if !explanation.byHand.isEmpty {
      layout.heading("Look by hand")
      for command in explanation.byHand { layout.line("    " + command) }
    }
    if let fault = explanation.fault {
      show(fault, &layout)
    } else if let why = explanation.unmade {
      layout.heading("In the lab")
      layout.paragraph("No lab makes it: " + why)
    }
    if !explanation.sources.isEmpty {
      layout.heading("Where it occurred, and sources")
      for source in explanation.sources { layout.paragraph(source, bullet: "  - ") }
      if explanation.sources.contains(where: { $0.contains("#") }) { layout.paragraph(Self.trackers) }
    }
    layout.line()
    layout.paragraph("Next: " + next, bullet: "")
    return isColoured ? TextColour.headings(layout.text) : layout.text
  }

  /// What the abbreviations of sources stand for.
  static let trackers =
    "m# is moby/moby, k# kubernetes/kubernetes, sd# systemd/systemd, fl# docker/for-linux; other names are"
    + " projects' own trackers."

  private var next: String {
    explanation.fault != nil
      ? "kingpost prove \(explanation.id) shows it in a disposable lab, as any user, and that its cure works."
      : "kingpost doctor looks for everything that it knows on this host."
  }

  private func show(_ fault: Explanation.Fault, _ layout: inout TextLayout) {
    layout.heading("In the lab")
    for part in fault.parts { layout.paragraph(part, bullet: "  - ") }
    if let why = fault.checkOnly { layout.paragraph("Shown by its check alone: " + why) }
    for other in fault.sideEffects { layout.paragraph("\(other.id) fires as well: \(other.because).") }
    layout.paragraph("How long it lasts: " + fault.outage)
    layout.heading("Cure")
    layout.paragraph(fault.cure)
    for way in fault.lasting {
      layout.paragraph("For good, \(way.manager):")
      for line in way.lines { layout.line("    " + line) }
    }
  }
}
