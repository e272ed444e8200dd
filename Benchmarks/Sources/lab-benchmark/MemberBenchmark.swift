import Lab
import Measuring
import NetworkTypes
import Statistics

/// Containers that join a host and leave it, one at a time.
final class MemberBenchmark {
  private static let perRound = 20
  private let lab: Lab
  private var generator = SeededGenerator(seed: 1)

  init() throws { lab = try Lab([Topology.founding.host(0, using: &generator)]) }

  func run(rounds: Int) throws -> [Row] {
    var joins: [Double] = []
    var leaves: [Double] = []
    for number in 0..<rounds * Self.perRound {
      let name = "visitor\(number)"
      let plan = Topology.founding.container(
        name,
        position: 10 + number % 1000,
        portAddress: MACAddress.random(using: &generator),
        using: &generator
      )
      let clock = ContinuousClock()
      joins.append(try clock.measure { try lab.hosts[0].perform(.join(plan)) }.milliseconds)
      let leave = Action.leave(container: name, port: plan.portName)
      leaves.append(try clock.measure { try lab.hosts[0].perform(leave) }.milliseconds)
    }
    return [
      Row("a container joins, its namespace included", figure: "\(joins.median.rounded(to: 2)) ms"),
      Row("a container leaves, its port deleted", figure: "\(leaves.median.rounded(to: 2)) ms"),
    ]
  }
}
