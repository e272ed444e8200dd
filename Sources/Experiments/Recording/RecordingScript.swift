internal import Lab
internal import NetworkTypes
internal import Statistics

/// A scenario in which all is decided that chance decides: pure, so that it can be tested without a lab.
struct RecordingScript {
  /// The host as it is built.
  let plan: HostPlan
  /// What is done at each change.
  let changes: [[Action]]
  /// Who comes and goes meanwhile.
  let visits: [Churn.Visit]

  /// A script for a recording whose phases are so long; a seed determines it.
  init(_ scenario: RecordingScenario, _ options: Recorder.Options) {
    var generator = SeededGenerator(seed: options.seed)
    var plan = scenario.topology.host(0, using: &generator)
    if !scenario.isPinned { plan.bridge.address = nil }
    plan.preparation += scenario.preparation(plan, options.family, &generator)
    let changes = scenario.changes.map { $0.deed(plan, options.family, &generator) }
    self.plan = plan
    self.changes = changes.enumerated().map { number, actions in
      actions + Self.ports(of: scenario.askers, phase: number + 1, of: scenario.phases)
    }
    visits = Self.visits(scenario, plan, options, &generator)
  }

  private static func visits(
    _ scenario: RecordingScenario,
    _ plan: HostPlan,
    _ options: Recorder.Options,
    _ generator: inout SeededGenerator
  ) -> [Churn.Visit] {
    let addresses = plan.containers.map(\.portAddress)
    guard let visitors = scenario.visitors, let least = addresses.min(), let greatest = addresses.max() else {
      return []
    }
    let churn = Churn(
      linkAddresses: visitors == .greater ? .above(greatest) : .below(least),
      lifetime: .milliseconds(300)...(.milliseconds(600)),
      pause: .milliseconds(100)...(.milliseconds(300))
    )
    return churn.visits(
      within: options.phaseDuration * scenario.phases,
      in: scenario.topology,
      using: &generator
    )
  }

  /// What is done before the first lookup.
  func beginning(of scenario: RecordingScenario) -> [Action] {
    Self.ports(of: scenario.askers, phase: 0, of: scenario.phases)
  }

  /// Gives a phase's sockets ports that no other phase has: conntrack remembers how flows are translated, so
  /// a port that is used again would fare as in the phase before.
  private static func ports(of containers: [String], phase: Int, of count: Int) -> [Action] {
    // An even number of them, for the kernel wants the first and the last to differ in that.
    let width = 25_000 / count * 2
    let first = 12_000 + phase * width
    let range = Setting("net.ipv4.ip_local_port_range", "\(first) \(first + width - 1)")
    return containers.map { .inside(container: $0, .setting(range)) }
  }

  /// The ports of the bridge that are there from the beginning and not to the end.
  var leavingPorts: Set<String> {
    var ports: Set<String> = []
    for case .leave(_, let port) in changes.joined() { ports.insert(port) }
    for case .vanish(_, let port) in changes.joined() { ports.insert(port) }
    return ports
  }
}
