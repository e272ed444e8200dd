internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The reverse path filter drops answers.
  static let rpFilter = CauseID(rawValue: "rp-filter")
}

/// The answer came in by an interface that isn't the way back to its source, and the filter is strict.
struct RpFilter: CauseRule {
  let id = CauseID.rpFilter
  let suspect = "reverse path filter"
  let stages: Set<Stage> = [.return]

  func explain(_ lookup: LookupCase) -> Explanation? {
    // IPv6 has no such setting.
    guard lookup.family == .v4, lookup.journey.answerAtBridge.isEmpty,
      let frame = lookup.journey.answerAtUplink.first?.sighting
    else { return nil }
    let name = lookup.history.name(frame.interface)
    // The greater of both counts (IN_DEV_RPFILTER, linux/inetdevice.h).
    let names = ["net.ipv4.conf.all.rp_filter", "net.ipv4.conf.\(name).rp_filter"]
    let settings = names.map { lookup.history.setting($0, at: frame.time) }
    let isStrict = settings.contains { $0.values.contains("1") } && !settings.contains { $0.value == "2" }
    guard isStrict else { return nil }
    let counter = "TcpExt.IPReversePathFilter"
    let growth = lookup.history.growth(of: counter, around: frame.time) ?? 0
    let word = lookup.dropEvidence(
      "IP_RPFILTER",
      near: frame.time,
      meaning: "the kernel dropped a packet at that moment because of the reverse path filter"
    )
    guard growth > 0 || !word.isEmpty else { return nil }
    let evidence = [
      lookup.evidence(frame, meaning: "the answer came in, and never reached the bridge"),
      Evidence(
        time: nil,
        source: "sysctl",
        value: zip(names, settings).map { "\($0) = \($1.values.joined(separator: " or "))" }.joined(
          separator: ", "
        ),
        meaning: "what comes in by \(name) must have its way back by \(name)"
      ),
      Evidence(
        time: nil,
        source: "/proc/net/netstat",
        value: "\(counter) +\(growth)",
        meaning: "packets were dropped because the way back to their source is another"
      ),
    ]
    return Explanation(
      confidence: word.isEmpty ? .likely : .certain,
      evidence: evidence + word,
      decidedBy: "skb:kfree_skb with the reason IP_RPFILTER"
    )
  }
}
