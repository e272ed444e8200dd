import Foundation
import Reporting
import Snapshots
import Testing

@Suite struct MatrixDocumentTests {
  private static func arm(_ name: String, _ status: MatrixDocument.Status, _ severity: String? = nil)
    -> MatrixDocument.Arm
  {
    MatrixDocument.Arm(
      name: name,
      own: .init(status: status, severity: severity, why: "br0 was looked at"),
      others: [],
      unknown: []
    )
  }

  static var sample: MatrixDocument {
    var rewritten = MatrixDocument.Row(
      fault: "veth-mac-rewritten-by-udev",
      severity: "warning",
      proof: "lookups",
      because: nil,
      arms: [arm("baseline", .passed), arm("fault", .failed, "warning"), arm("cure", .passed)],
      reasons: []
    )
    rewritten.arms[1].others = [
      .init(
        check: "bridge-mac-unstable",
        severity: "critical",
        subject: "bridge:br0",
        summary: "br0 has no MAC of its own.",
        because: "only a bridge without a MAC of its own follows a port whose MAC is rewritten"
      )
    ]
    var broken = MatrixDocument.Row(
      fault: "proxy-arp",
      severity: "info",
      proof: "check",
      because: "No lookup fails by itself.",
      arms: [arm("baseline", .unknown), arm("fault", .notApplicable), arm("cure", .failed, "info")],
      reasons: ["Arm baseline: its own check says unknown, no rights", "Its own check doesn't see it."]
    )
    broken.arms[0].unknown = [.init(check: "proxy-arp", why: "no rights")]
    return MatrixDocument(
      header: .init(
        tool: "kingpost 0.1.0",
        host: "ci1",
        bootId: "b",
        kernel: "6.18",
        namespace: "4026531840",
        privileges: "root",
        complete: true,
        blindSpots: []
      ),
      seed: 7,
      started: "2026-11-24T06:00:00.000000000Z",
      duration: 12.34,
      rows: [rewritten, broken]
    )
  }

  @Test func `a matrix reads as it was recorded`() throws {
    let text = MatrixText(Self.sample).render()
    let difference = try Snapshot.difference(text, from: "matrix.txt")
    #expect(difference == nil)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `a matrix in which all is as it must be says so`() {
    var document = Self.sample
    document.rows.removeLast()
    #expect(document.holds)
    let text = MatrixText(document).render()
    #expect(text.contains("Each of 1 faults"))
    #expect(!text.contains("NOT AS IT MUST BE"))
  }

  @Test func `it doesn't hold if a row doesn't, if there is none, or if it was ended early`() {
    var document = Self.sample
    #expect(!document.holds)
    document.rows = []
    #expect(!document.holds)
    document = Self.sample
    document.rows.removeLast()
    document.header.complete = false
    #expect(!document.holds)
  }

  @Test func `a matrix is as its schema says`() throws {
    let schema = try JSONDecoder().decode(JSONValue.self, from: Data(MatrixSchema.text.utf8))
    let value = try JSONDecoder().decode(JSONValue.self, from: Data(Self.sample.json().utf8))
    #expect(SchemaCheck(schema).complaints(value) == [])
  }

  @Test func `a collection ends in its matrix`() {
    let collection = ExperimentCollection([.smallest], matrix: Self.sample)
    #expect(collection.text(isColoured: false).contains("WHAT EACH FAULT'S OWN CHECK SAYS"))
  }
}
