import Diagnosis
import LinuxSystem
import Observation
import Sensing

extension EngineHost {
  /// What the live machine's snapshot says about this host and its containers, without whatever else the machine has.
  func snapshot() throws -> Snapshot {
    var snapshot = try SnapshotSensor.live(tool: "DockerTests")
    let identity = "\(namespace.identity)"
    snapshot.engines = snapshot.engines.filter { $0.namespace == identity }
    let containers = snapshot.engines.flatMap { $0.containers.value ?? [] }.compactMap(\.namespace)
    let own = Set(containers + [identity])
    snapshot.namespaces = snapshot.namespaces.filter { own.contains($0.id) }
    // What the machine's processors dropped and waited for since its boot is no matter of these daemons.
    snapshot.machine.softnet = snapshot.machine.softnet.map { $0.mapValues { _ in 0 } }
    snapshot.machine.pressure = .absent
    return snapshot
  }

  /// All checks on this host.
  func audit() throws -> Audit { Audit(try snapshot()) }
}

extension Audit {
  /// What was found of severity warning and above, as "ID on SUBJECT: SUMMARY".
  var warnings: [String] {
    findings.filter { $0.severity >= .warning }.map { "\($0.id) on \($0.subject): \($0.summary)" }
  }

  /// The findings of one check.
  func findings(_ id: String) -> [Finding] { findings.filter { $0.id == id } }

  /// How a check went on the subjects whose names begin so.
  func statuses(_ id: String, on subject: String = "") -> Set<CheckResult.Status> {
    Set(results.filter { $0.id == id && $0.subject.description.hasPrefix(subject) }.map(\.status))
  }
}
