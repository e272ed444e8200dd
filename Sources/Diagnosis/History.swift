internal import NetworkTypes

/// A value over time, as far as it was told.
struct History<Value: Hashable & Sendable>: Sendable {
  /// The moments at which the value was told and differed from the one before.
  let changes: [(time: Timestamp, value: Value)]

  /// Puts what was told into order and drops what told nothing new.
  init(_ told: [(time: Timestamp, value: Value)]) {
    var changes: [(time: Timestamp, value: Value)] = []
    // A stable order: of two values with the same time, the later one told counts as the later one.
    let ordered = told.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }
    for (_, entry) in ordered where changes.last?.value != entry.value { changes.append(entry) }
    self.changes = changes
  }

  /// The value that was told last before or at a moment; nil before the first.
  func value(at time: Timestamp) -> Value? {
    let next = changes.partitioningIndex { $0.time > time }
    return next > 0 ? changes[next - 1].value : nil
  }

  /// All values that may have held at a moment, if the news of a change arrives up to `lag` after it.
  func values(around time: Timestamp, lag: Duration) -> [Value] {
    let next = changes.partitioningIndex { $0.time > time }
    let last = changes.partitioningIndex { $0.time > time + lag }
    return changes[max(0, next - 1)..<last].map(\.value)
  }
}
