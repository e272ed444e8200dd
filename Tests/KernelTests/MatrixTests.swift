import Experiments
import Lab
import LinuxSystem
import Reporting
import Testing

/// The checks on lab hosts without each fault, with it, and after its cure.
@Suite struct MatrixTests {
  @Test(arguments: Fault.all.map(\.id))
  func `a fault is seen by its own check, and by no other that it doesn't declare`(id: String) throws {
    let fault = try #require(Fault.named(id))
    // Before the thread that is moved between namespaces.
    let home = try Matrix.Home()
    let document = try NamespaceThread.run {
      try Matrix([fault], home: home, seed: 7, privileges: "a test", tool: "kernel test").run(signals: nil)
        .document
    }
    let row = try #require(document.rows.first)
    #expect(row.reasons == [])
    #expect(row.arms.map(\.name) == ["baseline", "fault", "cure"])
    #expect(row.arms.map(\.own.status) == [.passed, .failed, .passed])
  }
}
