/// Draws when requests failed, over when addresses went to another MAC.
struct FailureTimeline {
  private static let mostColumns: Int64 = 60
  private static let mostListed = 8

  private let failures: [(moment: Int64, time: String)]
  private let changes: [(moment: Int64, change: TraceDocument.AddressChange)]

  /// A time line of failed requests' starts (RFC 3339 UTC) and of changes; what has no such time is left out.
  init(failures: [String], changes: [TraceDocument.AddressChange]) {
    self.failures = failures.compactMap { time in
      Moment.nanoseconds(time).map { (moment: $0, time: time) }
    }
    self.changes = changes.compactMap { change in
      Moment.nanoseconds(change.time).map { (moment: $0, change: change) }
    }.sorted { ($0.moment, $0.change.address) < ($1.moment, $1.change.address) }
  }

  /// The picture: printable ASCII of at most 80 columns; nothing without a failure and a change.
  var lines: [String] {
    if failures.isEmpty || changes.isEmpty { return [] }
    let all = failures + changes.map { (moment: $0.moment, time: $0.change.time) }
    guard let start = all.min(by: { $0.moment < $1.moment }), let end = all.max(by: { $0.moment < $1.moment })
    else { return [] }
    let width = (end.moment - start.moment) / Self.mostColumns + 1
    func column(_ moment: Int64) -> Int { Int((moment - start.moment) / width) }
    var counts = Array(repeating: 0, count: column(end.moment) + 1)
    for (moment, _) in failures { counts[column(moment)] += 1 }
    var marks = Array(repeating: " ", count: counts.count)
    for (moment, _) in changes { marks[column(moment)] = "^" }
    let bars = counts.map { $0 == 0 ? "." : $0 < 10 ? "\($0)" : "#" }.joined()
    let span = "\(Moment.clock(start.time)) to \(Moment.clock(end.time))"
    let opening = "\(span), \(Self.duration(width)) a column (# is ten or more):"
    let picture = ["", "failures  |\(bars)|", "MACs      |\(marks.joined())|", ""]
    return (TextLayout.wrap(opening, to: TextLayout.width - 2) + picture + list)
      .map { ("  " + $0).trimmingTrailingSpaces.printable }
  }

  private var list: [String] {
    let shown = changes.prefix(Self.mostListed).flatMap { _, change in
      TextLayout.wrap(Self.words(change), to: TextLayout.width - 4).enumerated().map { line, text in
        (line == 0 ? "" : "  ") + text
      }
    }
    let rest = changes.count - min(changes.count, Self.mostListed)
    return shown + (rest > 0 ? [Numbers.count(rest, "more change")] : [])
  }

  private static func words(_ change: TraceDocument.AddressChange) -> String {
    let place = change.interface.map { " (\($0))" } ?? ""
    let start = "\(Moment.clock(change.time)) \(change.address)"
    guard let old = change.from else { return "\(start) is first seen at \(change.to)\(place)" }
    return "\(start) went from \(old) to \(change.to)\(place)"
  }

  private static func duration(_ nanoseconds: Int64) -> String {
    let milliseconds = Double(nanoseconds) / 1e6
    return milliseconds < 1000
      ? Numbers.fixed(milliseconds, 3) + " ms" : Numbers.fixed(milliseconds / 1000, 3) + " s"
  }
}
