internal import NetworkTypes
internal import Observation

extension CauseID {
  /// No rule translates the containers' addresses.
  static let masqMissing = CauseID(rawValue: "masq-missing")
}

/// Requests leave with the container's own address, to which no answer finds its way.
struct MasqMissing: CauseRule {
  let id = CauseID.masqMissing
  let suspect = "translation rules"
  let stages: Set<Stage> = [.translation]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let (frame, source) = lookup.journey.requestAtUplink.last else { return nil }
    let seen = lookup.evidence(
      frame,
      meaning:
        "the request leaves the host with the source \(source.address), which is the container's own"
    )
    func rules(_ value: String, _ meaning: String) -> Evidence {
      Evidence(time: nil, source: "nft list ruleset", value: value, meaning: meaning)
    }
    let decidedBy =
      "the ruleset at the moment of the lookup, and the flow's connection tracking entry"
    let packet = lookup.packet(out: lookup.host.uplink)
    switch lookup.history.ruleset(at: frame.time) {
    case .unknown:
      return Explanation(confidence: .possible, evidence: [seen], decidedBy: decidedBy)
    case .changed(let before, let after):
      guard
        before.translatesSource(of: packet) == false || after.translatesSource(of: packet) == false
      else {
        return nil
      }
      let changed = rules("changed", "before or after, no rule translates this packet")
      return Explanation(confidence: .likely, evidence: [seen, changed], decidedBy: decidedBy)
    case .held(let ruleset):
      switch ruleset.translatesSource(of: packet) {
      case false:
        let none = rules(
          "no masquerade or snat for it on hook postrouting",
          "no rule translates this packet"
        )
        return Explanation(confidence: .certain, evidence: [seen, none], decidedBy: decidedBy)
      case true:
        let some = rules(
          "masquerade or snat on hook postrouting",
          "a rule should have translated this packet"
        )
        return Explanation(confidence: .possible, evidence: [seen, some], decidedBy: decidedBy)
      case nil:
        let unclear = rules(
          "conditions that can't be judged here",
          "whether a rule applies is open"
        )
        return Explanation(confidence: .possible, evidence: [seen, unclear], decidedBy: decidedBy)
      }
    }
  }
}
