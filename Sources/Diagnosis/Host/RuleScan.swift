internal import Observation

/// Looks through a namespace's rules for what can't be told by sending one packet through them.
struct RuleScan {
  /// A rule as text.
  struct Rule: Hashable {
    /// Where it is, such as "inet filter forward" or "iptables, FORWARD".
    let chain: String
    /// The nftables hook of a base chain, in small letters; nil for others.
    let hook: String?
    /// The rule as the tool prints it.
    let text: String
  }

  /// All rules that could be read.
  let rules: [Rule]
  /// Those about port 53 as a destination, of which there are few, and checks ask for each container.
  let rulesAboutDNSQuestions: [Rule]
  /// Those with a mark in them; likewise.
  let rulesWithMarks: [Rule]
  /// What couldn't be read.
  let missing: Missing?
  /// The names of the interfaces that lead out of the host.
  private let uplinks: Set<String>

  /// The one that the namespace was looked through with.
  init(_ namespace: NamespaceView) { self = namespace.scan }

  init(_ state: NamespaceSnapshot, uplinks: Set<String> = []) {
    self.uplinks = uplinks
    var rules: [Rule] = []
    var missing: Missing?
    switch state.nftables {
    case .value(let text): rules += Self.nftables(text)
    case .absent: break
    case .unreadable(let reason): missing = Missing(what: "the nftables rules of \(state.name): \(reason)")
    }
    for (tool, reading) in state.legacyTables.sorted(by: { $0.key < $1.key }) {
      switch reading {
      case .value(let text): rules += Self.legacy(text, tool: tool)
      case .absent: break
      case .unreadable(let reason): missing = Missing(what: "the \(tool) rules of \(state.name): \(reason)")
      }
    }
    self.rules = rules
    rulesAboutDNSQuestions = rules.filter(\.isAboutDNSQuestions)
    rulesWithMarks = rules.filter { $0.text.contains("mark") }
    self.missing = missing
  }

  /// Rules that drop ICMP, or its message about a packet that is too large.
  func rulesDroppingICMP() -> [Rule] {
    rules.filter { $0.drops && $0.names("icmp", "ipv6-icmp", "icmpv6", "l4proto { icmp") }
  }

  /// Rules that drop fragments.
  func rulesDroppingFragments() -> [Rule] {
    rules.filter { rule in
      rule.drops
        && (rule.text.contains("ip frag-off") || rule.text.contains("exthdr frag")
          || rule.text.contains(" frag ")
          || (rule.text.contains(" -f ") && !rule.text.contains("! -f")))
    }
  }

  /// Rules that drop some of the questions for a name server: beyond a rate, or all but the first of a socket.
  func rulesDroppingSomeQuestions() -> [Rule] {
    rulesAboutDNSQuestions.filter { rule in
      rule.drops && (rule.isRateLimit || rule.isByConnection)
        && !isForStrangers(rule)
    }
  }

  /// Whether a rule is only about what comes from outside, as those are that keep strangers from a resolver.
  func isForStrangers(_ rule: Rule) -> Bool {
    let words = rule.words
    return words.indices.dropLast().contains { index in
      ["iifname", "iif", "-i"].contains(words[index]) && uplinks.contains(String(words[index + 1]))
        && (index == 0 || words[index - 1] != "!")
    }
  }

  private static func nftables(_ text: String) -> [Rule] {
    var rules: [Rule] = []
    var table = ""
    var chain: String?
    var hook: String?
    // By octets: there may be many thousand lines.
    for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
      let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }.map { Substring($0) }
      guard let first = words.first else { continue }
      if first == "table", words.count >= 3 {
        table = "\(words[1]) \(words[2])"
      } else if first == "chain", words.count >= 2 {
        chain = String(words[1])
        hook = nil
      } else if first == "}" {
        chain = nil
      } else if first == "type", let index = words.firstIndex(of: "hook"), index + 1 < words.count {
        hook = String(words[index + 1])
      } else if let chain, first != "policy", !first.hasPrefix("#") {
        rules.append(Rule(chain: "\(table) \(chain)", hook: hook, text: words.joined(separator: " ")))
      }
    }
    return rules
  }

  private static func legacy(_ text: String, tool: String) -> [Rule] {
    text.split(separator: "\n").compactMap { line in
      // With -c each rule begins with its counters: "[12:345] -A FORWARD …".
      let words = line.split(separator: " ").drop { $0.hasPrefix("[") }
      guard words.first == "-A", words.count > 2, let chain = words.dropFirst().first else { return nil }
      let hooks = ["INPUT", "OUTPUT", "FORWARD", "PREROUTING", "POSTROUTING"]
      return Rule(
        chain: "\(tool), \(chain)",
        hook: hooks.contains(String(chain)) ? chain.lowercased() : nil,
        text: words.joined(separator: " ")
      )
    }
  }
}

extension RuleScan.Rule {
  /// The words, without the punctuation of sets.
  var words: [Substring] {
    text.utf8.split { octet in
      switch octet {
      case UInt8(ascii: " "), UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "\""):
        true
      default: false
      }
    }.map { Substring($0) }
  }

  /// Whether it ends in a refusal.
  var drops: Bool {
    words.contains { ["drop", "DROP", "reject", "REJECT"].contains($0) }
  }

  /// Whether one of these is a word of it.
  func names(_ some: String...) -> Bool { words.contains { some.contains(String($0)) } }

  /// Whether it is about port 53 as a destination.
  var isAboutDNSQuestions: Bool {
    let words = words
    return words.indices.contains { index in
      guard words[index] == "dport" || words[index] == "--dport" || words[index] == "--dports" else {
        return false
      }
      let rest = words[(index + 1)...].prefix { !["drop", "reject", "udp", "tcp", "-j", "ct"].contains($0) }
      return rest.contains { $0 == "53" || $0 == "domain" }
    }
  }

  /// Whether it applies beyond a rate.
  var isRateLimit: Bool {
    text.contains("limit rate over") || text.contains("hashlimit-above") || text.contains("--hitcount")
      || text.contains("connlimit-above") || text.contains("ct count over")
  }

  /// Whether it spares a socket's first question and drops the next.
  var isByConnection: Bool {
    (text.contains("ct state established") || text.contains("--ctstate ESTABLISHED")
      || text.contains("ct original packets") || text.contains("--connbytes ") || text.contains("numgen "))
  }
}
