import FoundationEssentials
import Reporting
import Testing

/// The schema of snapshots, held against the document that ObservationTests has looked at.
@Suite struct SnapshotSchemaTests {
  private func parse(_ data: Data) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: data)
  }

  private func document() throws -> JSONValue {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    return try parse(Data(contentsOf: tests.appending(path: "ObservationTests/Snapshots/snapshot.json")))
  }

  private func schema() throws -> SchemaCheck { SchemaCheck(try parse(Data(SnapshotSchema.text.utf8))) }

  @Test func `a snapshot with every member is as its schema says`() throws {
    #expect(try schema().complaints(document()) == [])
  }

  @Test func `what every document begins with is required`() throws {
    for name in [
      "schema", "tool", "host", "bootId", "kernel", "time", "namespace", "privileges", "complete",
      "blindSpots",
    ] {
      var members = try #require(try document().object)
      members[name] = nil
      #expect(try schema().complaints(.object(members)) == [".\(name): missing"])
    }
  }
}
