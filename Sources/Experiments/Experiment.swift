internal import Diagnosis
internal import Lab
public import LinuxSystem
internal import Lookups
internal import NetworkTypes
internal import Observation
public import Reporting
internal import Sensing

/// Tries a fault on equal hosts in three arms at once: healthy, faulty, and cured beforehand.
///
/// To be made and run on a thread of `NamespaceThread`.
public final class Experiment {
  private let configuration: ExperimentConfiguration
  private let loop: EventLoop
  private let report: (Progress) -> Void
  private let tool: String
  private let privileges: String
  private var runs: [UnitRun] = []
  private var blindSpots: [String] = []
  private var started = Timestamp.now()
  private var loadBegan = ContinuousClock.now
  private(set) var interruption: Signals.Request?

  /// An experiment that tells `report` how it goes; `tool` and `privileges` are for the document's header.
  public init(
    _ configuration: ExperimentConfiguration,
    privileges: String,
    tool: String,
    report: @escaping (Progress) -> Void
  ) throws {
    self.configuration = configuration
    self.privileges = privileges
    self.tool = tool
    self.report = report
    loop = try EventLoop()
  }

  /// What came of it: the document, and the signal that ended it early, if any.
  public struct Outcome: Sendable {
    /// What was found.
    public let document: ExperimentDocument
    /// The signal that ended it early.
    public let interruption: Signals.Request?
  }

  /// The first signal ends the experiment with what there is; whoever sends a second one doesn't want to wait.
  private func take(_ signals: Signals) {
    guard let request = signals.next() else { return }
    interruption = request
    signals.release()
  }

  /// Builds the lab, runs the load, and says what came of it. A signal ends it early with what there is.
  public func run(signals: Signals?) throws -> Outcome {
    if let signals {
      try loop.watch(signals.rawDescriptor) { [unowned self] in
        take(signals)
        loop.stop()
      }
    }
    let began = ContinuousClock.now
    started = .now()
    let units = Unit.assign(configuration)
    // Before the loop runs, nobody else looks for signals.
    func goesOn() -> Bool {
      if let signals { take(signals) }
      return interruption == nil
    }
    let lab = try Lab(units.map(\.plan), while: goesOn)
    // The upstream namespace is nobody else's, and has to last as long as the hosts that lead there.
    defer { withExtendedLifetime(lab) {} }
    report(
      .built(
        hosts: lab.hosts.count,
        containers: lab.hosts.reduce(0) { $0 + $1.containers.count },
        seconds: began.elapsed
      )
    )
    let resolvers = try LabResolvers(configuration, lab: lab, while: goesOn)
    defer { resolvers.stop() }
    runs = try zip(units, lab.hosts).map { unit, host in
      try UnitRun(unit, host: host, configuration: configuration, loop: loop)
    }
    let dropWatch = DropWatch(on: loop)
    blindSpots += dropWatch.blindSpots
    if goesOn() { try warmUp() }
    var phases = Phases()
    if goesOn() {
      report(.ready(seconds: began.elapsed))
      resolvers.begin()
      try load()
      phases.isLoadComplete = interruption == nil
    }
    // Before the cure is given to hosts in trouble: what it changes is no part of their story.
    let drops = dropWatch.end()
    for run in runs { try run.takeStates() }
    let records = try runs.map { try $0.record() }
    let home = Drops.broughtHome(drops, to: records.map(\.sightings))
    let observations = try runs.indices.map { try runs[$0].observation(records[$0], drops: home[$0]) }
    if interruption == nil { phases.relief = try relieve() }
    let assembly = Assembly(
      configuration: configuration,
      header: header(isComplete: interruption == nil),
      runs: Array(zip(runs, observations)),
      phases: phases,
      started: started,
      duration: began.elapsed,
      resolver: resolvers.name,
      ignored: resolvers.ignored
    )
    return Outcome(document: assembly.document(), interruption: interruption)
  }

  private func header(isComplete: Bool) -> DocumentHeader {
    DocumentHeader(
      tool: tool,
      host: Machine.name,
      bootId: Machine.bootIdentifier,
      kernel: Machine.kernelRelease,
      namespace: Machine.networkNamespace,
      privileges: privileges,
      complete: isComplete,
      blindSpots: blindSpots
    )
  }

  /// What was done apart from the load.
  struct Phases {
    /// Whether the load went to its end.
    var isLoadComplete = false
    /// What the cure did for hosts in trouble.
    var relief: ExperimentDocument.Healing?
  }

