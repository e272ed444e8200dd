import Reporting
import Snapshots
import Testing

@Suite struct ExperimentTextTests {
  @Test func `a full document reads as it was recorded`() throws {
    let text = ExperimentText(.sample).render()
    let difference = try Snapshot.difference(text, from: "experiment.txt")
    #expect(difference == nil)
  }

  @Test func `a document without a result reads as it was recorded`() throws {
    let text = ExperimentText(.smallest).render()
    let difference = try Snapshot.difference(text, from: "experiment-smallest.txt")
    #expect(difference == nil)
  }

  @Test func `several experiments end in a table`() throws {
    var other = ExperimentDocument.smallest
    other.fault = "masq-missing"
    other.title = "nothing translates the containers' addresses"
    let text = ExperimentCollection([.sample, other]).text(isColoured: false)
    let difference = try Snapshot.difference(text, from: "experiments.txt")
    #expect(difference == nil)
    #expect(Self.isPlain(text))
  }

  @Test(arguments: [ExperimentDocument.Verdict.Status.proven, .notReproduced, .inconclusive])
  func `every verdict is printable ASCII within 80 columns`(status: ExperimentDocument.Verdict.Status) {
    for document in [ExperimentDocument.sample, .smallest] {
      var document = document
      document.verdict.status = status
      let text = ExperimentText(document).render()
      #expect(Self.isPlain(text))
      #expect(text.contains("VERDICT: \(status.rawValue.uppercased())\n"))
    }
  }

  @Test func `colour adds nothing but bold headings`() {
    let plain = ExperimentText(.sample).render()
    let coloured = ExperimentText(.sample, isColoured: true).render()
    #expect(coloured.contains("\u{1b}[1mVERDICT: PROVEN\u{1b}[0m"))
    let stripped = coloured.split(separator: "\u{1b}[1m", omittingEmptySubsequences: false).joined()
      .split(separator: "\u{1b}[0m", omittingEmptySubsequences: false).joined()
    #expect(stripped == plain)
  }

  /// Whatever a machine's name, a kernel's release or a frame may say.
  @Test(arguments: [
    "\u{1b}]0;title\u{7}\u{1b}[2J", "a\nVERDICT: PROVEN\r\nb", "\u{202e}\u{2066}\u{0}\u{85}",
    "\u{e9}\u{1f600}",
    String(repeating: "x", count: 500), String(repeating: "y ", count: 300), "", "   ", "%s%n$(reboot)`id`",
  ])
  func `hostile strings do no harm`(hostile: String) {
    var document = ExperimentDocument.sample
    document.header.kernel = hostile
    document.header.privileges = hostile
    document.header.blindSpots = [hostile]
    document.verdict.status = .inconclusive
    document.verdict.reasons = [hostile]
    document.evidence = [.init(time: hostile, source: hostile, value: hostile, meaning: hostile)]
    document.ruledOut = [.init(id: hostile, evidence: document.evidence)]
    document.marks = [.init(mark: hostile, hosts: 1, seen: 1)]
    document.timelines?.failed.name = hostile
    document.timelines?.answered.entries = [.init(offset: -1, place: hostile, event: hostile)]
    document.explanation.lasting = [.init(manager: hostile, lines: [])]
    let text = ExperimentText(document).render()
    #expect(Self.isPlain(text))
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("VERDICT:") } == ["VERDICT: INCONCLUSIVE"])
  }

  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) }
      && text.split(separator: "\n").allSatisfy { $0.count <= 80 && !$0.hasSuffix(" ") }
  }
}
