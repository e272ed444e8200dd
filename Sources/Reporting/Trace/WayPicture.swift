/// Draws a failed request's way, beside an answered one's of the same client, or alone.
struct WayPicture {
  private static let mark = "! "

  /// What its signs mean.
  static let legend = "-> request, <- response, + time since the request was first seen, ! first difference"

  private let failed: JourneyDocument
  private let answered: JourneyDocument?

  init(_ failed: JourneyDocument, beside answered: JourneyDocument? = nil) {
    self.failed = failed
    self.answered = answered
  }

  /// The picture: printable ASCII of at most 80 columns.
  var lines: [String] { (answered.map { both($0) } ?? alone).map { $0.trimmingTrailingSpaces.printable } }

  private var alone: [String] {
    let margin = String(repeating: " ", count: Self.mark.count)
    return Self.cells(failed, width: TextLayout.width - margin.count).flatMap { $0 }.map { margin + $0 }
  }

  private func both(_ answered: JourneyDocument) -> [String] {
    let width = (TextLayout.width - Self.mark.count - 3) / 2
    let margin = String(repeating: " ", count: Self.mark.count)
    func row(_ left: String, _ right: String, isMarked: Bool = false) -> String {
      (isMarked ? Self.mark : margin) + TextLayout.padded(left, to: width) + " | " + right
    }
    let rule = String(repeating: "-", count: width)
    var lines = [
      row(Self.heading("FAILED", failed), Self.heading("ANSWERED", answered)), row(rule, rule),
    ]
    let comparison = WayComparison(failed, answered)
    let left = Self.cells(failed, width: width)
    let right = Self.cells(answered, width: width)
    for (index, step) in comparison.rows.enumerated() {
      let one = step.failed.map { left[$0] } ?? []
      let two = step.answered.map { right[$0] } ?? []
      for line in 0..<max(one.count, two.count) {
        lines.append(
          row(
            line < one.count ? one[line] : "",
            line < two.count ? two[line] : "",
            isMarked: line == 0 && index == comparison.difference?.row
          )
        )
      }
    }
    guard let difference = comparison.difference else {
      return lines + [margin + "(no difference on the way)"]
    }
    let words = TextLayout.wrap(
      "first difference: \(difference.words)",
      to: TextLayout.width - Self.mark.count
    )
    return lines + words.enumerated().map { ($0 == 0 ? Self.mark : margin) + $1 }
  }

  private static func heading(_ outcome: String, _ way: JourneyDocument) -> String {
    "\(outcome), id \(way.transaction), \(Moment.clock(way.start))"
  }

  /// The lines of each of a way's steps.
  private static func cells(_ way: JourneyDocument, width: Int) -> [[String]] {
    let times = way.hops.map { time(of: $0, in: way) }
    let widest = times.map(\.count).max() ?? 0
    return way.hops.indices.map { index in
      let hop = way.hops[index]
      let name = "\(hop.isResponse ? "<-" : "->") \(hop.interface)\(hop.direction.map { " " + $0 } ?? "")"
      let lead = TextLayout.padded(times[index], to: widest, onTheLeft: true) + " "
      let first = TextLayout.wrap(name, to: width - lead.count).enumerated().map { line, text in
        (line == 0 ? lead : String(repeating: " ", count: lead.count)) + text
      }
      let facts = details(of: hop, after: index > 0 ? way.hops[index - 1] : nil)
      return first + facts.flatMap { TextLayout.wrap($0, to: width - 4) }.map { "    " + $0 }
    }
  }

  /// The addresses where they aren't those of the step before, and what the link says.
  private static func details(of hop: JourneyDocument.Hop, after previous: JourneyDocument.Hop?) -> [String] {
    let isTranslated = previous?.clientSide != hop.clientSide || previous?.serverSide != hop.serverSide
    let addresses = isTranslated ? "\(hop.source.text) -> \(hop.destination.text)" : nil
    let link = hop.linkDestination.map { "to \($0)" } ?? hop.packetType.map { "packet type \($0)" }
    return [addresses, link].compactMap { $0 }
  }

  private static func time(of hop: JourneyDocument.Hop, in way: JourneyDocument) -> String {
    guard let start = way.hops.first.flatMap({ Moment.nanoseconds($0.time) }),
      let moment = Moment.nanoseconds(hop.time)
    else { return "?" }
    let milliseconds = Numbers.fixed(Double(moment - start) / 1e6, 3)
    return (milliseconds.hasPrefix("-") ? "" : "+") + milliseconds + " ms"
  }
}

extension JourneyDocument.Endpoint {
  /// "172.18.0.2:53", "[2001:db8::53]:53".
  var text: String { address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)" }
}
