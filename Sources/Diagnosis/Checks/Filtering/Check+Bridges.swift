internal import Observation

extension Check {
  /// A result for each bridge whose containers the host routes for, with the bridge's namespace; others don't apply.
  func eachRoutedBridge(
    of host: HostView,
    _ judge: (BridgeView, NamespaceView) throws(Missing) -> Judgement
  ) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard let namespace = host.namespaces.first(where: { $0.state.id == bridge.namespace.id }) else {
        return .notApplicable("its namespace isn't looked at")
      }
      if let why = bridge.notRouted(in: namespace) { return .notApplicable(why) }
      return try judge(bridge, namespace)
    }
  }

  /// Rules that stand in the way of a judgement.
  func undecided(_ sites: [Ruleset.Site], _ ruleset: Ruleset, _ packet: String) -> Judgement {
    var shown: [String] = []
    for site in sites where shown.count < 2 {
      let words = ruleset.words(site)
      if !shown.contains(words) { shown.append(words) }
    }
    let rules = shown.isEmpty ? "" : ": " + shown.joined(separator: "; ")
    return .unknown(
      "what becomes of \(packet): it depends on a rule that can't be judged from its text\(rules)"
    )
  }
}
