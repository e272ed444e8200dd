import FoundationEssentials
import Reporting
import Snapshots
import Testing

@Suite struct TraceDocumentTests {
  private static let client = JourneyDocument.Endpoint(address: "172.18.0.2", port: 40_000)
  private static let server = JourneyDocument.Endpoint(address: "2001:db8::53", port: 53)

  private static func hop(_ interface: String, _ direction: String?, isResponse: Bool = false)
    -> JourneyDocument.Hop
  {
    JourneyDocument.Hop(
      interface: interface,
      direction: direction,
      time: "2026-11-23T04:05:06.000100007Z",
      source: isResponse ? server : client,
      destination: isResponse ? client : server,
      linkSource: "02:42:ac:12:00:02",
      linkDestination: direction == nil ? "02:00:00:00:00:01" : nil,
      packetType: direction == nil ? nil : "otherhost",
      frame: 17,
      isResponse: isResponse
    )
  }

  private let unanswered = JourneyDocument(
    transaction: 48_879,
    question: .init(name: "registry.example", type: "AAAA"),
    client: client,
    server: server,
    transport: "udp",
    start: "2026-11-23T04:05:06.000000007Z",
    outcome: "unanswered",
    rcode: nil,
    latency: nil,
    hops: [hop("veth1", nil), hop("br0", "in")],
    stage: "bridge",
    cause: .init(
      id: "bridge-mac-unstable",
      confidence: "likely",
      evidence: [
        .init(
          time: "2026-11-23T04:05:06Z",
          source: "br0, frame 17",
          value: "a -> b",
          meaning: "it was for another"
        )
      ]
    )
  )

  private var sample: TraceDocument {
    var late = unanswered
    (late.outcome, late.rcode, late.latency, late.question) = ("late", "NOERROR", 5.25, nil)
    (late.stage, late.cause) = ("upstream", nil)
    late.candidates = [.init(id: "resolver-late", confidence: "possible", decidedBy: "its log")]
    late.hops.append(Self.hop("br0", "in", isResponse: true))
    return TraceDocument(
      header: FindingsDocument.sample.header,
      files: [
        .init(
          name: "dns.pcapng",
          frames: 1,
          start: "2026-11-23T04:05:06.000000007Z",
          end: "2026-11-23T04:06:06.000000007Z",
          lost: 3
        ),
        .init(name: "empty.pcap", frames: 0, start: nil, end: nil, lost: nil),
      ],
      timeout: 5,
      totals: .init(
        requests: 1000,
        byOutcome: ["answered": 998, "error-response": 0, "late": 1, "unanswered": 1],
        byStage: ["bridge": 1, "upstream": 1],
        byCause: ["bridge-mac-unstable": 1, "undecided": 1],
        open: 1,
        orphans: 2
      ),
      failures: [unanswered, late],
      furtherFailures: 7
    )
  }

  private func parse(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }

  @Test func `a trace reads as it was recorded`() throws {
    let text = TraceText(sample).render()
    let difference = try Snapshot.difference(text, from: "trace.txt")
    #expect(difference == nil)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `documents are as the schema has them`() throws {
    let schema = SchemaCheck(try parse(TraceSchema.text))
    #expect(try schema.complaints(parse(sample.json())) == [])
    let changed = try parse(sample.json()).withoutOneMember
    let unmissed = Set(changed.filter { schema.complaints($0.value).isEmpty }.map(\.path))
    #expect(
      unmissed == [
        "files.0.start", "files.0.end", "files.0.lost", "failures.0.cause.evidence.0.time",
        "totals.byStage.bridge", "totals.byStage.upstream", "totals.byCause.bridge-mac-unstable",
        "totals.byCause.undecided",
      ]
    )
  }

  @Test func `journeys are lines as their schema has them`() throws {
    let schema = SchemaCheck(try parse(JourneySchema.text))
    for journey in sample.failures {
      let line = try journey.line()
      #expect(line.hasSuffix("}\n"))
      #expect(line.filter { $0 == "\n" }.count == 1)
      #expect(try schema.complaints(parse(line)) == [])
      let changed = try parse(line).withoutOneMember
      let unmissed = changed.filter { schema.complaints($0.value).isEmpty }.map(\.path)
      #expect(unmissed.allSatisfy { $0.hasSuffix("evidence.0.time") })
    }
    #expect(try parse(unanswered.line())["rcode"] == .null)
  }

  @Test func `names are shown harmlessly`() throws {
    var journey = unanswered
    journey.question = .init(name: "a\u{1b}[31m.\u{202e}example", type: "A")
    journey.hops = [Self.hop("eth\u{9b}0", "in")]
    var trace = sample
    trace.failures = [journey]
    let text = TraceText(trace).render()
    #expect(text.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    #expect(try journey.line().utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
  }

  @Test func `only what failed counts as a failure`() {
    #expect(sample.hasFailures)
    var healthy = sample
    healthy.totals.byOutcome = ["answered": 1000, "error-response": 0, "late": 0, "unanswered": 0]
    #expect(!healthy.hasFailures)
  }
}
