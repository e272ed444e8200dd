import Diagnosis
import NetworkTypes
import Observation
import Testing

/// Checks say the same about a host and about its anonymised snapshot, up to names and addresses.
@Suite struct AnonymisedAuditTests {
  @Test func `an anonymised snapshot has the same results`() throws {
    let original = try ComparedHost.snapshot()
    let changed = try original.anonymised(AnonymisationKey(Array("a secret of some length".utf8)))
    #expect(changed != original)
    func results(_ snapshot: Snapshot) -> [String] {
      Audit(snapshot).results.map { "\($0.id) \($0.status.rawValue) \($0.severity.rawValue)" }
    }
    #expect(results(changed) == results(original))
    #expect(results(original).contains("bridge-mac-unstable failed critical"))
    // The evidence that the bridge has its port's MAC depends on the order of link addresses.
    let evidence = { (snapshot: Snapshot) in Audit(snapshot).findings.map(\.evidence.count) }
    #expect(evidence(changed) == evidence(original))
  }

  @Test func `a comparison of anonymised snapshots finds the same differences`() throws {
    let key = AnonymisationKey(Array("a secret of some length".utf8))
    let before = try ComparedHost.snapshot()
    var after = before
    after.namespaces[0].settings["net.ipv4.ip_forward"] = .value("0")
    after.namespaces[0].resolver = .value("nameserver 192.0.2.54\n")
    let plain = Comparison(before, with: after).differences.map(\.property)
    let anonymous = Comparison(try before.anonymised(key), with: try after.anonymised(key)).differences
    #expect(plain == anonymous.map(\.property))
    #expect(plain.count == 2)
  }
}
