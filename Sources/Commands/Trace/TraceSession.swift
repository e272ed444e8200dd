internal import Captures
internal import Diagnosis
internal import Journeys
internal import LinuxSystem
internal import NetworkTypes
internal import Observation
internal import Reporting
internal import Sensing

/// Reads captures to their end and makes a document of what became of the requests in them.
struct TraceSession {
  /// So many failures wait for what is learnt later, such as a gateway's new MAC; what ends after so many is judged at once
  /// by what is known then.
  private static let mostWaiting = 10_000

  private let files: [String]
  private let timeout: Duration
  private let printsLines: Bool
  private let places = CapturePlaces()
  private var waiting: [Journey] = []
  private var failures: [JourneyDocument] = []
  private var furtherFailures = 0
  private var byStage: [String: Int] = [:]
  private var byCause: [String: Int] = [:]

  /// A session; `printsLines` has each journey printed as it ends.
  init(_ files: [String], timeout: Duration, printsLines: Bool) {
    self.files = files
    self.timeout = timeout
    self.printsLines = printsLines
  }

  /// Reads everything.
  mutating func run() throws -> TraceDocument {
    var captures = try open()
    var tracker = JourneyTracker(JourneyTracker.Options(timeout: timeout, keepsAnswered: printsLines))
    while captures.advance() {
      guard let sighting = captures.sighting else { continue }
      if let number = tracker.take(sighting, frame: captures.frame) {
        tracker.setName(captures.questionName(), of: number)
      }
      if tracker.hasFinished { try take(tracker.takeFinished(), tracker.network) }
    }
    tracker.end()
    try take(tracker.takeFinished(), tracker.network)
    for journey in waiting { try judge(journey, tracker.network) }
    return document(tracker.totals, captures.summaries)
  }

  private func open() throws(Exit) -> CaptureSet {
    do throws(CaptureError) {
      return try CaptureSet(opening: files, places: places)
    } catch {
      throw error.code == .libraryMissing ? .missing("\(error)".printable) : .usage("\(error)".printable)
    }
  }

  /// Prints what was answered, and keeps failures until all is learnt.
  private mutating func take(_ finished: [Journey], _ network: LearntNetwork) throws {
    for journey in finished {
      if journey.outcome == .answered {
        try Output.result(JourneyDocument(journey, nil, places).line())
      } else if waiting.count < Self.mostWaiting {
        waiting.append(journey)
      } else {
        try judge(journey, network)
      }
    }
  }

  private mutating func judge(_ journey: Journey, _ network: LearntNetwork) throws {
    let verdict = JourneyVerdict(of: journey, network: network) { [places] in places.name(of: $0) }
    byStage[verdict.stage?.rawValue ?? Stage.unknown.rawValue, default: 0] += 1
    byCause[verdict.cause?.id.rawValue ?? "undecided", default: 0] += 1
    let document = JourneyDocument(journey, verdict, places)
    if printsLines {
      try Output.result(document.line())
    } else if failures.count < Self.mostWaiting {
      failures.append(document)
    } else {
      furtherFailures += 1
    }
  }

  private func document(_ totals: JourneyTotals, _ summaries: [CaptureSummary]) -> TraceDocument {
    let complaints = summaries.flatMap(\.complaints)
    let lost = summaries.compactMap { summary in
      summary.lost.flatMap { $0 > 0 ? "\(summary.name): \($0) frames were lost by the capture" : nil }
    }
    let header = DocumentHeader(
      tool: "kingpost \(Kingpost.version)",
      host: Machine.name,
      bootId: Machine.bootIdentifier,
      kernel: Machine.kernelRelease,
      namespace: Machine.networkNamespace,
      privileges: Ground.current?.privileges ?? "",
      complete: complaints.isEmpty,
      blindSpots: complaints + lost
    )
    return TraceDocument(
      header: header,
      files: summaries.map {
        TraceDocument.File(
          name: $0.name,
          frames: $0.frames,
          start: $0.span?.lowerBound.description,
          end: $0.span?.upperBound.description,
          lost: $0.lost
        )
      },
      timeout: timeout.inSeconds,
      totals: TraceDocument.Totals(
        requests: totals.requests,
        byOutcome: Dictionary(
          uniqueKeysWithValues: Journey.Outcome.allCases.map { ($0.rawValue, totals.outcomes[$0] ?? 0) }
        ),
        byStage: byStage,
        byCause: byCause,
        open: totals.open,
        orphans: totals.orphans
      ),
      failures: failures,
      furtherFailures: furtherFailures
    )
  }
}
