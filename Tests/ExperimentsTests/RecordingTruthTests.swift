import Diagnosis
import Journeys
import NetworkTypes
import Observation
import Testing

@testable import Experiments

@Suite struct RecordingTruthTests {
  private static let server = SocketAddress(.v4(IPv4Address(192, 0, 2, 53)), port: 53)
  private static let client = SocketAddress(.v4(IPv4Address(172, 18, 0, 2)), port: 40_000)

  private static func at(_ milliseconds: Int64) -> Timestamp {
    Timestamp(nanoseconds: milliseconds * 1_000_000)
  }

  /// A lookup that lasts 10 ms.
  private func lookup(
    at milliseconds: Int64,
    _ outcome: LookupResult.Outcome,
    name: String = "l1.build.test",
    isSent: Bool = true
  ) -> LookupResult {
    let sent = Self.at(milliseconds)
    let attempt = LookupResult.Attempt(transaction: 1, client: Self.client, sent: sent)
    return LookupResult(
      name: name,
      type: 1,
      server: Self.server,
      transport: .udp,
      attempts: isSent ? [attempt] : [],
      start: sent,
      end: Self.at(milliseconds + 10),
      outcome: outcome
    )
  }

  /// The scenario's changes take from 1000 ms to 1005 ms, from 2000 ms to 2005 ms, and so on.
  private func verdict(_ id: String, _ result: LookupResult) throws -> RecordingTruth.Verdict {
    let scenario = try #require(RecordingScenario.named(id))
    let phases = (0..<scenario.phases).map { number in
      let start = Int64(number) * 1000
      return Recording.Phase(summary: "", change: Self.at(start)...Self.at(start + 5))
    }
    return RecordingTruth(
      scenario: scenario,
      phases: phases,
      ignored: [NameDigest.of("ignored.build.test")],
      margin: .milliseconds(20)
    )
    .verdict(result, in: "build")
  }

  /// Phase, outcome, stage and cause in words; nil if it isn't known.
  private func known(_ id: String, _ result: LookupResult) throws -> String? {
    guard case .known(let lookup) = try verdict(id, result) else { return nil }
    #expect(lookup.container == "build" && lookup.result == result)
    return
      "\(lookup.phase) \(lookup.outcome.rawValue) \(lookup.stage?.rawValue ?? "-") \(lookup.cause ?? "-")"
  }

  @Test func `who had an answer is well, in any phase`() throws {
    #expect(try known("mac-leave", lookup(at: 100, .answered(records: 1))) == "0 answered - -")
    #expect(try known("mac-leave", lookup(at: 1500, .answered(records: 1))) == "1 answered - -")
    #expect(try known("healthy", lookup(at: 1500, .errorResponse(code: 3))) == "1 answered - -")
  }

  @Test(arguments: [(UInt16(2), "resolver-error"), (5, "resolver-refused"), (1, "resolver-error")])
  func `errors are the resolver's`(code: UInt16, cause: String) throws {
    #expect(
      try known("healthy", lookup(at: 100, .errorResponse(code: code)))
        == "0 error-response upstream \(cause)"
    )
  }

  @Test func `what has no answer died of what its phase is known for`() throws {
    #expect(
      try known("mixture", lookup(at: 1500, .unanswered)) == "1 unanswered bridge bridge-mac-unstable"
    )
    #expect(
      try known("mixture", lookup(at: 3500, .unanswered)) == "3 unanswered translation masq-missing"
    )
    let refused = LookupResult.Outcome.notSent(reason: "Network is unreachable")
    #expect(
      try known("uplink-down", lookup(at: 1500, refused)) == "1 unanswered forwarding uplink-down"
    )
    #expect(try known("healthy", lookup(at: 100, .late)) == "0 late upstream resolver-late")
  }

  @Test func `what the resolver ignored came to it`() throws {
    for time: Int64 in [100, 1500, 2500] {
      let result = lookup(at: time, .unanswered, name: "ignored.build.test")
      #expect(try known("mac-and-losses", result)?.hasSuffix("unanswered upstream resolver-mute") == true)
    }
  }

  @Test func `what dies without a cause is said`() throws {
    for (id, time) in [("healthy", Int64(1500)), ("mac-leave", 100), ("mixture", 2500)] {
      guard case .unexplained(let lookup) = try verdict(id, lookup(at: time, .unanswered)) else {
        Issue.record("\(id) has a cause")
        continue
      }
      #expect(lookup.cause == nil)
    }
  }

  @Test func `what was in flight near a change, or never was, is left out`() throws {
    for time: Int64 in [975, 990, 1002, 1020] {
      #expect(try verdict("mac-leave", lookup(at: time, .answered(records: 1))) == .leftOut)
    }
    // The first phase begins before anybody asks.
    #expect(try known("mac-leave", lookup(at: 6, .answered(records: 1))) != nil)
    #expect(try known("mac-leave", lookup(at: 965, .answered(records: 1)))?.first == "0")
    #expect(try known("mac-leave", lookup(at: 1026, .answered(records: 1)))?.first == "1")
    let unsent = lookup(at: 1500, .notSent(reason: "no socket"), isSent: false)
    #expect(try verdict("mac-leave", unsent) == .leftOut)
  }
}
