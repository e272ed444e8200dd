public import Observation

/// What all checks say about a snapshot.
public struct Audit: Sendable {
  /// What was looked at.
  public let host: HostView
  /// Every check's results, in the order of the catalogue.
  public let results: [CheckResult]

  /// Runs all checks, or those that are given.
  public init(_ snapshot: Snapshot, checks: [any Check] = Checks.all) {
    host = HostView(snapshot)
    let host = host
    results = checks.flatMap { $0.examine(host) }
  }

  /// What was found, the worst first, then in the order of the catalogue.
  public var findings: [Finding] {
    results.compactMap(\.finding).enumerated().sorted { left, right in
      (right.element.severity, left.offset) < (left.element.severity, right.offset)
    }.map(\.element)
  }
}
