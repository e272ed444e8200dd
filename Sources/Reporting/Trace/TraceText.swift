/// A trace for a person to read: how many came to which end, and the way of those that failed.
public struct TraceText: Sendable {
  /// So many failures are shown with their way.
  private static let shown = 3

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
        file.start.flatMap { start in file.end.map { ", \(Self.clock(start)) to \(Self.clock($0))" } } ?? ""
      layout.paragraph("Looked at: \(file.name), \(Numbers.count(file.frames, "frame"))\(span).", bullet: "")
    }
    for spot in document.header.blindSpots { layout.paragraph("Not seen: \(spot).", bullet: "") }
    totals(&layout)
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

  private func failures(_ layout: inout TextLayout) {
    let failures = document.failures
    if failures.isEmpty { return }
    layout.heading("Failures")
    for failure in failures.prefix(Self.shown) { show(failure, &layout) }
    let rest = failures.count - min(Self.shown, failures.count) + document.furtherFailures
    if rest > 0 {
      layout.line()
      layout.paragraph("\(rest) more: --format json has \(failures.count), --format ndjson all.", bullet: "")
    }
  }

  private func show(_ failure: JourneyDocument, _ layout: inout TextLayout) {
    let question = failure.question.map { "\($0.name) \($0.type)" } ?? "a question that can't be read"
    let ending =
      switch failure.outcome {
      case "late": "answered too late"
      case "error-response": failure.rcode ?? "an error"
      default: "not answered"
      }
    layout.line()
    layout.paragraph(
      "\(Self.clock(failure.start)) \(Self.words(failure.client)) asked \(Self.words(failure.server)) for"
        + " \(question) (id \(failure.transaction)): \(ending)",
      bullet: "- "
    )
    for hop in failure.hops {
      let link = hop.linkDestination ?? hop.packetType
      layout.paragraph(
        "\(Self.clock(hop.time)) \(hop.interface)\(hop.direction.map { " " + $0 } ?? ""):"
          + " \(hop.isResponse ? "response" : "request") \(Self.words(hop.source)) ->"
          + " \(Self.words(hop.destination))\(link.map { " (\($0))" } ?? "")",
        bullet: "    "
      )
    }
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

  private static func words(_ endpoint: JourneyDocument.Endpoint) -> String {
    endpoint.address.contains(":")
      ? "[\(endpoint.address)]:\(endpoint.port)" : "\(endpoint.address):\(endpoint.port)"
  }

  /// The time of day of an RFC 3339 time, in microseconds.
  private static func clock(_ time: String) -> String {
    let parts = time.split(separator: "T")
    return parts.count == 2 ? String(parts[1].prefix(15)) : time
  }
}

extension TraceDocument {
  /// Whether a request failed.
  public var hasFailures: Bool { totals.byOutcome.contains { $0.key != "answered" && $0.value > 0 } }
}
