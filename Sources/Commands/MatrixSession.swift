internal import Experiments
internal import Lab
internal import LinuxSystem
internal import Reporting

/// One call of `kingpost prove --checks`.
struct MatrixSession: Sendable {
  let faults: [Fault]
  let home: Matrix.Home
  let seed: UInt64
  let format: OutputFormat

  /// Asks the checks, prints what they said, and throws the exit that it amounts to.
  func run() throws {
    let outcome = try outcome()
    let document = outcome.document
    try Output.result(format == .json ? document.json() : MatrixText(document).render())
    if outcome.interruption != nil { throw Exit.interrupted }
    throw document.holds ? Exit.success : Exit.found
  }

  /// Asks the checks.
  func outcome() throws -> Matrix.Outcome {
    // A line that is written over; in a log it would only be noise.
    let isShown = Output.isErrorTerminal
    let total = faults.count
    let matrix = Matrix(
      faults,
      home: home,
      seed: seed,
      privileges: Ground.current?.privileges ?? "",
      tool: "kingpost \(Kingpost.version)"
    ) { fault, position in
      if isShown { Output.error("\r\u{1b}[Kchecks, fault \(position + 1) of \(total): \(fault.id)") }
    }
    defer { if isShown { Output.error("\r\u{1b}[K") } }
    return try matrix.run(signals: Ground.current?.signals)
  }
}
