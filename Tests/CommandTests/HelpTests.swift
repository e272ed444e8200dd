import Foundation
import Lab
import Snapshots
import Testing

@Suite struct HelpTests {
  @Test(arguments: [
    (["--help"], "help.txt"), (["prove", "--help"], "prove-help.txt"),
    (["doctor", "--help"], "doctor-help.txt"),
    (["compare", "--help"], "compare-help.txt"), (["snapshot", "--help"], "snapshot-help.txt"),
    (["prove", "--list"], "prove-list.txt"),
    (["prove", "--list", "--format", "json"], "prove-list.json"),
  ])
  func `help and lists read as they were recorded`(arguments: [String], name: String) throws {
    let run = try Invocation(Invocation.program, arguments)
    #expect(run.status == 0)
    #expect(run.errors == "")
    let difference = try Snapshot.difference(run.output, from: name)
    #expect(difference == nil)
    #expect(run.output.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    #expect(name.hasSuffix("json") || run.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `the list names every fault, in text and in JSON`() throws {
    let text = try Invocation("prove", "--list").output
    let headings = text.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map(String.init)
    #expect(headings == Fault.all.map(\.id))
    let json = try Invocation("prove", "--list", "--format", "json").output
    let list = try JSONDecoder().decode(List.self, from: Data(json.utf8))
    let entries = list.faults
    #expect(list.schema == "kingpost.faults/1")
    #expect(entries.map(\.id) == Fault.all.map(\.id))
    #expect(entries.map(\.parts) == Fault.all.map { $0.parts.map(\.name) })
  }

  @Test func `the version is a number`() throws {
    let run = try Invocation("--version")
    #expect(run.status == 0)
    let parts = run.output.dropLast().split(separator: ".").map { Int($0) }
    #expect(parts.count == 3 && !parts.contains(nil))
  }

  @Test(arguments: [
    (["prove", "--schema"], "kingpost.experiment/1", "verdict"),
    (["doctor", "--schema"], "kingpost.findings/1", "checks"),
    (["compare", "--schema"], "kingpost.comparison/1", "differences"),
    (["prove", "--all", "--schema"], "kingpost.experiments/1", "experiments"),
    (["prove", "--checks", "--schema"], "kingpost.matrix/1", "faults"),
  ])
  func `a schema is valid JSON and names what it is for`(arguments: [String], id: String, member: String)
    throws
  {
    let run = try Invocation(Invocation.program, arguments)
    #expect(run.status == 0)
    let schema = try JSONDecoder().decode(Schema.self, from: Data(run.output.utf8))
    #expect(schema.id == id)
    #expect(schema.required.contains(member))
  }

  private struct List: Decodable {
    let schema: String
    let faults: [Entry]
  }

  private struct Entry: Decodable {
    let id: String
    let parts: [String]
  }

  private struct Schema: Decodable {
    let id: String
    let required: [String]

    enum CodingKeys: String, CodingKey {
      case id = "$id"
      case required
    }
  }
}