  /// Waits until every container that asks has had an answer.
  private func warmUp() throws {
    for run in runs { try run.prepare() }
    let deadline = ContinuousClock.now + .seconds(5)
    var waiting = runs.flatMap(\.askers).count
    func ask(_ asker: Asker) {
      asker.ask(counted: false) { [loop] result in
        if result.isAnswered {
          waiting -= 1
          if waiting == 0 { loop.stop() }
        } else if ContinuousClock.now < deadline {
          ask(asker)
        } else {
          loop.stop()
        }
      }
    }
    runs.flatMap(\.askers).forEach(ask)
    if waiting > 0 { try loop.run() }
    if waiting > 0, interruption == nil {
      throw LabError(
        "\(waiting) containers of the lab had no answer within 5 s",
        advice: "The machine may be too busy; try again."
      )
    }
  }

  private func load() throws {
    for run in runs { try run.takeStates() }
    started = .now()
    loadBegan = .now
    let change = configuration.duration / 8
    for (index, run) in runs.enumerated() {
      run.onResult = { [unowned self] run, result in ended(result, in: run) }
      // One after the other, so that the changes don't wait for each other in the kernel.
      try run.start(changeAfter: change + .milliseconds(20) * index)
    }
    progress()
    loop.schedule(after: configuration.duration) { [unowned self] in
      for run in runs { run.stop() }
      finish(by: .now + configuration.timeout + .milliseconds(500))
    }
    try loop.run()
    report(.loadEnded(seconds: loadBegan.elapsed, isComplete: interruption == nil))
  }

  /// Waits until the last lookups have ended.
  private func finish(by deadline: ContinuousClock.Instant) {
    if runs.allSatisfy({ $0.inFlight == 0 }) || ContinuousClock.now > deadline { return loop.stop() }
    loop.schedule(after: .milliseconds(10)) { [unowned self] in finish(by: deadline) }
  }

  private func ended(_ result: LookupResult, in run: UnitRun) {
    guard !result.isAnswered else { return }
    let container = result.name.split(separator: ".").dropLast(3).last.map(String.init) ?? ""
    report(
      .failure(
        arm: run.unit.arm.title,
        host: run.unit.number,
        part: run.unit.part.name,
        container: container,
        name: result.name,
        seconds: loadBegan.elapsed
      )
    )
  }

  private func progress() {
    report(.arms(Arm.allCases.map(progress(of:)), seconds: loadBegan.elapsed))
    loop.schedule(after: .milliseconds(500)) { [weak self] in
      guard let self, loadBegan.duration(to: .now) < configuration.duration + configuration.timeout else {
        return
      }
      progress()
    }
  }

  private func progress(of arm: Arm) -> Progress.ArmProgress {
    let members = runs.filter { $0.unit.arm == arm && $0.unit.purpose != .selfHealing }
    let results = members.flatMap(\.askers).map(\.results)
    return Progress.ArmProgress(
      title: arm.title,
      hosts: members.count,
      changed: members.filter(\.hasChanged).count,
      lookups: results.reduce(0) { $0 + $1.count },
      failed: results.reduce(0) { $0 + $1.filter { !$0.isAnswered }.count },
      hostsHit: members.filter(\.isHit).count
    )
  }

  /// Gives the cure to the hosts that are in trouble still, and lets each container that asked there ask twice
  /// more. Nil if there are none, or if a signal came before all of them had ended: half of it would look like
  /// healing.
  private func relieve() throws -> ExperimentDocument.Healing? {
    let inTrouble = runs.filter { $0.unit.arm == .fault && $0.isInTrouble }
    guard !inTrouble.isEmpty else { return nil }
    var failedHosts: Set<Int> = []
    var (lookups, failed, waiting) = (0, 0, 0)
    for run in inTrouble {
      try run.cure()
      for asker in run.askers {
        for _ in 0..<2 {
          waiting += 1
          asker.ask(counted: false) { [loop] result in
            lookups += 1
            waiting -= 1
            if !result.isAnswered {
              failed += 1
              failedHosts.insert(run.unit.number)
            }
            if waiting == 0 { loop.stop() }
          }
        }
      }
    }
    try loop.run()
    guard waiting == 0 else { return nil }
    let healed = inTrouble.count - failedHosts.count
    return .init(hosts: inTrouble.count, healed: healed, lookups: lookups, failed: failed)
  }
}

extension ContinuousClock.Instant {
  /// Seconds from this moment to the present one.
  var elapsed: Double { duration(to: .now).inSeconds }
}
