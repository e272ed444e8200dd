import Foundation
import Reporting
import Testing

/// Python's parser reads the XML, as another program's opinion of it.
@Suite struct FindingsJUnitTests {
  /// What a program reads from JUnit XML: a line for each element with its attributes and text, as JSON.
  private func elements(_ xml: String) throws -> [JSONValue] {
    let script = """
      import sys, json, xml.etree.ElementTree as tree
      for element in tree.fromstring(sys.stdin.buffer.read()).iter():
          print(json.dumps({"tag": element.tag, "text": element.text or "", **element.attrib}))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(xml.utf8))
    try input.fileHandleForWriting.close()
    let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return try text.split(separator: "\n").map {
      try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8))
    }
  }

  private func tagged(_ tag: String, _ elements: [JSONValue]) -> [JSONValue] {
    elements.filter { $0["tag"] == .string(tag) }
  }

  @Test func `a server counts what the document holds`() throws {
    let elements = try elements(FindingsJUnit(.sample, failOn: .warning).render())
    let suite = try #require(tagged("testsuite", elements).first)
    #expect(suite["tests"] == .string("7"))
    #expect(suite["failures"] == .string("2"))
    #expect(suite["errors"] == .string("0"))
    #expect(suite["skipped"] == .string("3"))
    #expect(suite["hostname"] == .string("ci1"))
    #expect(suite["timestamp"] == .string("2026-11-23T04:05:06"))
    #expect(tagged("testcase", elements).count == 7)
    #expect(tagged("failure", elements).count == 2)
    #expect(tagged("skipped", elements).count == 3)
    let failure = try #require(tagged("failure", elements).first)
    #expect(failure["type"] == .string("critical"))
    #expect(failure["text"]?.string?.contains("ip link set dev br-ci address") == true)
    let messages = tagged("skipped", elements).compactMap { $0["message"]?.string }
    #expect(messages.contains { $0.hasPrefix("cannot tell: the addresses of container old") })
    #expect(messages.contains("doesn't apply: it has no ports"))
  }

  @Test(arguments: [
    (FindingsDocument.Severity.info, "3", 0), (.warning, "2", 1), (.critical, "1", 2),
  ])
  func `findings below the bound pass with their text`(
    failOn: FindingsDocument.Severity,
    failures: String,
    passed: Int
  ) throws {
    let elements = try elements(FindingsJUnit(.sample, failOn: failOn).render())
    #expect(tagged("testsuite", elements).first?["failures"] == .string(failures))
    #expect(tagged("system-out", elements).count == passed)
  }

  /// The attributes and elements that Jenkins' JUnit plugin and its schema know.
  @Test func `there are only elements and attributes that Jenkins knows`() throws {
    let known: [String: Set<String>] = [
      "testsuites": ["name", "time", "tests", "failures", "disabled", "errors", "skipped"],
      "testsuite": [
        "name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "id",
        "package", "file", "log", "url", "version",
      ],
      "properties": [], "property": ["name", "value"],
      "testcase": ["name", "assertions", "time", "classname", "status", "class", "file", "line", "group"],
      "skipped": ["type", "message"], "failure": ["type", "message"], "system-out": [],
    ]
    for element in try elements(FindingsJUnit(.sample, failOn: .warning).render()) {
      let tag = try #require(element["tag"]?.string)
      let allowed = try #require(known[tag], "\(tag) is unknown")
      let names = Set(try #require(element.object).keys).subtracting(["tag", "text"])
      #expect(names.isSubset(of: allowed))
    }
  }

  @Test(arguments: [
    "\u{0}\u{1}\u{1b}[31m", "]]>", "<failure/>&amp;&#0;", "\"'><!--", "\u{fffe}\u{ffff}\u{10ffff}",
    "\u{202e}",
    "a\r\nb\tc", "\u{9b}\u{85}\u{7f}", "<![CDATA[", "%s${x}",
  ])
  func `it is well-formed whatever a host holds`(text: String) throws {
    let xml = FindingsJUnit(.hostile(text), failOn: .info).render()
    #expect(xml.utf8.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    let elements = try elements(xml)
    #expect(tagged("testcase", elements).count == 7)
    #expect(tagged("failure", elements).count == 3)
  }

  @Test func `two results of one name stay two`() throws {
    let cases = tagged("testcase", try elements(FindingsJUnit(.hostile("x"), failOn: .warning).render()))
    let names = cases.compactMap { "\($0["classname"]?.string ?? "") \($0["name"]?.string ?? "")" }
    #expect(Set(names).count == 7)
    #expect(names.contains("kingpost.bridge-mac-unstable x (2)"))
  }
}
