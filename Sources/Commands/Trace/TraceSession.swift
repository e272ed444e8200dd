internal import Captures
internal import Journeys
internal import LinuxSystem
internal import NetworkTypes
internal import Observation
internal import Reporting
internal import Sensing

/// Reads captures to their end and makes a document of what became of the requests in them.
struct TraceSession {
  /// More failures than this are counted only: a document is for people, and lines are for the rest.
  private static let mostFailures = 10_000

  private let files: [String]
  private let timeout: Duration
  private let printsLines: Bool
  private let places = CapturePlaces()
  private var failures: [JourneyDocument] = []
  private var furtherFailures = 0

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
      switch sighting.content {
      case .dns(let message):
        if let number = tracker.take(sighting, message, frame: captures.frame) {
          tracker.setName(captures.questionName(), of: number)
        }
      case .resolution(let resolution): tracker.take(sighting, resolution)
      }
      if tracker.hasFinished { try take(tracker.takeFinished()) }
    }
    tracker.end()
    try take(tracker.takeFinished())
    return document(tracker.totals, captures.summaries)
  }

  private func open() throws(Exit) -> CaptureSet {
    do throws(CaptureError) {
      return try CaptureSet(opening: files, places: places)
    } catch {
      throw error.code == .libraryMissing ? .missing("\(error)".printable) : .usage("\(error)".printable)
    }
  }

  private mutating func take(_ finished: [Journey]) throws {
    for journey in finished {
      if printsLines { try Output.result(JourneyDocument(journey, places).line()) }
      guard journey.outcome != .answered else { continue }
      if failures.count < Self.mostFailures {
        if !printsLines { failures.append(JourneyDocument(journey, places)) }
      } else {
        furtherFailures += 1
      }
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
        open: totals.open,
        orphans: totals.orphans
      ),
      failures: failures,
      furtherFailures: furtherFailures
    )
  }
}
