/// Finds journeys under way by what stays the same on all of their way: chains in a table that grows with their number.
struct JourneyTable: ~Copyable {
  /// No journey.
  static let none: Int32 = -1

  private var heads = [Int32](repeating: none, count: 1 << 10)
  private var mask = UInt64(1 << 10 - 1)

  /// The newest journey whose key falls into the same chain.
  @inline(__always)
  func first(_ key: UInt64) -> Int32 { heads[Int(truncatingIfNeeded: key & mask)] }

  /// Puts a journey before all others of its chain; `pool` keeps the chains.
  mutating func insert(_ number: Int32, _ pool: inout Pool<TrackedJourney>) {
    if pool.count > heads.count { grow(&pool) }
    link(number, &pool)
  }

  private mutating func link(_ number: Int32, _ pool: inout Pool<TrackedJourney>) {
    let place = Int(truncatingIfNeeded: pool[number].key & mask)
    let next = heads[place]
    pool[number].next = next
    pool[number].previous = Self.none
    if next != Self.none { pool[next].previous = number }
    heads[place] = number
  }

  /// Takes a journey out of its chain.
  mutating func remove(_ number: Int32, _ pool: inout Pool<TrackedJourney>) {
    let (next, previous) = (pool[number].next, pool[number].previous)
    if next != Self.none { pool[next].previous = previous }
    if previous == Self.none {
      heads[Int(truncatingIfNeeded: pool[number].key & mask)] = next
    } else {
      pool[previous].next = next
    }
  }

  private mutating func grow(_ pool: inout Pool<TrackedJourney>) {
    let old = heads
    heads = [Int32](repeating: Self.none, count: old.count * 4)
    mask = UInt64(heads.count - 1)
    for head in old {
      // The oldest of a chain first, so that the newest comes before it again.
      var chain: [Int32] = []
      var number = head
      while number != Self.none {
        chain.append(number)
        number = pool[number].next
      }
      for number in chain.reversed() { link(number, &pool) }
    }
  }
}
