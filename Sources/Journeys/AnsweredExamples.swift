internal import NetworkTypes

/// One answered journey for each client and server of which one failed, to hold the failed ones against.
///
/// From the beginning of a capture one is kept for everybody, for nobody knows yet who will fail; afterwards only those that
/// are wanted are looked for, because looking takes time for each journey.
struct AnsweredExamples {
  /// Who asked whom.
  struct Key: Hashable {
    private let client: IPAddress
    private let server: IPAddress

    init(_ journey: TrackedJourney) {
      client = journey.client.address
      server = journey.server.address
    }
  }

  /// So many answered journeys are the beginning.
  private static let beginning = 10_000
  private static let most = 1_024

  private var kept: [Key: Journey] = [:]
  private var failed: Set<Key> = []
  private var missing = 0

  /// Whether an answered journey may be of use, after so many.
  @inline(__always)
  func isLooking(_ answered: Int) -> Bool { missing > 0 || answered <= Self.beginning }

  /// Whether there is none yet, and room.
  func lacks(_ key: Key) -> Bool { kept[key] == nil && kept.count < Self.most }

  mutating func add(_ journey: Journey, _ key: Key) {
    kept[key] = journey
    if failed.contains(key) { missing -= 1 }
    // Nothing more can be kept, so nothing is looked for.
    if kept.count == Self.most { missing = 0 }
  }

  /// One failed, so that an answered one is wanted.
  mutating func want(_ key: Key) {
    guard failed.count < Self.most, failed.insert(key).inserted else { return }
    if lacks(key) { missing += 1 }
  }

  /// Those that are wanted, the earliest first.
  var wanted: [Journey] {
    failed.compactMap { kept[$0] }.sorted { ($0.start, $0.transaction) < ($1.start, $1.transaction) }
  }
}
