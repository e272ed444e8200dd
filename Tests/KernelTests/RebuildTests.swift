import Lab
import LinuxSystem
import NetworkTypes
import Observation
import Sensing
import Statistics
import Testing

/// A lab's snapshot, made again and taken again, is the same.
@Suite struct RebuildTests {
  @Test(arguments: Fault.all.map(\.id))
  func `a host with a fault can be made again from its snapshot`(id: String) throws {
    let fault = try #require(Fault.named(id))
    try NamespaceThread.run {
      var generator = SeededGenerator(seed: 11)
      var plan = fault.topology.host(0, using: &generator)
      fault.ground(&plan)
      fault.shape(&plan)
      let lab = try Lab([plan])
      let host = try #require(lab.hosts.first)
      for action in fault.apply(plan, .v4) { try host.perform(action) }
      var sensed = [SensedNamespace(host.namespace, role: .machine, name: "host")]
      sensed += host.containers.values.map {
        SensedNamespace($0.namespace, role: .container, name: $0.plan.name)
      }
      let before = try SnapshotSensor.sense(sensed, tool: "test", privileges: "test")
      let rebuilt = try RebuiltNetwork(before)
      let again = try before.namespaces.map { state in
        SensedNamespace(try #require(rebuilt.namespaces[state.id]), role: state.role, name: state.name)
      }
      let after = try SnapshotSensor.sense(again, tool: "test", privileges: "test")
      let (old, new) = (before.normalised, after.normalised)
      #expect(old.count == new.count)
      for (old, new) in zip(old, new) {
        #expect(old.links == new.links, "\(old.name)")
        #expect(old.addresses == new.addresses, "\(old.name)")
        #expect(old.routes == new.routes, "\(old.name)")
        #expect(old.rules == new.rules, "\(old.name)")
        #expect(old.neighbours == new.neighbours && old.forwarding == new.forwarding, "\(old.name)")
        #expect(old.settings == new.settings, "\(old.name)")
        #expect(old.nftables == new.nftables, "\(old.name)")
      }
      withExtendedLifetime(lab) {}
    }
  }
}
