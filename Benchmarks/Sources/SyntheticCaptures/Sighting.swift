/// A frame at an interface.
struct Sighting {
  /// When, in nanoseconds since 1970.
  let time: Int64
  /// The number of the lookup that it belongs to.
  let lookup: Int
  let step: Step

  /// Where a lookup's frames are seen, in order.
  enum Step: Int, CaseIterable {
    case queryAtPort, queryAtBridge, queryAtUplink, answerAtUplink, answerAtBridge, answerAtPort

    var isAnswer: Bool { rawValue >= Step.answerAtUplink.rawValue }
    /// The interface's index among `SyntheticCapture.interfaces`.
    var interface: Int { isAnswer ? Step.answerAtPort.rawValue - rawValue : rawValue }
    /// Whether the client's address is translated there.
    var isTranslated: Bool { interface == Step.queryAtUplink.rawValue }
  }
}

/// Puts the frames of lookups, which overlap, in the order of their times.
struct SightingQueue {
  private var waiting: [Sighting] = []

  /// Adds the frames of a lookup whose first one is at this time.
  mutating func add(_ lookup: SyntheticLookup, at time: Int64) {
    for step in Sighting.Step.allCases where !step.isAnswer || lookup.isAnswered {
      waiting.append(Sighting(time: time + lookup.delay(until: step), lookup: lookup.number, step: step))
    }
  }

  /// Takes the frames until a time, in order.
  mutating func take(until time: Int64) -> [Sighting] {
    waiting.sort { $0.time < $1.time }
    let count = waiting.firstIndex { $0.time > time } ?? waiting.count
    let due = Array(waiting[..<count])
    waiting.removeFirst(count)
    return due
  }
}
