import FoundationEssentials
import Reporting
import Snapshots
import Testing

@Suite struct ComparisonDocumentTests {
  private let sample = ComparisonDocument(
    header: FindingsDocument.sample.header,
    left: .init(
      name: "bridge:docker0",
      host: "ci1",
      kernel: "6.18.44",
      time: "2026-11-23T04:05:06.000000007Z"
    ),
    right: .init(
      name: "bridge:br-ci",
      host: "ci1",
      kernel: "6.18.44",
      time: "2026-11-23T04:05:06.000000007Z"
    ),
    differences: [
      .init(
        weight: .decisive,
        subject: "bridge",
        property: "who chose its MAC",
        left: "somebody set it, and it stays (addr_assign_type 3)",
        right: "nobody (addr_assign_type 1)",
        why: "A bridge without a MAC of its own takes the smallest of its ports'."
      ),
      .init(
        weight: .minor,
        subject: "firewall",
        property: "rules that name it",
        left: String(repeating: "rule; ", count: 100),
        right: nil,
        why: "What one accepts, the other may not."
      ),
    ]
  )

  private func parse(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  @Test func `a comparison reads as it was recorded`() throws {
    let text = ComparisonText(sample).render()
    let difference = try Snapshot.difference(text, from: "comparison.txt")
    #expect(difference == nil)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `documents are as the schema has them`() throws {
    let schema = SchemaCheck(try parse(ComparisonSchema.text))
    var same = sample
    same.differences = []
    for document in [sample, same] { #expect(try schema.complaints(parse(document.json())) == []) }
    let changed = try parse(sample.json()).withoutOneMember
    let unmissed = Set(changed.filter { schema.complaints($0.value).isEmpty }.map(\.path))
    #expect(unmissed == ["differences.0.left", "differences.0.right", "differences.1.left"])
    #expect(try parse(sample.json())["same"] == .bool(false))
    #expect(try parse(same.json())["same"] == .bool(true))
  }

  @Test func `two that are the same are said to be`() {
    var same = sample
    same.differences = []
    #expect(ComparisonText(same).render().contains("The same, in everything that was looked at."))
  }
}
