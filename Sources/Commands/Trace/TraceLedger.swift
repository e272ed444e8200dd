internal import Diagnosis
internal import Journeys
internal import LinuxSystem
internal import NetworkTypes
internal import Observation
internal import Reporting
internal import Sensing

/// What became of the requests of a trace: takes journeys as they end, has failures judged, and makes the document.
struct TraceLedger {
  /// So many failures wait for what is learnt later, such as a gateway's new MAC; what ends after so many is judged at once
  /// by what is known then.
  private static let mostWaiting = 10_000

  /// What is printed before the end.
  enum Immediate {
    /// Nothing.
    case nothing
    /// A line of text for each failure.
    case failures
    /// Each journey as a line of JSON; failures when all is learnt, or at once.
    case lines(judgesAtOnce: Bool)
  }

  private let timeout: Duration
  private let immediate: Immediate
  private let places: CapturePlaces
  /// What the frames of failed requests are to be told in a copy of the captures; nil where none is wanted.
  private(set) var copy: AnnotatedCapture?
  private var waiting: [Journey] = []
  private var failures: [JourneyDocument] = []
  private var furtherFailures = 0
  private var byStage: [String: Int] = [:]
  private var byCause: [String: Int] = [:]

  /// A ledger; `annotates` has it note what `AnnotatedCapture` writes.
  init(timeout: Duration, immediate: Immediate, places: CapturePlaces, annotates: Bool = false) {
    copy = annotates ? AnnotatedCapture() : nil
    self.timeout = timeout
    self.immediate = immediate
    self.places = places
  }

  /// Whether failures are judged as they come, by what is known then.
  private var judgesAtOnce: Bool {
    switch immediate {
    case .nothing: false
    case .failures: true
    case .lines(let judgesAtOnce): judgesAtOnce
    }
  }

  /// Takes what has ended. Failures wait until all is learnt, unless they are shown as they come.
  mutating func take(_ finished: [Journey], _ network: LearntNetwork) throws {
    for journey in finished {
      if journey.outcome == .answered {
        if case .lines = immediate { try Output.result(JourneyDocument(journey, nil, places).line()) }
      } else if !judgesAtOnce, waiting.count < Self.mostWaiting {
        waiting.append(journey)
      } else {
        try judge(journey, network)
      }
    }
  }

  /// Judges what has waited since requests before a moment.
  mutating func judge(before time: Timestamp, _ network: LearntNetwork) throws {
    let due = waiting.prefix { $0.start < time }
    if due.isEmpty { return }
    waiting.removeFirst(due.count)
    for journey in due { try judge(journey, network) }
  }

  /// Judges what has waited: nothing more will be learnt.
  mutating func end(_ network: LearntNetwork) throws {
    for journey in waiting { try judge(journey, network) }
    waiting = []
  }

  private mutating func judge(_ journey: Journey, _ network: LearntNetwork) throws {
    let verdict = JourneyVerdict(of: journey, network: network) { [places] in places.name(of: $0) }
    byStage[verdict.stage?.rawValue ?? Stage.unknown.rawValue, default: 0] += 1
    byCause[verdict.cause?.id.rawValue ?? "undecided", default: 0] += 1
    let document = JourneyDocument(journey, verdict, places)
    copy?.add(journey, document, places)
    switch immediate {
    case .lines: return try Output.result(document.line())
    case .failures: try Output.result(TraceText.line(document))
    case .nothing: break
    }
    if failures.count < Self.mostWaiting { failures.append(document) } else { furtherFailures += 1 }
  }

  /// The document of all that was taken.
  func document(_ tracker: borrowing JourneyTracker, _ summaries: [CaptureSummary]) -> TraceDocument {
    let totals = tracker.totals
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
      complete: complaints.isEmpty && lost.isEmpty,
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
      furtherFailures: furtherFailures,
      answered: tracker.answeredExamples.map { JourneyDocument($0, nil, places) },
      addressChanges: tracker.network.nextHopChanges.map { address, from, change in
        TraceDocument.AddressChange(
          time: change.time.description,
          address: address.description,
          from: from.description,
          to: change.address.description
        )
      }
    )
  }
}
