import NetworkTypes
import Observation
import Testing

@testable import Sensing

@Suite struct BlindSpotsTests {
  private func snapshot(_ namespaces: [NamespaceSnapshot]) -> Snapshot {
    SnapshotSensor.assemble(
      SnapshotOrigin(
        tool: "test",
        host: "h",
        bootId: "b",
        kernel: "k",
        time: "t",
        uptime: 1,
        namespace: "1",
        privileges: "uid 1",
        complete: true,
        blindSpots: []
      ),
      machine: MachineSnapshot(),
      namespaces: namespaces,
      engines: [],
      management: ManagementSnapshot(),
      blindSpots: []
    )
  }

  @Test func `a snapshot without unreadable readings is complete`() {
    let all = snapshot([NamespaceSnapshot(id: "1", role: .machine, name: "machine")])
    #expect(all.origin.complete)
    #expect(all.origin.blindSpots.isEmpty)
  }

  @Test func `what has the same reason is said once, what is absent is not`() {
    var namespace = NamespaceSnapshot(id: "1", role: .machine, name: "machine")
    namespace.nftables = .unreadable(reason: "EPERM")
    namespace.legacyTables = ["iptables": .unreadable(reason: "EPERM"), "ip6tables": .absent]
    namespace.settings = ["net.ipv4.ip_forward": .unreadable(reason: "EIO"), "net.no": .absent]
    namespace.links = .value([
      LinkSnapshot(index: InterfaceIndex(1), name: "br0", addressAssignment: .unreadable(reason: "no sysfs"))
    ])
    let found = snapshot([namespace])
    #expect(!found.origin.complete)
    #expect(
      found.origin.blindSpots == [
        "namespace machine: nftables, legacy iptables: EPERM",
        "namespace machine: net.ipv4.ip_forward: EIO",
        "namespace machine: who chose the MAC of br0: no sysfs",
      ]
    )
  }

  @Test func `many of a kind are counted`() {
    var namespace = NamespaceSnapshot(id: "2", role: .container, name: "build")
    for index in 0..<10 { namespace.settings["net.s\(index)"] = .unreadable(reason: "EPERM") }
    #expect(
      snapshot([namespace]).origin.blindSpots
        == ["namespace build: net.s0, net.s1, net.s2, net.s3 and 6 more: EPERM"]
    )
  }
}
