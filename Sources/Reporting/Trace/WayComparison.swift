/// Two requests' ways, step by step beside one another, and where they differ first.
///
/// A step is where a frame was seen: an interface, a direction, and whether it was the response. Ports and
/// times are no difference, because no two requests have the same.
struct WayComparison {
  /// A step, as an index into each way's hops; nil where a way lacks it.
  struct Row: Hashable {
    var failed: Int?
    var answered: Int?
  }

  /// Where the ways differ first, and in what.
  struct Difference: Hashable {
    /// The row's index.
    var row: Int
    /// In words.
    var words: String
  }

  private struct Step: Hashable {
    let interface: String
    let direction: String?
    let isResponse: Bool

    init(_ hop: JourneyDocument.Hop) {
      (interface, direction, isResponse) = (hop.interface, hop.direction, hop.isResponse)
    }
  }

  /// All steps, in order.
  let rows: [Row]
  /// The first difference; nil if there is none.
  let difference: Difference?

  init(_ failed: JourneyDocument, _ answered: JourneyDocument) {
    let steps = (failed: failed.hops.map(Step.init), answered: answered.hops.map(Step.init))
    rows = Self.aligned(steps.failed, steps.answered)
    // Frames of the same time come in either order: a step that both ways have is missing in neither.
    let common = Set(steps.failed).intersection(steps.answered)
    difference = Self.first(in: rows, failed, answered, common)
  }

  private static func first(
    in rows: [Row],
    _ failed: JourneyDocument,
    _ answered: JourneyDocument,
    _ common: Set<Step>
  ) -> Difference? {
    for (index, row) in rows.enumerated() {
      let words: String?
      switch (row.failed.map { failed.hops[$0] }, row.answered.map { answered.hops[$0] }) {
      case (let hop?, let other?): words = Self.words(hop, of: failed, other, of: answered)
      case (let hop?, nil): words = common.contains(Step(hop)) ? nil : additional(hop)
      case (nil, let hop?):
        let isLast = !rows[index...].contains { $0.failed != nil }
        words = common.contains(Step(hop)) ? nil : missing(hop, isLast: isLast)
      case (nil, nil): words = nil
      }
      if let words { return Difference(row: index, words: words) }
    }
    return nil
  }

  /// The longest common subsequence of both stands side by side, everything else alone.
  private static func aligned(_ failed: [Step], _ answered: [Step]) -> [Row] {
    var lengths = Array(repeating: Array(repeating: 0, count: answered.count + 1), count: failed.count + 1)
    for left in failed.indices.reversed() {
      for right in answered.indices.reversed() {
        lengths[left][right] =
          failed[left] == answered[right]
          ? lengths[left + 1][right + 1] + 1 : max(lengths[left + 1][right], lengths[left][right + 1])
      }
    }
    var rows: [Row] = []
    var (left, right) = (0, 0)
    while left < failed.count, right < answered.count {
      if failed[left] == answered[right] {
        rows.append(Row(failed: left, answered: right))
        (left, right) = (left + 1, right + 1)
      } else if lengths[left + 1][right] >= lengths[left][right + 1] {
        rows.append(Row(failed: left))
        left += 1
      } else {
        rows.append(Row(answered: right))
        right += 1
      }
    }
    return rows + (left..<failed.count).map { Row(failed: $0) }
      + (right..<answered.count).map { Row(answered: $0) }
  }
}

extension WayComparison {
  /// What a step that both have differs in; nil if in nothing. What only one capture tells is no difference.
  private static func words(
    _ hop: JourneyDocument.Hop,
    of failed: JourneyDocument,
    _ other: JourneyDocument.Hop,
    of answered: JourneyDocument
  ) -> String? {
    if let one = hop.linkDestination, let two = other.linkDestination, one != two {
      return "frame is addressed to \(one) instead of \(two)"
    }
    if let one = hop.packetType, let two = other.packetType, one != two {
      return "packet type is \(one) instead of \(two)"
    }
    let client = translation(
      of: "client's",
      changed(hop.clientSide, failed.client),
      changed(other.clientSide, answered.client)
    )
    let server = translation(
      of: "server's",
      changed(hop.serverSide, failed.server),
      changed(other.serverSide, answered.server)
    )
    return client ?? server
  }

  /// The address, if it isn't what it was.
  private static func changed(_ now: JourneyDocument.Endpoint, _ before: JourneyDocument.Endpoint)
    -> String?
  {
    now.address == before.address ? nil : now.address
  }

  /// Whether only one way's address was translated, to `one` or `two`.
  private static func translation(of whose: String, _ one: String?, _ two: String?) -> String? {
    switch (one, two) {
    case (nil, let two?): "the \(whose) address isn't translated; the answered one's is, to \(two)"
    case (let one?, nil): "the \(whose) address is translated, to \(one); the answered one's isn't"
    default: nil
    }
  }

  private static func additional(_ hop: JourneyDocument.Hop) -> String {
    hop.isResponse
      ? "this one's response is seen at \(place(hop)); the answered one's isn't"
      : "this one is seen at \(place(hop)); the answered one isn't"
  }

  private static func missing(_ hop: JourneyDocument.Hop, isLast: Bool) -> String {
    switch (hop.isResponse, isLast) {
    case (false, true): "the answered one goes on to \(place(hop)); this one isn't seen any more"
    case (false, false): "the answered one is seen at \(place(hop)); this one isn't"
    case (true, true): "the answered one's response is seen at \(place(hop)); this one isn't seen any more"
    case (true, false): "the answered one's response is seen at \(place(hop)); this one's isn't"
    }
  }

  private static func place(_ hop: JourneyDocument.Hop) -> String {
    hop.interface + (hop.direction.map { " (\($0))" } ?? "")
  }
}

extension JourneyDocument.Hop {
  /// The end that is the client's, whichever way the frame goes.
  var clientSide: JourneyDocument.Endpoint { isResponse ? destination : source }
  /// The end that is the server's.
  var serverSide: JourneyDocument.Endpoint { isResponse ? source : destination }
}
