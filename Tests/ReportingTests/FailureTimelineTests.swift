import Testing

@testable import Reporting

@Suite struct FailureTimelineTests {
  private typealias Change = TraceDocument.AddressChange

  private func time(_ second: String) -> String { "2026-11-23T04:05:\(second)Z" }

  private func change(_ second: String, from old: String? = "02:00:00:00:00:01", at interface: String? = nil)
    -> Change
  {
    Change(
      time: time(second),
      address: "172.18.0.1",
      from: old,
      to: "02:00:00:00:00:09",
      interface: interface
    )
  }

  private func picture(_ failures: [String], _ changes: [Change]) -> String {
    FailureTimeline(failures: failures, changes: changes).lines.joined(separator: "\n")
  }

  @Test func `failures stand over the changes`() {
    let failures = Array(repeating: time("06"), count: 12) + [time("07.5"), time("07.5"), time("10.5")]
    #expect(
      picture(failures, [change("11", from: nil), change("05.000000007", at: "br0")]) == """
          04:05:05.000000 to 04:05:11Z, 100.000 ms a column (# is ten or more):

          failures  |.........#..............2.............................1.....|
          MACs      |^                                                          ^|

          04:05:05.000000 172.18.0.1 went from 02:00:00:00:00:01 to 02:00:00:00:00:09
            (br0)
          04:05:11Z 172.18.0.1 is first seen at 02:00:00:00:00:09
        """
    )
  }

  @Test func `a single moment is a column`() {
    #expect(
      picture([time("06.000000000")], [change("06.000000000")]) == """
          04:05:06.000000 to 04:05:06.000000, 0.000 ms a column (# is ten or more):

          failures  |1|
          MACs      |^|

          04:05:06.000000 172.18.0.1 went from 02:00:00:00:00:01 to 02:00:00:00:00:09
        """
    )
  }

  @Test func `eight changes are listed, and the others counted`() {
    let lines = FailureTimeline(
      failures: [time("06")],
      changes: (10..<20).map { change("\($0)", from: nil) }
    ).lines
    #expect(lines.count == 5 + 8 + 1)
    #expect(lines.last == "  2 more changes")
  }

  @Test func `without a failure or a change there is no picture`() {
    #expect(picture([], [change("06")]).isEmpty)
    #expect(picture([time("06")], []).isEmpty)
    #expect(picture(["never"], [change("06")]).isEmpty)
    #expect(picture([time("06")], [change("never")]).isEmpty)
  }

  @Test func `the longest time and hostile names fit a terminal`() {
    var hostile = change("06", at: "eth\u{1b}[31m" + String(repeating: "x", count: 200))
    hostile.address = "2001:db8:1111:2222:3333:4444:5555:6666"
    let lines = FailureTimeline(
      failures: ["1970-01-01T00:00:00.000000000Z", "2261-12-31T23:59:59.999999999Z"],
      changes: [hostile]
    ).lines
    #expect(lines.allSatisfy { $0.utf8.allSatisfy { (0x20..<0x7f).contains($0) } && $0.count <= 80 })
    #expect(lines.contains { $0.hasSuffix("...1|") })
  }
}
