import Lab
import Statistics
import Testing

@testable import Experiments

@Suite struct UnitTests {
  private func units(_ fault: Fault, seed: UInt64) -> [Unit] {
    Unit.assign(ExperimentConfiguration(fault: fault, seed: seed))
  }

  @Test(arguments: Fault.all.map(\.id)) func `each form has as many hosts in one arm as in another`(
    id: String
  ) throws {
    let fault = try #require(Fault.named(id))
    let units = units(fault, seed: 5).filter { $0.purpose != .selfHealing }
    for arm in Arm.allCases {
      let counted = units.filter { $0.arm == arm && $0.part.isReached }
      #expect(counted.count == 12)
      for (index, part) in fault.parts.enumerated() {
        let forms = fault.parts.count { $0.isReached }
        let members = units.count { $0.arm == arm && $0.purpose == .part(index) }
        #expect(members == (part.isReached ? 12 / forms : 3))
      }
    }
  }

  @Test func `a seed gives the same hosts again, and another seed others`() throws {
    let fault = try #require(Fault.all.first)
    let once = units(fault, seed: 5)
    #expect(units(fault, seed: 5).map(\.arm) == once.map(\.arm))
    #expect(units(fault, seed: 5).map(\.plan) == once.map(\.plan))
    #expect(units(fault, seed: 6).map(\.arm) != once.map(\.arm))
  }

  @Test func `hosts of all arms come in random order, so that time favours none`() throws {
    let fault = try #require(Fault.all.first)
    // The mean position of each arm's 15 of 45 hosts, over 200 seeds; one mean's standard deviation is 0.19.
    for arm in Arm.allCases {
      let positions = (0..<200).flatMap { seed in
        units(fault, seed: seed).filter { $0.purpose != .selfHealing }.enumerated()
          .filter { $0.element.arm == arm }.map { Double($0.offset) }
      }
      #expect(abs(positions.reduce(0, +) / Double(positions.count) - 22) < 1)
    }
  }
}
