internal import Captures
internal import Journeys
internal import Observation
internal import Reporting
internal import Sensing

/// Reads captures to their end and makes a document of what became of the requests in them.
struct TraceSession {
  private let files: [String]
  private let timeout: Duration
  private let printsLines: Bool
  private let copyPath: String?
  private let places = CapturePlaces()

  /// A session; `printsLines` has each journey printed as it ends, and `copyPath` a copy of the captures written there, with
  /// comments on the frames of failed requests.
  init(_ files: [String], timeout: Duration, printsLines: Bool, copyPath: String?) {
    self.files = files
    self.copyPath = copyPath
    self.timeout = timeout
    self.printsLines = printsLines
  }

  /// Reads everything.
  func run() throws -> TraceDocument {
    if let copyPath { try AnnotatedCapture.check(files, to: copyPath) }
    var captures = try open()
    var ledger = TraceLedger(
      timeout: timeout,
      immediate: printsLines ? .lines(judgesAtOnce: false) : .nothing,
      places: places,
      annotates: copyPath != nil
    )
    var tracker = JourneyTracker(JourneyTracker.Options(timeout: timeout, keepsAnswered: printsLines))
    while captures.advance() {
      guard let sighting = captures.sighting else { continue }
      if let number = tracker.take(sighting, frame: captures.frame) {
        tracker.setName(captures.questionName(), of: number)
      }
      if tracker.hasFinished { try ledger.take(tracker.takeFinished(), tracker.network) }
    }
    tracker.end()
    try ledger.take(tracker.takeFinished(), tracker.network)
    try ledger.end(tracker.network)
    if let copyPath { try ledger.copy?.write(files, to: copyPath) }
    return ledger.document(tracker, captures.summaries)
  }

  private func open() throws(Exit) -> CaptureSet {
    do throws(CaptureError) {
      return try CaptureSet(opening: files, places: places)
    } catch {
      throw error.code == .libraryMissing ? .missing("\(error)".printable) : .usage("\(error)".printable)
    }
  }
}
