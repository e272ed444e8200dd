internal import Observation

extension Ruleset {
  /// The rules of a namespace: of nftables and of the legacy tables; unreadable if one of them is.
  static func reading(of namespace: NamespaceSnapshot) -> Reading<Ruleset> {
    var nftables: String?
    switch namespace.nftables {
    case .value(let text): nftables = text
    case .absent: nftables = nil
    case .unreadable(let reason): return .unreadable(reason: reason)
    }
    var legacy: [(family: String, text: String)] = []
    for (program, family) in [("iptables", "ip"), ("ip6tables", "ip6")] {
      switch namespace.legacyTables[program] {
      case .value(let text)?: legacy.append((family, text))
      case .unreadable(let reason)?: return .unreadable(reason: "\(program)-legacy-save: \(reason)")
      case .absent?, nil: continue
      }
    }
    return .value(Ruleset(nftables: nftables, legacy: legacy))
  }
}
