internal import NetworkTypes
internal import Observation

/// All requests that were sent from a host, so that frames with the same id and question go to the right one.
struct AttemptIndex: Sendable {
  private struct Sent {
    let time: Timestamp
    let until: Timestamp
    let client: SocketAddress
  }

  /// How long after a lookup's end its answer is still waited for, to call it late and not missing.
  static let grace = Duration.seconds(30)
  /// How much earlier than its time of sending a frame may have been seen: a program that reads the clock after
  /// it has sent may have lost the processor in between.
  static let slack = Duration.milliseconds(20)

  private let sent: [SightingIndex.Key: [Sent]]

  init(_ lookups: [ObservedLookup]) {
    var sent: [SightingIndex.Key: [Sent]] = [:]
    for lookup in lookups {
      let question = NameDigest.of(lookup.result.name)
      for attempt in lookup.result.attempts {
        let key = SightingIndex.Key(question: question, transaction: attempt.transaction)
        let entry = Sent(time: attempt.sent, until: lookup.result.end, client: attempt.client)
        sent[key, default: []].append(entry)
      }
    }
    self.sent = sent.mapValues { $0.sorted { $0.time < $1.time } }
  }

  private func others(_ attempt: LookupResult.Attempt, _ lookup: LookupResult) -> [Sent] {
    sent[SightingIndex.Key(question: NameDigest.of(lookup.name), transaction: attempt.transaction)]
      ?? []
  }

  /// When an attempt's frames can have been seen: until the same client asks the same with the same id again, or
  /// until nobody waits any more.
  func window(of attempt: LookupResult.Attempt, in lookup: LookupResult) -> Range<Timestamp> {
    let start = attempt.sent - Self.slack
    let next = others(attempt, lookup).first {
      $0.client == attempt.client && $0.time > attempt.sent
    }
    let end = max(lookup.end, attempt.sent) + Self.grace
    return start..<max(start, min(end, next.map { $0.time - Self.slack } ?? end))
  }

  /// Whether another client asked the same with the same id while this attempt was under way.
  func isAmbiguous(_ attempt: LookupResult.Attempt, in lookup: LookupResult) -> Bool {
    others(attempt, lookup).contains {
      $0.client != attempt.client && $0.time < lookup.end && $0.until > attempt.sent
    }
  }
}
