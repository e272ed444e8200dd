import Foundation
import Snapshots
import Testing

@Suite struct CompareTests {
  private let folder: TemporaryFolder
  private let founding: String

  init() throws {
    folder = try TemporaryFolder()
    founding = try folder.file("founding.json", MadeHost.snapshot())
  }

  @Test func `the founding bridges compared read as they were recorded`() throws {
    let run = try Invocation("compare", "bridge:docker0", "bridge:br-ci", "--in", founding)
    #expect(run.status == 1)
    let difference = try Snapshot.difference(run.output, from: "compare-bridges.txt")
    #expect(difference == nil)
    let first = run.output.split(separator: "\n").first { $0.hasPrefix("  - ") }
    #expect(first == "  - bridge: who chose its MAC")
  }

  @Test func `what changed between two snapshots reads as it was recorded`() throws {
    let pinned = try folder.file("pinned.json", MadeHost.snapshot(isPinned: true))
    let run = try Invocation(
      shell: "cd '\(folder.path)' && exec \"$kingpost\" compare founding.json pinned.json"
    )
    #expect(run.status == 1)
    let difference = try Snapshot.difference(run.output, from: "compare-snapshots.txt")
    #expect(difference == nil)
    let same = try Invocation("compare", pinned, pinned)
    #expect(same.status == 0)
    #expect(same.output.contains("The same, in everything that was looked at."))
    let json = try Invocation("compare", founding, pinned, "--format", "json")
    #expect(json.status == 1)
    #expect(json.output.contains("\"schema\" : \"kingpost.comparison/1\""))
  }

  @Test func `bridges of two snapshots are compared`() throws {
    let pinned = try folder.file("pinned.json", MadeHost.snapshot(isPinned: true))
    let run = try Invocation("compare", "bridge:br-ci", "bridge:br-ci", "--in", founding, "--in", pinned)
    #expect(run.status == 1)
    #expect(run.output.contains("1 difference, what matters most first."))
  }

  @Test(arguments: [
    (["compare", "bridge:a", "x.json"], "with a bridge only"), (["compare", "-", "-"], "only once"),
    (["compare", "what", "host"], "neither bridge:NAME"), (["compare", "a.json"], "two are compared"),
    (["compare", "a", "b", "--in", "1", "--in", "2", "--in", "3"], "twice at most"),
  ])
  func `what can't be compared is refused`(arguments: [String], words: String) throws {
    let run = try Invocation(Invocation.program, arguments)
    #expect(run.status == 64)
    #expect(run.errors.contains(words))
  }

  @Test func `a bridge that isn't there is refused with what is like it`() throws {
    let run = try Invocation("compare", "bridge:docker1", "bridge:br-ci", "--in", founding)
    #expect(run.status == 64)
    #expect(run.errors.contains("Did you mean bridge:docker0"))
  }
}
