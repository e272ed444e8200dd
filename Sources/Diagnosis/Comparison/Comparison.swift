public import Observation

/// What differs between two bridges or two snapshots, what matters most first. Pure.
///
/// Names, numbers, ids, subnets, counters and timers must differ and are no differences.
public struct Comparison: Sendable {
  /// What differs.
  public let differences: [Difference]
  /// What couldn't be compared, and why.
  public let blindSpots: [String]

  /// Compares two bridges of one snapshot or of two.
  public init(_ left: BridgeView, of leftHost: HostView, with right: BridgeView, of rightHost: HostView) {
    var collector = DifferenceCollector()
    BridgeComparison(left: left, leftHost: leftHost, right: right, rightHost: rightHost).run(into: &collector)
    (differences, blindSpots) = collector.result
  }

  /// Compares two snapshots: what changed from the first to the second.
  public init(_ left: Snapshot, with right: Snapshot) {
    var collector = DifferenceCollector()
    SnapshotComparison(left: left, right: right).run(into: &collector)
    (differences, blindSpots) = collector.result
  }
}

/// Collects differences.
struct DifferenceCollector {
  private var differences: [Difference] = []
  private var blindSpots: [String] = []

  /// The differences in order, and what couldn't be compared, each once.
  var result: ([Difference], [String]) {
    let ordered = differences.enumerated().sorted { left, right in
      (left.element.weight, left.element.rank, left.offset) < (
        right.element.weight, right.element.rank, right.offset
      )
    }.map(\.element)
    var seen: Set<String> = []
    return (ordered, blindSpots.filter { seen.insert($0).inserted })
  }

  /// Notes two values if they differ.
  mutating func compare(
    _ left: String?,
    _ right: String?,
    _ subject: String,
    _ property: String,
    _ significance: Significance
  ) {
    guard left != right else { return }
    differences.append(
      Difference(
        weight: significance.weight,
        subject: subject,
        property: property,
        left: left,
        right: right,
        why: significance.why,
        rank: significance.rank
      )
    )
  }

  /// Notes two readings if they differ; what couldn't be read is not compared, and said so.
  mutating func compare<Value>(
    _ left: Reading<Value>?,
    _ right: Reading<Value>?,
    _ subject: String,
    _ property: String,
    _ significance: Significance,
    words: (Value) -> String?
  ) {
    func value(_ reading: Reading<Value>?, _ side: String) -> (isReadable: Bool, words: String?) {
      switch reading {
      case .value(let value): return (true, words(value))
      case .absent: return (true, nil)
      case nil: return (false, nil)
      case .unreadable(let reason):
        blindSpots.append("\(subject), \(property) (\(side)): \(reason)")
        return (false, nil)
      }
    }
    let (left, right) = (value(left, "A"), value(right, "B"))
    if left.isReadable, right.isReadable { compare(left.words, right.words, subject, property, significance) }
  }

  /// Two readings' values, if both could be read (an absent one as `none`); says so if not.
  mutating func both<Value>(
    _ left: Reading<Value>,
    _ right: Reading<Value>,
    _ what: String,
    none: Value
  ) -> (Value, Value)? {
    for (reading, side) in [(left, "A"), (right, "B")] {
      if case .unreadable(let reason) = reading { blindSpots.append("\(what) (\(side)): \(reason)") }
    }
    func value(_ reading: Reading<Value>) -> Value? {
      switch reading {
      case .value(let value): value
      case .absent: none
      case .unreadable: nil
      }
    }
    guard let left = value(left), let right = value(right) else { return nil }
    return (left, right)
  }

  /// Notes what only one of two lists has, together.
  mutating func compareSets(
    _ left: [String],
    _ right: [String],
    _ subject: String,
    _ property: String,
    _ significance: Significance
  ) {
    let (leftOnly, rightOnly) = (Self.difference(left, right), Self.difference(right, left))
    if leftOnly.isEmpty, rightOnly.isEmpty { return }
    func words(_ all: [String]) -> String? { all.isEmpty ? nil : all.joined(separator: "; ") }
    compare(words(leftOnly), words(rightOnly), subject, property, significance)
  }

  /// What the first has and the second doesn't, with repetitions, in order.
  private static func difference(_ left: [String], _ right: [String]) -> [String] {
    var counts = Dictionary(right.map { ($0, 1) }, uniquingKeysWith: +)
    return left.filter { element in
      guard let count = counts[element], count > 0 else { return true }
      counts[element] = count - 1
      return false
    }
  }
}
