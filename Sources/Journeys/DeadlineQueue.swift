internal import DequeModule

/// When journeys under way end, in the order in which they were added: moments come nearly in order, and one that waits
/// behind a later one ends as soon as that does.
struct DeadlineQueue: ~Copyable {
  /// A journey's end, in nanoseconds since 1970; void if its place in the pool has been used anew since.
  struct Due {
    let time: Int64
    let number: Int32
    let generation: UInt32
  }

  private var queue = Deque<Due>()

  mutating func add(_ number: Int32, _ generation: UInt32, at time: Int64) {
    queue.append(Due(time: time, number: number, generation: generation))
  }

  /// The first, taken out, if it is before a moment.
  @inline(__always)
  mutating func next(before time: Int64) -> Due? {
    guard let first = queue.first, first.time < time else { return nil }
    return queue.removeFirst()
  }
}
