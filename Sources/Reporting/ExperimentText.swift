/// An experiment for a person to read.
public struct ExperimentText: Sendable {
  private let document: ExperimentDocument
  private let isColoured: Bool

  /// The text of a document; with colour only where the reader is a terminal that wants it.
  public init(_ document: ExperimentDocument, isColoured: Bool = false) {
    self.document = document
    self.isColoured = isColoured
  }

  /// The text, in lines of at most 80 columns.
  public func render() -> String {
    var layout = TextLayout()
    opening(&layout)
    arms(&layout)
    verdict(&layout)
    story(&layout)
    evidence(&layout)
    if document.verdict.status != .notReproduced { cure(&layout) }
    closing(&layout)
    let text = layout.text
    guard isColoured else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.first?.isUppercase == true && line == line.uppercased()
        ? "\u{1b}[1m\(line)\u{1b}[0m" : String(line)
    }.joined(separator: "\n")
  }

  private func opening(_ layout: inout TextLayout) {
    let header = document.header
    layout.line("\(header.tool): prove \(document.fault) (seed \(document.seed), \(document.family))")
    layout.paragraph(document.title, bullet: "")
    layout.line()
    let topology = document.topology
    layout.paragraph(
      "Looked at: a lab of \(topology.hosts) hosts on Linux \(header.kernel), as \(header.privileges), for"
        + " \(Numbers.fixed(document.duration, 1)) s. Nothing outside the lab was looked at or touched.",
      bullet: ""
    )
    for variation in document.variations { layout.paragraph("On purpose: \(variation).", bullet: "") }
    for spot in header.blindSpots {
      layout.paragraph("Not looked at: \(spot.hasSuffix(".") ? spot : spot + ".")", bullet: "")
    }
    if !header.complete {
      layout.paragraph("INCOMPLETE: it was ended early; what follows is partial.", bullet: "")
    }
    layout.heading("The lab")
    LabDrawing.draw(topology, into: &layout)
  }

  private func arms(_ layout: inout TextLayout) {
    layout.heading("The arms")
    var rows = [["", "hosts", "hit", "lookups", "failed", "share", "95 % interval"]]
    for arm in document.arms {
      rows.append(row(Self.titles[arm.name] ?? arm.name, arm.tally))
      guard arm.parts.count > 1 else { continue }
      rows += arm.parts.map { row("  " + $0.name + ($0.isCounted ? "" : " *"), $0.tally) }
    }
    layout.table(rows)
    for part in document.arms.first?.parts ?? [] {
      layout.paragraph(part.summary, bullet: "  " + TextLayout.padded(part.name + ":", to: 13))
    }
    if document.arms.contains(where: { $0.parts.contains { !$0.isCounted } }) {
      layout.paragraph(
        "an exception: shown, and not counted in the test",
        bullet: "  " + TextLayout.padded("*", to: 13)
      )
    }
    if let healing = document.selfHealing {
      layout.line()
      layout.paragraph(Self.words(healing, isIPv6: document.family == "ipv6"))
    }
  }

  /// Over IPv4 the host asks with the gateway's address as the sender (arp_solicit). Over IPv6 it asks for a
  /// forwarded packet's receiver from its link-local address (ndisc_solicit), which says nothing about another one.
  private static func words(_ healing: ExperimentDocument.Healing, isIPv6: Bool) -> String {
    let count = Numbers.count(healing.hosts, "more host")
    let way =
      isIPv6
      ? "To deliver it the host asked for the container by neighbour solicitation, from its link-local address. That"
        + " renews no entry of the gateway's global address, which the containers use, so that nothing heals."
      : "To deliver it the host asked for the container by ARP, with its new MAC, and all containers took that."
    return "Self-healing: on \(count) with the fault an answer was in flight when the MAC changed. \(way)"
      + " \(healing.healed) of \(healing.hosts) went on without an outage: \(healing.failed) of"
      + " \(healing.lookups) lookups failed."
  }

  /// The arms' names for a person.
  private static let titles = ["baseline": "healthy", "cure": "cured"]

  private func row(_ name: String, _ tally: ExperimentDocument.Tally) -> [String] {
    let rate = tally.failureRate
    return [
      name, "\(tally.hosts)", "\(tally.hostsHit)", "\(tally.lookups)", "\(tally.failed)",
      Numbers.percent(rate.estimate), "\(Numbers.fixed(rate.low * 100, 1)) - \(Numbers.percent(rate.high))",
    ]
  }

  private func verdict(_ layout: inout TextLayout) {
    let verdict = document.verdict
    layout.heading("Verdict: \(verdict.status.rawValue)")
    let words =
      switch verdict.status {
      case .proven: "The fault alone made the difference between these hosts."
      case .notReproduced: "No host was hit: the fault did not come about here."
      case .inconclusive: "The experiment does not decide."
      }
    layout.paragraph("\(words) p = \(Numbers.probability(verdict.pValue)) (\(verdict.test)).")
    for reason in verdict.reasons { layout.paragraph(reason, bullet: "  - ") }
    let attribution = document.attribution
    layout.paragraph(
      "Of \(Numbers.count(attribution.failed, "failed lookup")) \(attribution.explained) are explained, each by evidence"
        + " of its own; \(attribution.unexplained) are not."
    )
    for (cause, count) in attribution.byCause.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      layout.line("  " + TextLayout.padded("\(count)", to: 7, onTheLeft: true) + "  " + cause)
    }
    if let scoring = document.scoring {
      layout.paragraph(
        "By the resolver's own log: of \(scoring.ignored) requests that it ignored"
          + " \(scoring.ignoredNamedResolver) were attributed to the resolver; of the \(scoring.others) other failed"
          + " lookups \(scoring.othersNamedFault) to the fault."
      )
    }
  }

  private func story(_ layout: inout TextLayout) {
    let explanation = document.explanation
    guard document.verdict.status == .proven else { return }
    layout.heading("What happened")
    for (index, step) in explanation.story.enumerated() { layout.paragraph(step, bullet: "  \(index + 1). ") }
    layout.heading("Why the kernel does that")
    layout.paragraph(explanation.why)
    layout.heading("How long an outage lasts")
    layout.paragraph(explanation.outage)
  }

  private func evidence(_ layout: inout TextLayout) {
    if let timelines = document.timelines {
      layout.heading("One failed lookup beside an answered one")
      // What happened before the request has nothing beside it.
      let before = timelines.failed.entries.count { $0.offset < 0 }
      layout.columns(
        cells(timelines.failed),
        [timelines.answered.name] + Array(repeating: "", count: before)
          + cells(timelines.answered).dropFirst(),
        headings: ("FAILED", "ANSWERED"),
        marked: timelines.firstDifference.map { $0 + 1 }
      )
      if timelines.firstDifference != nil { layout.paragraph("(> marks the first difference)") }
    }
    if !document.evidence.isEmpty {
      layout.heading("How we know")
      for item in document.evidence {
        layout.paragraph("\(item.source): \(item.value)", bullet: "  - ")
        layout.paragraph(item.meaning, bullet: "    = ")
      }
    }
    if !document.marks.isEmpty, document.marks.contains(where: { $0.hosts > 0 }) {
      layout.line()
      layout.paragraph("What such a fault must leave behind, on the hosts that it hit:")
      for mark in document.marks {
        layout.paragraph("\(mark.mark): \(mark.seen) of \(mark.hosts)", bullet: "  - ")
      }
    }
    if !document.ruledOut.isEmpty {
      layout.heading("Ruled out")
      for suspect in document.ruledOut {
        layout.paragraph(
          suspect.id + ": " + suspect.evidence.map { "\($0.source): \($0.value)" }.joined(separator: "; "),
          bullet: "  - "
        )
      }
    }
  }

  private func cells(_ timeline: ExperimentDocument.Timeline) -> [String] {
    [timeline.name]
      + timeline.entries.map { "\(Numbers.fixed($0.offset * 1000, 2)) ms \($0.place): \($0.event)" }
  }

  private func cure(_ layout: inout TextLayout) {
    let explanation = document.explanation
    layout.heading("Cure")
    for command in explanation.commands { layout.command(command) }
    layout.paragraph(explanation.cure)
    if let relief = document.relief {
      layout.paragraph(
        "Given to the \(Numbers.count(relief.hosts, "host")) in trouble at the end: \(relief.healed) of"
          + " \(relief.hosts) answered again at once (\(relief.failed) of \(relief.lookups) lookups failed)."
      )
    }
    guard !explanation.lasting.isEmpty else { return }
    layout.line()
    layout.paragraph("To make it last, in the file of whoever manages the network:")
    for lasting in explanation.lasting {
      layout.paragraph(lasting.manager + ":")
      for line in lasting.lines { layout.line("      " + line) }
    }
  }

  private func closing(_ layout: inout TextLayout) {
    layout.heading("Next")
    layout.paragraph(document.explanation.next)
  }
}
