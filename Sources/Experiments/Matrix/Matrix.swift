internal import Diagnosis
public import Lab
public import LinuxSystem
internal import NetworkTypes
internal import Observation
public import Reporting
internal import Sensing

/// Tries every check on three small hosts for each fault: without it, with it, and after its cure.
///
/// To be made and run on a thread of `NamespaceThread`.
public final class Matrix {
  /// What only a thread that was never moved to another network namespace can read: the settings that the machine's
  /// first one has.
  public struct Home: Sendable {
    let settings: [String: Reading<String>]

    /// Reads them; not to be called on a thread of `NamespaceThread`.
    public init() throws {
      settings = try SnapshotSensor.sense([], tool: "", privileges: "").machine.settings
    }
  }

  private let home: Home
  private let faults: [Fault]
  private let seed: UInt64
  private let tool: String
  private let privileges: String
  private let report: (Fault, Int) -> Void

  /// A matrix of faults; `report` is told of each one, with its position, before it begins.
  public init(
    _ faults: [Fault],
    home: Home,
    seed: UInt64,
    privileges: String,
    tool: String,
    report: @escaping (Fault, Int) -> Void = { _, _ in }
  ) {
    self.faults = faults
    self.home = home
    self.seed = seed
    self.privileges = privileges
    self.tool = tool
    self.report = report
  }

  /// What came of it: the document, and the signal that ended it early, if any.
  public struct Outcome: Sendable {
    /// What was found.
    public let document: MatrixDocument
    /// The signal that ended it early.
    public let interruption: Signals.Request?
  }

  /// Builds the labs, one fault after the other, and says which checks fired. A signal ends it after the fault that
  /// is under way.
  public func run(signals: Signals?) throws -> Outcome {
    let began = ContinuousClock.now
    let started = Timestamp.now()
    var rows: [MatrixDocument.Row] = []
    var blindSpots: [String] = []
    var interruption: Signals.Request?
    for (position, fault) in faults.enumerated() {
      interruption = signals?.next()
      if interruption != nil { break }
      report(fault, position)
      let loop = try EventLoop()
      let hosts = try MatrixHosts(fault, seed: seed, loop: loop)
      defer { hosts.stop() }
      let judge = MatrixJudge(fault)
      let results = try hosts.snapshots(home: home, tool: tool, privileges: privileges).map { arm, snapshot in
        for spot in snapshot.origin.blindSpots where !blindSpots.contains(spot) { blindSpots.append(spot) }
        return (arm, Audit(snapshot).results)
      }
      rows.append(judge.row(results))
    }
    let header = DocumentHeader(
      tool: tool,
      host: Machine.name,
      bootId: Machine.bootIdentifier,
      kernel: Machine.kernelRelease,
      namespace: Machine.networkNamespace,
      privileges: privileges,
      complete: interruption == nil,
      blindSpots: blindSpots
    )
    let document = MatrixDocument(
      header: header,
      seed: seed,
      started: started.description,
      duration: began.elapsed,
      rows: rows
    )
    return Outcome(document: document, interruption: interruption)
  }
}
