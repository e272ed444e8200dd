import NetworkTypes
import Statistics
import Testing

@testable import Lab

@Suite struct TopologyTests {
  static let all: [Topology] = [.founding, .neighbours, .resolverOnBridge]

  private func hosts(_ topology: Topology, _ numbers: some Sequence<Int>, seed: UInt64 = 5) -> [HostPlan] {
    var generator = SeededGenerator(seed: seed)
    return numbers.map { topology.host($0, using: &generator) }
  }

  @Test(arguments: all) func `within a host no address is given twice`(topology: Topology) {
    for plan in hosts(topology, 0..<50) {
      let links =
        plan.containers.flatMap { [$0.portAddress, $0.address] } + [plan.bridge.address].compactMap(\.self)
      #expect(links.count == 2 * topology.containers.count + 1)
      #expect(Set(links).count == links.count)
      #expect(links.allSatisfy { !$0.isMulticast && $0.isLocallyAdministered })
      let addresses = (plan.containers.flatMap(\.addresses) + plan.bridge.gateways).map(\.address)
      #expect(Set(addresses).count == addresses.count)
      #expect(Set(plan.containers.map(\.portName)).count == plan.containers.count)
      #expect(plan.containers.allSatisfy { $0.portName.utf8.count < 16 })
    }
  }

  @Test(arguments: all) func `containers are in the subnets of their gateways`(topology: Topology) throws {
    let plan = try #require(hosts(topology, 0...0).first)
    #expect(plan.containers.map(\.name) == topology.containers)
    for family in IPFamily.allCases {
      let subnet = try #require(plan.subnets.first { $0.address.family == family })
      for container in plan.containers {
        let address = try #require(container.address(family))
        #expect(subnet.contains(address))
      }
      let resolver = try #require(topology.resolverAddress(family, in: plan))
      #expect(resolver.family == family)
      #expect(subnet.contains(resolver) == (topology.resolver != .upstream))
    }
  }

  @Test(arguments: all) func `the port of the container called lowest has the smallest MAC`(
    topology: Topology
  ) {
    for plan in hosts(topology, 0..<50) {
      #expect(plan.container(topology.lowest)?.portAddress == plan.containers.map(\.portAddress).min())
    }
  }

  @Test func `uplinks of different hosts share no address, up to the last host`() throws {
    let plans = hosts(.founding, 0..<Topology.mostHosts)
    let prefixes = plans.flatMap { $0.uplink.addresses + $0.uplink.gateways }
    #expect(prefixes.count == 4 * Topology.mostHosts)
    #expect(Set(prefixes.map(\.address)).count == prefixes.count)
    #expect(Set(plans.map(\.uplink.peerName)).count == plans.count)
    #expect(plans.allSatisfy { $0.uplink.peerName.utf8.count < 16 })
    // RFC 2544 and RFC 3849.
    let blocks = try [#require(IPPrefix("198.18.0.0/15")), #require(IPPrefix("2001:db8::/32"))]
    #expect(prefixes.allSatisfy { prefix in blocks.contains { $0.contains(prefix.address) } })
    #expect(!prefixes.contains { Topology.resolverAddresses.contains($0.address) })
  }

  @Test func `both ends of an uplink are in one network`() {
    for plan in hosts(.founding, [0, 1, 127, 128, 999]) {
      #expect(plan.uplink.addresses.map(\.network) == plan.uplink.gateways.map(\.network))
    }
  }

  @Test(arguments: all) func `a seed gives the same plan again, another seed other MACs`(topology: Topology) {
    #expect(hosts(topology, 0..<3) == hosts(topology, 0..<3))
    let (first, other) = (hosts(topology, 0..<3), hosts(topology, 0..<3, seed: 6))
    #expect(
      Set(first.flatMap(\.containers).map(\.address)).isDisjoint(
        with: other.flatMap(\.containers).map(\.address)
      )
    )
  }

  @Test func `a container that comes later has the next address and no one else's`() throws {
    var generator = SeededGenerator(seed: 5)
    let plan = Topology.founding.host(0, using: &generator)
    let late = Topology.founding.container(
      "late",
      position: plan.containers.count,
      portAddress: MACAddress(0x0200_0000_0001),
      using: &generator
    )
    #expect(late.portName == "veth-late")
    #expect(late.addresses.map(\.description) == ["172.18.0.5/16", "fd00:18::5/64"])
    #expect(Set(plan.containers.flatMap(\.addresses)).isDisjoint(with: late.addresses))
  }
}
