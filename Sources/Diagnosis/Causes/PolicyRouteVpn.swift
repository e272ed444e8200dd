internal import NetworkTypes
internal import Observation

extension CauseID {
  /// A routing rule leads containers' packets into a tunnel.
  static let policyRouteVpn = CauseID(rawValue: "policy-route-vpn")
}

/// The host took the request, and a rule that looks at where it comes from led it to a link that isn't the uplink.
struct PolicyRouteVpn: CauseRule {
  let id = CauseID.policyRouteVpn
  let suspect = "routing rules"
  let stages: Set<Stage> = [.forwarding]

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let link = WrongLink(lookup), !link.isPort, let rule = link.rule else { return nil }
    let table = rule.table.map { "table \($0)" } ?? "a table"
    let selector = rule.source.map { "from \($0)" } ?? rule.mark.map { "fwmark \($0)" } ?? "by interface"
    let explanation = link.explanation(meaning: "a routing rule leads there")
    let evidence = Evidence(
      time: nil,
      source: "rtnetlink, rules",
      value: "priority \(rule.priority), \(selector), \(table)",
      meaning: "packets of these containers are looked up there, and others aren't"
    )
    return Explanation(
      confidence: explanation.confidence,
      evidence: explanation.evidence + [evidence],
      decidedBy: explanation.decidedBy
    )
  }
}
