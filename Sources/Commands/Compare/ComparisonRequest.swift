internal import Diagnosis
internal import Observation
internal import Reporting

/// What is to be compared.
struct ComparisonRequest {
  private let left: String
  private let right: String
  private let files: [String]

  /// Two bridges with the snapshots that they are in, if they aren't this machine's; or two snapshots.
  init(_ left: String, _ right: String, files: [String]) {
    self.left = left
    self.right = right
    self.files = files
  }

  /// Compares them.
  func document() throws -> ComparisonDocument {
    switch (Scope(left), Scope(right)) {
    case (.bridge(let first)?, .bridge(let second)?): return try bridges(first, second)
    case (.bridge?, _), (_, .bridge?):
      throw Exit.usage("\(left.harmless) and \(right.harmless): a bridge can be compared with a bridge only.")
    default: return try snapshots()
    }
  }

  private func bridges(_ first: String, _ second: String) throws -> ComparisonDocument {
    let sources = try files.map { try Self.source($0) }
    let snapshot = try (sources.first ?? .live).snapshot()
    let other = try sources.count > 1 ? sources[1].snapshot() : snapshot
    let host = HostView(snapshot)
    let otherHost = sources.count > 1 ? HostView(other) : host
    let comparison = Comparison(
      try ScopeFilter.bridge(first, on: host),
      of: host,
      with: try ScopeFilter.bridge(second, on: otherHost),
      of: otherHost
    )
    return ComparisonDocument(comparison, (left, snapshot), (right, other))
  }

  private func snapshots() throws -> ComparisonDocument {
    guard files.isEmpty else { throw Exit.usage("--in is for bridges.") }
    let first = try Self.source(left).snapshot()
    let second = try Self.source(right).snapshot()
    return ComparisonDocument(Comparison(first, with: second), (left, first), (right, second))
  }

  private static func source(_ text: String) throws(Exit) -> SnapshotSource {
    if text == "host" { return .live }
    if let source = SnapshotSource(text) { return source }
    throw .usage(
      "\"\(text.harmless)\" is neither bridge:NAME nor a snapshot's file, nor host (this machine), nor -."
    )
  }
}

extension ComparisonDocument {
  /// The document of a comparison of what was asked for by these names.
  init(
    _ comparison: Comparison,
    _ left: (name: String, snapshot: Snapshot),
    _ right: (name: String, snapshot: Snapshot)
  ) {
    var header = DocumentHeader(right.snapshot.origin)
    header.complete = left.snapshot.origin.complete && right.snapshot.origin.complete
    header.blindSpots = comparison.blindSpots
    self.init(
      header: header,
      left: Side(left),
      right: Side(right),
      differences: comparison.differences.map { Difference($0) }
    )
  }
}

extension ComparisonDocument.Side {
  fileprivate init(_ side: (name: String, snapshot: Snapshot)) {
    let origin = side.snapshot.origin
    self.init(name: side.name, host: origin.host, kernel: origin.kernel, time: origin.time)
  }
}

extension ComparisonDocument.Difference {
  fileprivate init(_ difference: Difference) {
    let weight: ComparisonDocument.Weight =
      switch difference.weight {
      case .decisive: .decisive
      case .important: .important
      case .notable: .notable
      case .minor: .minor
      }
    self.init(
      weight: weight,
      subject: difference.subject,
      property: difference.property,
      left: difference.left,
      right: difference.right,
      why: difference.why
    )
  }
}
