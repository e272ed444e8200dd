import FoundationEssentials
import Reporting
import Testing

@Suite struct ExperimentDocumentTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  private func schema() throws -> SchemaCheck { SchemaCheck(try parse(ExperimentSchema.text)) }

  @Test func `documents with everything and with no more than they need are as the schema has them`() throws {
    for document in [ExperimentDocument.sample, .smallest] {
      #expect(try schema().complaints(parse(document.json())) == [])
    }
  }

  @Test func `the schema misses every member that may not be absent`() throws {
    let schema = try schema()
    let changed = try parse(ExperimentDocument.sample.json()).withoutOneMember
    #expect(changed.count > 100)
    let unmissed = Set(changed.filter { schema.complaints($0.value).isEmpty }.map(\.path))
    #expect(
      unmissed == [
        "selfHealing", "relief", "scoring", "timelines", "timelines.firstDifference", "evidence.0.time",
        "attribution.byCause.bridge-mac-unstable", "attribution.byCause.resolver-mute",
        "failures.0.cause", "failures.0.confidence",
      ]
    )
  }

  @Test(arguments: [
    ("schema", JSONValue.string("kingpost.experiment/2")), ("family", .string("ipv5")), ("seed", .number(-1)),
    ("seed", .number(1.5)), ("complete", .string("true")), ("verdict", .string("proven")),
    ("arms", .object([:])),
    ("duration", .null), ("blindSpots", .array([.number(1)])), ("surprise", .bool(true)),
  ])
  func `the schema refuses a member of another kind`(name: String, value: JSONValue) throws {
    var members = try #require(try parse(ExperimentDocument.sample.json()).object)
    members[name] = value
    #expect(try schema().complaints(.object(members)).isEmpty == false)
  }

  @Test func `JSON holds what the document holds`() throws {
    let json = try parse(ExperimentDocument.sample.json())
    #expect(json["schema"] == .string(ExperimentDocument.schema))
    #expect(json["host"] == .string("ci1"))
    #expect(json["seed"] == .number(42))
    #expect(json["verdict"]?["status"] == .string("proven"))
    #expect(json["verdict"]?["pValue"] == .number(2.9e-9))
    #expect(json["attribution"]?["byCause"]?["resolver-mute"] == .number(9))
    let fault = try #require(json["arms"]?.array?.dropFirst().first)
    #expect(fault["hostsHit"] == .number(12))
    #expect(fault["parts"]?.array?.map { $0["isCounted"] } == [.bool(true), .bool(true), .bool(false)])
    #expect(fault["parts"]?.array?.first?["failed"] == .number(512))
    #expect(json["timelines"]?["failed"]?["entries"]?.array?.last?["offset"] == .number(1))
  }

  @Test func `the greatest seed and hostile strings survive JSON`() throws {
    let hostile = "\u{0}\u{1b}[2J\"\\\u{2028}\u{1f600}\r\n"
    var document = ExperimentDocument.sample
    document.seed = .max
    document.header.host = hostile
    document.evidence[0].value = hostile
    let text = try document.json()
    let json = try parse(text)
    #expect(text.contains("\"seed\" : 18446744073709551615,"))
    #expect(json["host"]?.string.map { Array($0.unicodeScalars) } == Array(hostile.unicodeScalars))
    #expect(json["evidence"]?.array?.first?["value"] == .string(hostile))
    #expect(text.utf8.allSatisfy { $0 == 0x0a || $0 >= 0x20 })
  }

  @Test func `a collection's JSON has its documents in order`() throws {
    let json = try parse(ExperimentCollection([.sample, .smallest]).json())
    #expect(json["schema"] == .string("kingpost.experiments/1"))
    let documents = try #require(json["experiments"]?.array)
    #expect(documents.map { $0["complete"] } == [.bool(true), .bool(false)])
    let schema = try schema()
    for document in documents { #expect(schema.complaints(document) == []) }
  }
}
