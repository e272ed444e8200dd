internal import Diagnosis
internal import NetworkTypes
internal import Observation
internal import Reporting

/// Two time lines in words.
enum TimelineWords {
  static func timelines(_ comparison: TimelineComparison, failed: ObservedLookup)
    -> ExperimentDocument.Timelines
  {
    let difference =
      comparison.failed.firstIndex(where: \.isFirstDifference)
      ?? comparison.answered.firstIndex(where: \.isFirstDifference)
    return ExperimentDocument.Timelines(
      failed: timeline(
        comparison.failed,
        of: failed.container,
        start: failed.result.start,
        name: failed.result.name
      ),
      answered: timeline(
        comparison.answered,
        of: comparison.answeredContainer,
        start: comparison.answered.first?.time,
        name: "a lookup of \(comparison.answeredContainer)"
      ),
      firstDifference: difference
    )
  }

  private static func timeline(
    _ entries: [TimelineEntry],
    of container: String,
    start: Timestamp?,
    name: String
  ) -> ExperimentDocument.Timeline {
    ExperimentDocument.Timeline(
      name: name,
      start: start?.description ?? "",
      entries: entries.map { entry in
        ExperimentDocument.Timeline.Entry(
          offset: entry.offset.inSeconds,
          place: entry.interface ?? container,
          event: words(entry)
        )
      }
    )
  }

  private static func words(_ entry: TimelineEntry) -> String {
    let way = [entry.source.map { "\($0)" }, entry.destination.map { "\($0)" }].compactMap(\.self)
      .joined(separator: " > ")
    let link = entry.linkDestination.map { " to \($0)" } ?? ""
    // At a port healthy frames have the type OTHERHOST too, so there it would only mislead.
    let isPort = entry.interface?.hasPrefix("veth") ?? true
    let type = isPort ? "" : entry.packetType.map { " [\(Self.words($0))]" } ?? ""
    switch entry.what {
    case .sent: return "sends the request \(way)"
    case .request: return "request \(way)\(link)\(type)"
    case .answer: return "answer \(way)\(link)\(type)"
    case .solicitation: return "asks who has the next hop\(link)\(type)"
    case .advertisement: return "is told who has the next hop\(link)\(type)"
    case .bridgeAddress(let old, let new): return "the bridge's MAC changes from \(old) to \(new)"
    case .ended: return "the lookup ends"
    }
  }

  private static func words(_ type: Sighting.PacketType) -> String {
    switch type {
    case .host: "HOST"
    case .broadcast: "BROADCAST"
    case .multicast: "MULTICAST"
    case .otherHost: "OTHERHOST"
    case .outgoing: "OUTGOING"
    }
  }
}
