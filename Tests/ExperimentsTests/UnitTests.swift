import NetworkTypes
import Testing

@testable import Experiments
@testable import Lab

@Suite struct UnitTests {
  static let faults = Fault.all.map(\.id)

  private func configuration(_ id: String, seed: UInt64 = 7) throws -> ExperimentConfiguration {
    ExperimentConfiguration(fault: try #require(Fault.named(id)), seed: seed)
  }

  @Test(arguments: faults) func `each part has as many hosts in every arm`(id: String) throws {
    var configuration = try configuration(id)
    let fault = configuration.fault
    for hosts in [10, 12, 36, 60] {
      configuration.hostsPerArm = hosts
      let units = Unit.assign(configuration)
      #expect(units.map(\.number) == Array(0..<units.count))
      for arm in Arm.allCases {
        let members = units.filter { $0.arm == arm && $0.purpose != .selfHealing }
        #expect(members.count { $0.part.isReached } == hosts)
        for (index, part) in fault.parts.enumerated() {
          let expected =
            part.isReached ? hosts / fault.parts.count(where: \.isReached) : configuration.hostsPerException
          let own = members.filter { $0.purpose == .part(index) }
          #expect(own.count == expected)
          #expect(own.allSatisfy { $0.part.name == part.name })
        }
      }
    }
  }

  @Test func `self-healing is shown on hosts with the fault, by a part of its own`() throws {
    let units = Unit.assign(try configuration("bridge-mac-unstable")).filter { $0.purpose == .selfHealing }
    #expect(units.count == 3)
    #expect(units.allSatisfy { $0.arm == .fault && $0.part.name == "leave" && $0.part.isReached })
    #expect(Unit.assign(try configuration("masq-missing")).allSatisfy { $0.purpose == .part(0) })
  }

  @Test(arguments: faults) func `a seed gives the same hosts again, and another seed others`(id: String)
    throws
  {
    let configuration = try configuration(id)
    func summary(_ configuration: ExperimentConfiguration) -> [Summary] {
      Unit.assign(configuration).map { Summary(arm: $0.arm, purpose: $0.purpose, plan: $0.plan) }
    }
    let first = summary(configuration)
    #expect(first == summary(configuration))
    var other = configuration
    other.seed += 1
    #expect(first != summary(other))
    #expect(first.map(\.arm) != summary(other).map(\.arm))
  }

  @Test(arguments: faults) func `plans of different arms differ in the fault's shape only`(id: String) throws
  {
    let configuration = try configuration(id)
    var unshaped = configuration
    unshaped.fault = configuration.fault.withoutShape
    let units = Unit.assign(configuration)
    let others = Unit.assign(unshaped)
    #expect(units.map(\.arm) == others.map(\.arm))
    for (unit, other) in zip(units, others) {
      var expected = other.plan
      if unit.arm != .baseline { configuration.fault.shape(&expected) }
      #expect(unit.plan == expected)
    }
  }

  @Test func `only hosts that have or had the founding fault lack a MAC of their own, and none if pinned`()
    throws
  {
    var configuration = try configuration("bridge-mac-unstable")
    #expect(
      Unit.assign(configuration).allSatisfy { ($0.plan.bridge.address == nil) == ($0.arm != .baseline) }
    )
    configuration.variations = .pinned
    #expect(Unit.assign(configuration).allSatisfy { $0.plan.bridge.address != nil })
  }

  @Test func `chance, not the order, decides which host is in which arm`() throws {
    let seeds: Range<UInt64> = 0..<300
    let units = try seeds.map { Unit.assign(try configuration("masq-missing", seed: $0)) }
    // Each of the 36 hosts is in the fault arm in a third of the assignments: 100 of 300, standard deviation 8.2.
    for number in 0..<36 {
      let count = units.count { $0[number].arm == .fault }
      #expect((60...140).contains(count))
    }
    #expect(Set(units.map { $0.map(\.arm) }).count == seeds.count)
  }

  private struct Summary: Equatable {
    let arm: Arm
    let purpose: Unit.Purpose
    let plan: HostPlan
  }
}

extension Fault {
  /// The same fault on hosts that are all built alike.
  fileprivate var withoutShape: Fault {
    Fault(
      id: id,
      text: text,
      topology: topology,
      parts: parts,
      onset: onset,
      marks: marks,
      selfHealingPart: selfHealingPart,
      ground: ground,
      apply: apply,
      cure: cure
    )
  }
}
