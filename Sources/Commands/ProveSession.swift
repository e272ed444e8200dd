internal import Experiments
internal import Lab
internal import LinuxSystem
internal import Reporting

/// One call of `kingpost prove`: an experiment, or one for each fault.
struct ProveSession: Sendable {
  let faults: [Fault]
  let home: Matrix.Home
  let seed: UInt64
  let options: ProveOptions
  let format: OutputFormat

  /// Runs everything, prints the results, and throws the exit that they amount to.
  func run() throws {
    var documents: [ExperimentDocument] = []
    var interruption: Signals.Request?
    for fault in faults where interruption == nil && !fault.isCheckOnly {
      let printer = ProgressPrinter(title: faults.count > 1 ? fault.id : nil)
      let experiment = try Experiment(
        options.configuration(for: fault, seed: seed),
        privileges: Ground.current?.privileges ?? "",
        tool: "kingpost \(Kingpost.version)"
      ) { printer.print($0) }
      let outcome = try experiment.run(signals: Ground.current?.signals)
      printer.end()
      documents.append(outcome.document)
      interruption = outcome.interruption
    }
    var matrix: MatrixDocument?
    if faults.count > 1, interruption == nil {
      let outcome = try MatrixSession(faults: Fault.all, home: home, seed: seed, format: format).outcome()
      matrix = outcome.document
      interruption = outcome.interruption
    }
    try show(documents, matrix)
    if interruption != nil { throw Exit.interrupted }
    throw Self.exit(for: documents.map(\.verdict.status), checksHold: matrix?.holds ?? true)
  }

  private func show(_ documents: [ExperimentDocument], _ matrix: MatrixDocument?) throws {
    let isColoured = Output.isColoured
    if faults.count == 1, let document = documents.first {
      return try Output.result(
        format == .json ? document.json() : ExperimentText(document, isColoured: isColoured).render()
      )
    }
    let collection = ExperimentCollection(documents, matrix: matrix)
    try Output.result(format == .json ? collection.json() : collection.text(isColoured: isColoured))
  }

  /// 0 if all are proven and seen by their checks, 1 if one isn't, 2 if one is undecided.
  private static func exit(
    for statuses: [ExperimentDocument.Verdict.Status],
    checksHold: Bool
  ) -> Exit {
    if statuses.contains(.inconclusive) { return .cannotTell }
    return statuses.contains(.notReproduced) || !checksHold ? .found : .success
  }
}
