internal import Observation

/// The packet filter's rules as a state has them: nftables' and the legacy tables'.
struct RulesText: Hashable, Sendable {
  private let nftables: String
  private let legacy: [String: String]

  /// The rules of a state; nil if one of the filters couldn't be read.
  init?(_ state: NamespaceState) {
    guard let nftables = state.ruleset.value else { return nil }
    var legacy: [String: String] = [:]
    for (program, reading) in state.legacyTables {
      switch reading {
      case .value(let text): legacy[program] = text.withoutComments
      case .absent: continue
      case .unreadable: return nil
      }
    }
    self.nftables = nftables
    self.legacy = legacy
  }

  /// The rules, read.
  var ruleset: Ruleset {
    Ruleset(
      nftables: nftables,
      legacy: legacy.sorted { $0.key < $1.key }.map { program, text in
        (family: program == "iptables" ? "ip" : "ip6", text: text)
      }
    )
  }
}

extension String {
  /// Without the lines in which iptables-save(8) tells the time, so that equal means unchanged.
  fileprivate var withoutComments: String {
    split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: "\n")
  }
}
