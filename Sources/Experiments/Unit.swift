internal import Lab
internal import Statistics

/// How a host is treated.
enum Arm: String, CaseIterable, Sendable {
  /// The fault isn't there.
  case baseline
  /// The fault is there.
  case fault
  /// The fault was there and was cured beforehand.
  case cure

  /// For a person.
  var title: String {
    switch self {
    case .baseline: "healthy"
    case .fault: "fault"
    case .cure: "cured"
    }
  }
}

/// One lab host, the unit of the experiment: one MAC change fails hundreds of its lookups, so that hosts are
/// independent of each other, and lookups aren't.
struct Unit: Sendable {
  /// What the host is for.
  enum Purpose: Hashable, Sendable {
    /// It is counted or shown in a part, by its position in the fault's parts.
    case part(Int)
    /// It shows that an answer in flight heals all.
    case selfHealing
  }

  let number: Int
  let arm: Arm
  let purpose: Purpose
  let part: Fault.Part
  let plan: HostPlan
}

extension Unit {
  /// The hosts of an experiment. Within each part, chance decides which host is in which arm.
  static func assign(_ configuration: ExperimentConfiguration) -> [Unit] {
    var generator = SeededGenerator(seed: configuration.seed)
    let fault = configuration.fault
    var assigned: [(purpose: Purpose, part: Fault.Part, arm: Arm)] = []
    let counted = fault.parts.filter(\.isReached).count
    for (index, part) in fault.parts.enumerated() {
      let perArm = part.isReached ? configuration.hostsPerArm / counted : configuration.hostsPerException
      let units = perArm * Arm.allCases.count
      let arms = RandomAssignment.balanced(units: units, arms: Arm.allCases.count, using: &generator)
      assigned += arms.map { (.part(index), part, Arm.allCases[$0]) }
    }
    if let part = fault.parts.first(where: { $0.name == fault.selfHealingPart }) {
      assigned += Array(repeating: (.selfHealing, part, .fault), count: configuration.selfHealingHosts)
    }
    generator.shuffle(&assigned)
    return assigned.enumerated().map { number, unit in
      var plan = fault.topology.host(number, using: &generator)
      let own = plan.bridge.address
      fault.ground(&plan)
      if unit.arm != .baseline { fault.shape(&plan) }
      if configuration.variations.contains(.pinned) { plan.bridge.address = own }
      return Unit(number: number, arm: unit.arm, purpose: unit.purpose, part: unit.part, plan: plan)
    }
  }
}
