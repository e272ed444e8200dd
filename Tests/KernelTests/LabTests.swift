import Lab
import LinuxSystem
import Netlink
import NetlinkCodec
import NetworkTypes
import Statistics
import Testing

@Suite struct LabTests {
  private func plans(_ count: Int) -> [HostPlan] {
    var generator = SeededGenerator(seed: 7)
    return (0..<count).map { Topology.founding.host($0, using: &generator) }
  }

  @Test func `a lab of 36 hosts has a bridge and three containers each`() throws {
    let plans = plans(36)
    try NamespaceThread.run {
      let hosts = try Lab(plans).hosts
      #expect(hosts.count == 36)
      #expect(hosts.allSatisfy { $0.containers.count == 3 })
      let names = try hosts[35].connection.links().compactMap(\.name).sorted()
      #expect(names == ["br0", "eth0", "lo", "veth-build", "veth-lowest", "veth-other"])
    }
  }

  @Test func `the bridge takes its smallest port's address only if it has none of its own`() throws {
    var plans = plans(2)
    plans[1].bridge.address = nil
    let built = plans
    try NamespaceThread.run {
      let lab = try Lab(built)
      let own = try lab.hosts[0].connection.link(named: "br0").address
      let taken = try lab.hosts[1].connection.link(named: "br0").address
      #expect(own == built[0].bridge.address)
      #expect(taken == built[1].containers.map(\.portAddress).min())
      let lowest = Topology.founding.lowest
      try lab.hosts[1].perform(.leave(container: lowest, port: "veth-" + lowest))
      let next = try lab.hosts[1].connection.link(named: "br0").address
      #expect(next == built[1].containers.filter { $0.name != lowest }.map(\.portAddress).min())
    }
  }

  @Test func `under random churn a bridge without an address of its own always has its smallest port's`()
    throws
  {
    var plan = plans(1)[0]
    plan.bridge.address = nil
    let built = plan
    try NamespaceThread.run {
      let host = try #require(try Lab([built]).hosts.first)
      var generator = SeededGenerator(seed: 11)
      let visits = Churn(lifetime: .seconds(1)...(.seconds(2)), pause: .zero...(.seconds(1)))
        .visits(within: .seconds(40), in: .founding, using: &generator)
      var smallest = try #require(built.containers.map(\.portAddress).min())
      var changes = 0
      for visit in visits.prefix(16) {
        try host.perform(.join(visit.container))
        let expected = min(smallest, visit.container.portAddress)
        if expected != smallest { changes += 1 }
        #expect(try host.connection.link(named: "br0").address == expected)
        try host.perform(.leave(container: visit.container.name, port: visit.container.portName))
        smallest = try #require(built.containers.map(\.portAddress).min())
        #expect(try host.connection.link(named: "br0").address == smallest)
      }
      // With three ports one join in four is expected to change it; none or all would mean that nothing was tried.
      #expect(changes > 0 && changes < 16)
    }
  }

  @Test func `every fault's actions and their cures can be carried out`() throws {
    for fault in Fault.all {
      var generator = SeededGenerator(seed: 3)
      var plan = fault.topology.host(0, using: &generator)
      fault.ground(&plan)
      fault.shape(&plan)
      let shaped = plan
      for family in IPFamily.allCases {
        try NamespaceThread.run {
          let host = try #require(try Lab([shaped]).hosts.first)
          for action in fault.apply(shaped, family) + fault.cure(shaped, family) { try host.perform(action) }
        }
      }
    }
  }
}
