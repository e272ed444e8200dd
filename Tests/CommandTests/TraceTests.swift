import Foundation
import Snapshots
import Testing

@Suite struct TraceTests {
  /// The folder of captures that real programs made.
  private static let captures = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .appending(path: "CapturesTests/Fixtures").path

  private func trace(_ arguments: String) throws -> Invocation {
    try Invocation(shell: "cd '\(Self.captures)' && exec \"$kingpost\" trace \(arguments)")
  }

  @Test(arguments: ["veth.pcap", "any.pcap", "several.pcapng"])
  func `a capture's trace reads as it was recorded`(file: String) throws {
    let run = try trace(file)
    #expect(run.status == 1)
    let difference = try Snapshot.difference(run.output, from: "trace-\(file).txt")
    #expect(difference == nil)
    // One of its interfaces was captured with a snapshot length.
    let complaint = file == "several.pcapng" ? "2 DNS messages were cut off by the capture" : ""
    #expect(complaint.isEmpty ? run.errors.isEmpty : run.errors.contains(complaint))
  }

  @Test func `journeys are lines, of standard input too`() throws {
    let run = try trace("any.pcap --format ndjson")
    #expect(run.status == 1)
    let difference = try Snapshot.difference(run.output, from: "trace-any.ndjson")
    #expect(difference == nil)
    #expect(try trace("- --format ndjson <any.pcap").output == run.output)
    #expect(
      try trace("- --format ndjson <veth.pcap.gz").output
        == trace("veth.pcap --format ndjson").output
        .replacing("veth.pcap", with: "standard input")
    )
  }

  @Test func `all that is answered is found well`() throws {
    let run = try trace("large.pcap.gz")
    // It has frames without DNS only.
    #expect(run.status == 2)
    #expect(run.output.contains("WHAT BECAME OF 0 REQUESTS"))
  }

  @Test func `a capture that is cut off is read as far as it goes, and that is said`() throws {
    let run = try trace("- <<END\n$(head -c 300 veth.pcap | base64)\nEND")
    #expect(run.status == 64)
    let cut = try Invocation(
      shell: "cd '\(Self.captures)' && head -c 500 veth.pcap | \"$kingpost\" trace - --format json"
    )
    #expect(cut.errors.contains("standard input was read up to octet"))
    #expect(cut.output.contains("\"complete\" : false"))
  }

  @Test(arguments: [
    ("--follow veth.pcap", "live traces"), ("--duration 1 veth.pcap", "live traces"),
    ("--duration 0", "0.1 to"), ("--follow --format json", "--follow prints text"),
    ("--write copy.pcapng --duration 1", "of a live trace there is none"),
    ("--on bridge:br0 --duration 1", "host, container:NAME or netns:PATH"),
    ("--on netns:/missing --duration 1", "no network namespace"), ("- -", "only once"),
    ("README.md", "no capture (pcap or pcapng)"),
    ("missing.pcap", "No such file"), ("veth.pcap --timeout 0", "0.001 to 3600"),
    ("veth.pcap --format xml", "xml"),
  ])
  func `bad input is refused, and nothing is printed`(arguments: String, words: String) throws {
    let run = try trace(arguments)
    #expect(run.status == 64)
    #expect(run.errors.contains(words))
    #expect(run.output.isEmpty)
  }

  @Test(arguments: [("json", "kingpost.trace/1"), ("ndjson", "kingpost.journey/1")])
  func `the schemas are printed`(format: String, id: String) throws {
    let run = try trace("--schema --format \(format)")
    #expect(run.status == 0)
    #expect(run.output.contains("\"$id\": \"\(id)\""))
  }
}
