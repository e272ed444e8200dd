import FoundationEssentials
import Reporting
import Testing

@Suite struct FindingsDocumentTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  private func schema() throws -> SchemaCheck { SchemaCheck(try parse(FindingsSchema.text)) }

  @Test func `documents are as the schema has them`() throws {
    for document in [FindingsDocument.sample, .healthy, .hostile("\u{0}\u{1b}[31m\u{202e}\n]]>")] {
      #expect(try schema().complaints(parse(document.json())) == [])
    }
  }

  @Test func `the schema misses every member that may not be absent`() throws {
    let schema = try schema()
    let changed = try parse(FindingsDocument.sample.json()).withoutOneMember
    #expect(changed.count > 80)
    let unmissed = Set(changed.filter { schema.complaints($0.value).isEmpty }.map(\.path))
    #expect(unmissed == ["findings.0.evidence.1.time"])
  }

  @Test(arguments: [
    ("schema", JSONValue.string("kingpost.findings/2")), ("complete", .string("true")),
    ("findings", .object([:])), ("checks", .null), ("blindSpots", .array([.number(1)])),
    ("surprise", .bool(true)), ("counts", .object([:])),
  ])
  func `the schema refuses a member of another kind`(name: String, value: JSONValue) throws {
    var members = try #require(try parse(FindingsDocument.sample.json()).object)
    members[name] = value
    #expect(try schema().complaints(.object(members)).isEmpty == false)
  }

  @Test func `JSON counts what it holds`() throws {
    let json = try parse(FindingsDocument.sample.json())
    #expect(json["schema"] == .string("kingpost.findings/1"))
    #expect(json["host"] == .string("ci1"))
    let findings = try #require(json["counts"]?["findings"])
    #expect(findings == .object(["critical": .number(1), "warning": .number(1), "info": .number(1)]))
    let checks = try #require(json["counts"]?["checks"])
    #expect(
      checks
        == .object([
          "passed": .number(1), "failed": .number(3), "unknown": .number(2), "not-applicable": .number(1),
        ])
    )
    #expect(json["findings"]?.array?.first?["remedies"]?.array?.count == 3)
  }

  @Test func `JSON is ASCII and gives hostile strings back as they were`() throws {
    let hostile = "\u{0}\u{1b}[2J\u{9b}\u{7f}\"\\\u{2028}\u{202e}\u{1f600}é\r\n"
    let text = try FindingsDocument.hostile(hostile).json()
    #expect(text.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    #expect(try parse(text)["host"] == .string(hostile))
    #expect(try parse(text)["findings"]?.array?.first?["summary"] == .string(hostile))
  }

  @Test func `what is unknown and would be critical is told apart`() {
    #expect(FindingsDocument.sample.criticalUnknowns.map(\.id) == ["ip-duplicate"])
    #expect(FindingsDocument.healthy.criticalUnknowns.isEmpty)
  }
}
