/// The hops of all journeys under way, each in a chain: nothing is allocated for one, and a chain is given back at once.
struct HopPool: ~Copyable {
  private var hops: [Hop] = []
  /// The chains, apart from the hops, so that following one touches little memory.
  private var nexts: [Int32] = []
  private var firstFree = JourneyTable.none

  /// Keeps a hop as the end of a chain; its number.
  mutating func insert(_ hop: Hop) -> Int32 {
    let number = firstFree
    guard number != JourneyTable.none else {
      hops.append(hop)
      nexts.append(JourneyTable.none)
      return Int32(hops.count - 1)
    }
    firstFree = nexts[Int(number)]
    hops[Int(number)] = hop
    nexts[Int(number)] = JourneyTable.none
    return number
  }

  /// Has one hop follow another.
  mutating func link(_ number: Int32, to next: Int32) { nexts[Int(number)] = next }

  /// The one that follows.
  func next(after number: Int32) -> Int32 { nexts[Int(number)] }

  /// Gives a whole chain back.
  mutating func remove(from first: Int32, to last: Int32) {
    guard first != JourneyTable.none else { return }
    nexts[Int(last)] = firstFree
    firstFree = first
  }

  subscript(number: Int32) -> Hop {
    _read { yield hops[Int(number)] }
  }
}
