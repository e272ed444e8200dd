internal import Lab
internal import LinuxSystem
internal import Lookups
internal import NetworkConfiguration
internal import NetworkTypes
internal import Observation
internal import Sensing
internal import Statistics

/// Three lab hosts for one fault, brought into the state that checks are to judge: without it, with it, and cured
/// beforehand, as an experiment's arms are.
///
/// What leaves traces only in time or with traffic gets both: containers that ask have an answer before the change,
/// and ask again after it.
final class MatrixHosts {
  private let configuration: ExperimentConfiguration
  private let loop: EventLoop
  private let lab: Lab
  private let resolvers: LabResolvers
  private let runs: [UnitRun]

  /// The hosts, and what they stand for.
  var hosts: [(arm: Arm, host: LabHost)] { runs.map { ($0.unit.arm, $0.host) } }

  /// Builds the hosts, each with the fault's first form; one for each of the arms.
  init(_ fault: Fault, seed: UInt64, loop: EventLoop, arms: [Arm] = Arm.allCases) throws {
    var configuration = ExperimentConfiguration(fault: fault, seed: seed)
    configuration.timeout = .milliseconds(200)
    self.configuration = configuration
    self.loop = loop
    var generator = SeededGenerator(seed: seed)
    let units = arms.enumerated().map { number, arm in
      var plan = fault.topology.host(number, using: &generator)
      fault.ground(&plan)
      if arm != .baseline { fault.shape(&plan) }
      return Unit(number: number, arm: arm, purpose: .part(0), part: fault.parts[0], plan: plan)
    }
    lab = try Lab(units.map(\.plan))
    resolvers = try LabResolvers(configuration, lab: lab) { true }
    runs = try zip(units, lab.hosts).map { unit, host in
      try UnitRun(unit, host: host, configuration: configuration, loop: loop)
    }
  }

  /// Ends what answers.
  func stop() { resolvers.stop() }

  /// Lets everything happen, and senses each host with its containers.
  func snapshots(
    home: Matrix.Home,
    tool: String,
    privileges: String
  ) throws -> [(arm: Arm, snapshot: Snapshot)] {
    for run in runs { try run.prepare() }
    try ask(patience: .seconds(5))
    for run in runs { try run.changeAtOnce() }
    // What fails now doesn't have to be answered.
    try ask(patience: .zero)
    return try runs.map { run in
      var snapshot = try SnapshotSensor.sense(namespaces(of: run.host), tool: tool, privileges: privileges)
      snapshot.machine.settings = home.settings
      // How busy the real machine is, or was since it started, says nothing about the host that this one stands for.
      snapshot.machine.pressure = .absent
      snapshot.machine.softnet = snapshot.machine.softnet.map { $0.mapValues { _ in 0 } }
      snapshot.management = ManagementSnapshot(of: run.host)
      configuration.fault.surroundings(&snapshot)
      return (run.unit.arm, snapshot)
    }
  }

  /// A lab's host stands for a machine, so it is sensed as one.
  private func namespaces(of host: LabHost) -> [SensedNamespace] {
    [
      SensedNamespace(
        host.namespace,
        role: .machine,
        name: "host",
        resolver: .value(host.resolver.text)
      )
    ]
      + host.containers.values.sorted { $0.port < $1.port }.map {
        SensedNamespace(
          $0.namespace,
          role: .container,
          name: $0.plan.name,
          resolver: .value($0.resolver.text)
        )
      }
  }

  /// Has every container that asks make one lookup, and waits for all of them; within `patience` those that fail
  /// ask again, and it is an error if one still hasn't been answered then.
  private func ask(patience: Duration) throws {
    let deadline = ContinuousClock.now + patience
    let askers = runs.flatMap(\.everybody)
    var (waiting, unanswered) = (askers.count, 0)
    func ask(_ asker: Asker) {
      asker.ask(counted: false) { [loop] result in
        if !result.isAnswered, ContinuousClock.now < deadline { return ask(asker) }
        if !result.isAnswered { unanswered += 1 }
        waiting -= 1
        if waiting == 0 { loop.stop() }
      }
    }
    askers.forEach(ask)
    if waiting > 0 { try loop.run() }
    guard patience == .zero || unanswered == 0 else {
      throw LabError(
        "\(unanswered) containers of the lab for \(configuration.fault.id) had no answer within 5 s",
        advice: "The machine may be too busy; try again."
      )
    }
  }
}

extension ManagementSnapshot {
  /// What a lab host's files say, of which no manager's program runs.
  init(of host: LabHost) {
    var tree = MemoryTree(host.files)
    tree["/etc/resolv.conf"] = host.resolver.text
    self.init(from: tree, running: .value([]))
  }
}
