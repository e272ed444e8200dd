import FoundationEssentials
import Testing

@testable import Reporting

@Suite struct TraceTextTests {
  private func failure(_ cause: String?, id: UInt16, client: String = "172.18.0.2") -> JourneyDocument {
    var journey = JourneyDocument.sample(
      Array(JourneyDocument.way[..<2]),
      id: id,
      port: 40_001,
      milliseconds: 500
    )
    journey.client.address = client
    journey.cause = cause.map { JourneyDocument.Cause(id: $0, confidence: "likely", evidence: []) }
    return journey
  }

  private func document(_ failures: [JourneyDocument], byCause: [String: Int]) -> TraceDocument {
    TraceDocument(
      header: FindingsDocument.sample.header,
      files: [],
      timeout: 5,
      totals: .init(
        requests: 10,
        byOutcome: ["answered": 1, "error-response": 0, "late": 0, "unanswered": 9],
        byStage: [:],
        byCause: byCause,
        open: 0,
        orphans: 0
      ),
      failures: failures,
      furtherFailures: 0,
      answered: [.answeredSample],
      addressChanges: [
        .init(
          time: "2026-11-23T04:05:07Z",
          address: "172.18.0.1",
          from: nil,
          to: "02:00:00:00:00:09",
          interface: nil
        )
      ]
    )
  }

  @Test func `each cause has one picture, beside an answered one where there is one`() throws {
    let failures = [
      failure("other-cause", id: 1), failure("a-cause", id: 2, client: "172.18.0.3"),
      failure("a-cause", id: 3), failure(nil, id: 4, client: "172.18.0.3"),
    ]
    let byCause = ["a-cause": 4, "other-cause": 1, "undecided": 2]
    let text = TraceText(document(failures, byCause: byCause)).render()
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("- ") }
    #expect(
      headings.map { String($0.prefix(29)) } == [
        "- 04:05:06.500000 172.18.0.2:", "- 04:05:06.500000 172.18.0.3:", "- 04:05:06.500000 172.18.0.2:",
      ]
    )
    let beside = WayPicture(failures[2], beside: .answeredSample).lines.joined(separator: "\n")
    #expect(
      text.contains(
        "\n\n\(beside)\n\n    ended at: unknown\n    because: a-cause (likely)\n"
          + "    3 more failures of this cause\n"
      )
    )
    let alone = WayPicture(failures[3]).lines.joined(separator: "\n")
    #expect(
      text.contains(
        "\n\n\(alone)\n  (no answered request of this client to put beside it)\n\n    ended at: unknown\n"
          + "    1 more failure without a decided cause\n"
      )
    )
    #expect(text.hasSuffix("\n\n1 more: --format json has 4, --format ndjson all.\n"))
    #expect(text.contains("\nFAILURES OVER TIME\n  04:05:06.500000 to 04:05:07Z"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `six causes are shown, and the others counted`() {
    let failures = (0..<8).map { failure("cause-\($0)", id: UInt16($0)) }
    let text = TraceText(document(failures, byCause: [:])).render()
    #expect(text.contains("because: cause-5 (likely)"))
    #expect(!text.contains("because: cause-6 (likely)"))
    #expect(text.hasSuffix("\n\n2 more, of 2 other causes too: --format json has 8, --format ndjson all.\n"))
  }

  @Test func `what is there for comparison is as the schema has it`() throws {
    func parse(_ text: String) throws -> JSONValue {
      try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
    }
    let json = try parse(document([failure(nil, id: 1)], byCause: [:]).json())
    let schema = SchemaCheck(try parse(TraceSchema.text))
    #expect(schema.complaints(json) == [])
    let unmissed = json.withoutOneMember.filter { schema.complaints($0.value).isEmpty }.map(\.path)
    #expect(unmissed == [])
  }
}
