/// A trace for a person to read: how many came to which end, and for each cause the way of one that failed.
public struct TraceText: Sendable {
  /// So many causes are shown with a failure's way.
  private static let shown = 6
  private static let undecided = "undecided"

  /// Who asked whom.
  private struct Ends: Hashable {
    let client: String
    let server: String

    init(_ journey: JourneyDocument) {
      (client, server) = (journey.client.address, journey.server.address)
    }
  }

  /// Failures of one cause.
  private struct Group {
    let cause: String
    let failures: [JourneyDocument]
    /// How many there are with those that were counted only.
    let count: Int
  }

  private let document: TraceDocument
  private let isColoured: Bool

  /// The text of a document; with colour only where the reader is a terminal that wants it.
  public init(_ document: TraceDocument, isColoured: Bool = false) {
    self.document = document
    self.isColoured = isColoured
  }

  /// The text, in lines of at most 80 columns.
  public func render() -> String {
    var layout = TextLayout()
    layout.paragraph("\(document.header.tool): trace", bullet: "")
    layout.line()
    for file in document.files {
      let span =
        file.start.flatMap { start in
          file.end.map { ", \(Moment.clock(start)) to \(Moment.clock($0))" }
        } ?? ""
      layout.paragraph("Looked at: \(file.name), \(Numbers.count(file.frames, "frame"))\(span).", bullet: "")
    }
    for spot in document.header.blindSpots { layout.paragraph("Not seen: \(spot).", bullet: "") }
    totals(&layout)
    timeline(&layout)
    failures(&layout)
    return isColoured ? TextColour.headings(layout.text) : layout.text
  }

  private func totals(_ layout: inout TextLayout) {
    let totals = document.totals
    layout.heading("What became of \(Numbers.count(totals.requests, "request"))")
    let words = [
      ("answered", "answered"), ("error-response", "answered with an error"),
      ("late", "answered after the client had given up"), ("unanswered", "not answered"),
    ]
    layout.table(
      words.map { key, text in
        let count = totals.byOutcome[key] ?? 0
        let share = totals.requests > 0 ? Double(count) / Double(totals.requests) : 0
        return [text, "\(count)", Numbers.percent(share)]
      }
    )
    layout.line()
    layout.paragraph(
      "A client was taken to have given up after \(Numbers.fixed(document.timeout, document.timeout < 1 ? 3 : 1)) s.",
      bullet: ""
    )
    breakdown(totals.byStage, "Where requests ended", &layout)
    breakdown(totals.byCause, "Why", &layout)
    if totals.open > 0 || totals.orphans > 0 { layout.line() }
    if totals.open > 0 {
      layout.paragraph(
        "Open when the capture ended: \(Numbers.count(totals.open, "request")).",
        bullet: ""
      )
    }
    if totals.orphans > 0 {
      layout.paragraph(
        "Without a request that was seen: \(Numbers.count(totals.orphans, "response")).",
        bullet: ""
      )
    }
  }

  private func breakdown(_ counts: [String: Int], _ heading: String, _ layout: inout TextLayout) {
    if counts.isEmpty { return }
    layout.heading(heading)
    layout.table(
      counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { [$0.key, "\($0.value)"] }
    )
  }

  private func timeline(_ layout: inout TextLayout) {
    let starts = document.failures.map(\.start)
    let lines = FailureTimeline(failures: starts, changes: document.addressChanges).lines
    if lines.isEmpty { return }
    layout.heading("Failures over time")
    for line in lines { layout.line(line) }
  }

  private func failures(_ layout: inout TextLayout) {
    let groups = byCause
    if groups.isEmpty { return }
    layout.heading("Failures by cause")
    layout.paragraph("(\(WayPicture.legend))", bullet: "")
    let answered = Dictionary(document.answered.map { (Ends($0), $0) }) { first, _ in first }
    for group in groups.prefix(Self.shown) {
      let comparable = group.failures.first { answered[Ends($0)] != nil }
      if let failure = comparable ?? group.failures.first {
        show(failure, beside: answered[Ends(failure)], &layout)
      }
      if group.count > 1 {
        let more = Numbers.count(group.count - 1, "more failure")
        layout.paragraph(
          group.cause == Self.undecided ? "\(more) without a decided cause" : "\(more) of this cause",
          bullet: "    "
        )
      }
    }
    let shown = min(Self.shown, groups.count)
    let rest = document.failures.count - shown + document.furtherFailures
    if rest > 0 {
      let hidden = Numbers.count(groups.count - shown, "other cause")
      let causes = groups.count > shown ? ", of \(hidden) too" : ""
      layout.line()
      layout.paragraph(
        "\(rest) more\(causes): --format json has \(document.failures.count), --format ndjson all.",
        bullet: ""
      )
    }
  }

  /// The failures by cause, the most frequent first.
  private var byCause: [Group] {
    Dictionary(grouping: document.failures) { $0.cause?.id ?? Self.undecided }
      .map { cause, failures in
        let count = max(failures.count, document.totals.byCause[cause] ?? 0)
        return Group(cause: cause, failures: failures, count: count)
      }
      .sorted { ($1.count, $0.cause) < ($0.count, $1.cause) }
  }

  private func show(
    _ failure: JourneyDocument,
    beside answered: JourneyDocument?,
    _ layout: inout TextLayout
  ) {
    let question = failure.question.map { "\($0.name) \($0.type)" } ?? "a question that can't be read"
    let ending =
      switch failure.outcome {
      case "late": "answered too late"
      case "error-response": failure.rcode ?? "an error"
      default: "not answered"
      }
    layout.line()
    layout.paragraph(
      "\(Moment.clock(failure.start)) \(failure.client.text) asked \(failure.server.text) for"
        + " \(question) (id \(failure.transaction)): \(ending)",
      bullet: "- "
    )
    layout.line()
    for line in WayPicture(failure, beside: answered).lines { layout.line(line) }
    if answered == nil { layout.paragraph("(no answered request of this client to put beside it)") }
    layout.line()
    if let stage = failure.stage { layout.paragraph("ended at: \(stage)", bullet: "    ") }
    if let cause = failure.cause {
      layout.paragraph("because: \(cause.id) (\(cause.confidence))", bullet: "    ")
      for evidence in cause.evidence {
        layout.paragraph("\(evidence.source): \(evidence.meaning)", bullet: "      ")
      }
    }
    for candidate in failure.candidates {
      layout.paragraph("perhaps: \(candidate.id); decided by \(candidate.decidedBy)", bullet: "    ")
    }
  }
}

extension TraceDocument {
  /// Whether a request failed.
  public var hasFailures: Bool { totals.byOutcome.contains { $0.key != "answered" && $0.value > 0 } }
}
