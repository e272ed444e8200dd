import NetworkTypes
import Observation
import Snapshots
import Testing

@Suite struct SnapshotJSONTests {
  private func mistake(_ text: String) -> SnapshotFileError? {
    do throws(SnapshotFileError) {
      _ = try Observation.Snapshot(json: Array(text.utf8))
      return nil
    } catch { return error }
  }

  @Test func `a snapshot survives, whatever is in it`() throws {
    let snapshot = try Observation.Snapshot.sample()
    let text = try snapshot.json()
    #expect(try Observation.Snapshot(json: Array(text.utf8)) == snapshot)
    #expect(try Observation.Snapshot(json: Array(text.utf8)).json() == text)
  }

  @Test func `the document is the one that was looked at`() throws {
    let difference = try Snapshots.Snapshot.difference(
      Observation.Snapshot.sample().json(),
      from: "snapshot.json"
    )
    #expect(difference == nil)
  }

  @Test func `what every document begins with stands beside the rest`() throws {
    let members = try Observation.Snapshot.sample().json().split(separator: "\n").filter {
      $0.hasPrefix("  \"")
    }.map { $0.dropFirst(3).prefix { $0 != "\"" } }
    #expect(
      members == [
        "blindSpots", "bootId", "complete", "engines", "host", "kernel", "machine", "management", "namespace",
        "namespaces", "privileges", "schema", "time", "tool", "uptime",
      ]
    )
  }

  @Test func `members that nobody knows are ignored`() throws {
    let text = try Observation.Snapshot.sample().json()
    let later = text.replacing("{\n", with: "{\n\"news\": [1, {\"a\": null}],\n", maxReplacements: 1)
    #expect(try Observation.Snapshot(json: Array(later.utf8)) == Observation.Snapshot.sample())
  }

  @Test func `a snapshot that ends too early is told apart from a broken one`() throws {
    let bytes = Array(try Observation.Snapshot.sample().json().utf8)
    for count in stride(from: 1, to: bytes.count - 2, by: 7) {
      do throws(SnapshotFileError) {
        _ = try Observation.Snapshot(json: Array(bytes[..<count]))
        Issue.record("\(count) bytes were enough")
      } catch { #expect(error.code == .truncated(bytes: count)) }
    }
  }

  @Test func `broken JSON is shown by line and byte`() throws {
    #expect(mistake("{\n\"a\": 1,\n\"b\": x}")?.code == .broken(offset: 15, line: 3))
    #expect(mistake("{\"a\": 1} {}")?.code == .broken(offset: 9, line: 1))
    #expect(mistake("[1, 2,]")?.code == .broken(offset: 6, line: 1))
    #expect(mistake("{\"a\" 1}")?.code == .broken(offset: 5, line: 1))
    #expect(mistake("{\"a\": 01}")?.code == .broken(offset: 7, line: 1))
    #expect(mistake("{\"a\": \"\\q\"}")?.code == .broken(offset: 8, line: 1))
    #expect(mistake("<html>\n")?.code == .broken(offset: 0, line: 1))
    #expect(mistake("{\"a\": \"\u{1}\"}")?.code == .broken(offset: 7, line: 1))
    let deep = String(repeating: "[", count: 100_000)
    #expect(mistake(deep)?.code == .broken(offset: 513, line: 1))
    let error = try #require(mistake("{\n\"a\": 1,\n\"b\": x}"))
    #expect(error.description == "it is no JSON: a value can't begin so on line 3, at byte 15")
  }

  @Test func `a text that isn't UTF-8 is shown where it is`() {
    let error = #expect(throws: SnapshotFileError.self) {
      try Observation.Snapshot(json: Array("{\"a\": \"".utf8) + [0xff, 0xfe] + Array("\"}".utf8))
    }
    #expect(error?.code == .broken(offset: 7, line: 1))
  }

  @Test func `other documents and later versions are named`() {
    #expect(mistake("")?.code == .empty)
    #expect(mistake(" \n")?.code == .empty)
    #expect(mistake("[]")?.code == .foreign(schema: nil))
    #expect(mistake("{}")?.code == .foreign(schema: nil))
    #expect(mistake("{\"schema\": \"kingpost.findings/1\"}")?.code == .foreign(schema: "kingpost.findings/1"))
    #expect(mistake("{\"schema\": \"kingpost.snapshot/2\"}")?.code == .future(version: 2))
    #expect(mistake("{\"schema\": 1}")?.code == .invalid(path: "schema"))
  }

  @Test(arguments: [
    ("\"index\" : 3", "\"index\" : \"three\"", "namespaces[0].links.value[0].index"),
    ("\"02:00:00:00:00:01\"", "\"02:00\"", "namespaces[0].links.value[0].address"),
    ("\"role\" : \"machine\"", "\"role\" : \"king\"", "namespaces[0].role"),
    ("\"uptime\" : 1234.5", "\"uptome\" : 1", "uptime"),
    ("\"unreadable\" : \"needs CAP_SYS_ADMIN\"", "\"other\" : 1", "namespaces[1].links.value"),
  ])
  func `a member that isn't what it must be is shown by its path`(
    _ before: String,
    _ after: String,
    _ path: String
  ) throws {
    let text = try Observation.Snapshot.sample().json().replacing(before, with: after, maxReplacements: 1)
    #expect(mistake(text)?.code == .invalid(path: path))
  }

  @Test func `a number that doesn't fit is an error`() throws {
    let text = try Observation.Snapshot.sample().json().replacing("18446744073709551615", with: "-1")
    let error = try #require(mistake(text))
    #expect(error.description.contains("doesn't fit"))
  }
}
