import Diagnosis
import Lab
import LinuxSystem
import Observation
import Sensing
import Testing

@testable import Experiments

/// The same findings live, offline and through the shell collector. What the collector doesn't see in a lab, no check
/// needs there; `docs/limitations.md` names what it lacks on hosts.
@Suite struct CollectedFaultsTests {
  @Test(arguments: Fault.all.map(\.id))
  func `a fault is found alike live, in a file and by the shell collector`(id: String) throws {
    let fault = try #require(Fault.named(id))
    // Before the thread that is moved between namespaces.
    let home = try Matrix.Home()
    let (sensed, collected) = try NamespaceThread.run {
      let hosts = try MatrixHosts(fault, seed: 7, loop: EventLoop(), arms: [.fault])
      defer { hosts.stop() }
      let sensed = try #require(
        try hosts.snapshots(home: home, tool: "kernel test", privileges: "root").first
      )
      let host = try #require(hosts.hosts.first?.host)
      let printed = try CollectedHost(host)
      #expect(printed.complaints.isEmpty)
      var snapshot = try CollectorOutput.snapshot(printed.output)
      snapshot.management = ManagementSnapshot(of: host)
      return (sensed.snapshot, snapshot)
    }
    let live = results(sensed)
    #expect(live.contains { $0.hasPrefix("\(id) failed") })
    #expect(results(try Snapshot(json: Array(try sensed.json().utf8))) == live)
    let seen = results(complete(collected, like: sensed, fault, home))
    #expect(seen.symmetricDifference(live) == [])
  }

  /// What every check says about what, and how bad it is.
  private func results(_ snapshot: Snapshot) -> Set<String> {
    Set(
      Audit(snapshot).results.map { result in
        let severity = result.finding.map { " (\($0.severity))" } ?? ""
        return "\(result.id) \(result.status)\(severity) \(result.finding?.subject ?? result.subject)"
      }
    )
  }

  /// Gives what was collected what no lab has: the machine's settings, and what is made up for a fault.
  /// A container whose engine nobody asked has no name but its process's.
  private func complete(_ collected: Snapshot, like sensed: Snapshot, _ fault: Fault, _ home: Matrix.Home)
    -> Snapshot
  {
    var snapshot = collected
    snapshot.machine.settings = home.settings
    snapshot.machine.pressure = .absent
    snapshot.machine.softnet = snapshot.machine.softnet.map { $0.mapValues { _ in 0 } }
    for index in snapshot.namespaces.indices {
      let twin = sensed.namespaces.first { $0.id == snapshot.namespaces[index].id }
      if let twin { snapshot.namespaces[index].name = twin.name }
    }
    fault.surroundings(&snapshot)
    return snapshot
  }
}
