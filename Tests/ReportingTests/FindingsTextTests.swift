import Reporting
import Snapshots
import Testing

@Suite struct FindingsTextTests {
  @Test func `a document reads as it was recorded`() throws {
    let difference = try Snapshot.difference(FindingsText(.sample).render(), from: "findings.txt")
    #expect(difference == nil)
  }

  @Test func `a healthy host's document reads as it was recorded`() throws {
    let difference = try Snapshot.difference(FindingsText(.healthy).render(), from: "findings-none.txt")
    #expect(difference == nil)
  }

  @Test(arguments: [
    "\u{1b}[31m", "\u{9b}2J", "a\nb\r\nc", "\u{202e}evil", "<script>", String(repeating: "x ", count: 300),
    String(repeating: "x", count: 300),
  ])
  func `nothing from a host gives a terminal orders or makes lines of its own`(text: String) {
    let rendered = FindingsText(.hostile(text)).render()
    #expect(rendered.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    // A file's content has lines of its own, indented like the rest; nothing else may begin a line.
    let plain = FindingsText(.hostile("x")).render().split(separator: "\n").filter { !$0.hasPrefix(" ") }
      .count
    let lines = rendered.split(separator: "\n").filter { !$0.hasPrefix(" ") }
    #expect(text.contains("\n") ? lines.count == plain : true)
  }

  @Test func `lines fit a terminal but for commands and files`() {
    let lines = FindingsText(.sample).render().split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `colour adds nothing but colour`() {
    let plain = FindingsText(.sample).render()
    let coloured = FindingsText(.sample, isColoured: true).render()
    #expect(coloured != plain)
    #expect(coloured.replacing("\u{1b}[1m", with: "").replacing("\u{1b}[0m", with: "") == plain)
  }

  @Test func `what was looked at comes first, and what helps next comes last`() {
    let lines = FindingsText(.sample).render().split(separator: "\n")
    #expect(lines.prefix(4).contains { $0.hasPrefix("Looked at: 2 bridges, 5 containers and 1 engine") })
    #expect(lines.prefix(5).contains { $0.hasPrefix("Not looked at: container old") })
    #expect(lines.last == "Next: kingpost doctor --explain bridge-mac-unstable")
  }
}
