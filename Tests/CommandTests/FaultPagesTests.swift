import Foundation
import Lab
import Reporting
import Testing

@testable import Commands

/// docs/faults says what the program says.
@Suite struct FaultPagesTests {
  static let entries = Explanation.catalogue
  private let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../docs/faults").standardized

  /// What is between a file's markers for a command, without the empty lines around it.
  private func generated(_ file: String, by command: String) throws -> String {
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    let parts = text.components(separatedBy: "<!-- begin: \(command) -->\n\n")
    #expect(parts.count == 2, "\(file) has no place for \"\(command)\"; run ./do pages")
    return parts.last?.components(separatedBy: "\n<!-- end -->").first ?? ""
  }

  @Test func `the catalogue is complete, and every fault belongs to it`() {
    #expect(Self.entries.map(\.number) == Array(1...67))
    #expect(Set(Self.entries.map(\.id)).count == 67)
    #expect(Set(Fault.all.map(\.id)).isSubset(of: Set(Self.entries.map(\.id))))
  }

  @Test func `every entry has its page, and every page its entry`() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let pages = files.filter { $0.hasSuffix(".md") && $0 != "README.md" }
    #expect(Set(pages) == Set(Self.entries.map { $0.id + ".md" }))
  }

  @Test(arguments: entries.map(\.id)) func `a page says what the program says`(id: String) throws {
    let entry = try #require(Self.entries.first { $0.id == id })
    let page = try generated("\(id).md", by: "kingpost doctor --explain \(id) --format markdown")
    // Lines apart from each other, so that a failure names the one that differs.
    let (found, expected) = (
      page.split(separator: "\n"), ExplanationMarkdown(entry).render().split(separator: "\n")
    )
    #expect(found == expected, "run ./do pages")
  }

  @Test func `the list says what the program says`() throws {
    let command = "kingpost doctor --list --format markdown"
    let run = try Invocation("doctor", "--list", "--format", "markdown")
    #expect(run.status == 0)
    #expect(try generated("README.md", by: command) == run.output, "run ./do pages")
  }

  @Test func `the program prints a page as it is in the folder`() throws {
    for id in ["bridge-mac-unstable", "proxy-arp", "ct-udp-stale"] {
      let run = try Invocation("doctor", "--explain", id, "--format", "markdown")
      let page = try generated("\(id).md", by: "kingpost doctor --explain \(id) --format markdown")
      #expect(run.output == page, "run ./do pages")
    }
  }

  @Test func `what no lab makes says why, and nothing else does`() {
    let made = Set(Fault.all.map(\.id))
    #expect(Set(Unmade.reasons.keys) == Set(Self.entries.map(\.id)).subtracting(made))
    for (id, reason) in Unmade.reasons {
      #expect(reason.last == "." && reason.count > 20, "\(id)")
      #expect(reason.utf8.allSatisfy { (0x20..<0x7f).contains($0) }, "\(id)")
    }
  }

  @Test func `lines are at most 110 columns wide, but for tables and what is to be copied`() throws {
    for entry in Self.entries {
      var isCode = false
      for line in ExplanationMarkdown(entry).render().split(separator: "\n") {
        if line.hasPrefix("```") { isCode.toggle() }
        #expect(isCode || line.hasPrefix("|") || line.count <= 110, "\(entry.id): \(line)")
      }
    }
  }
}
