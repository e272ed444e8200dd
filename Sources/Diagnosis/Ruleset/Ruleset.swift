internal import NetworkTypes
internal import Observation

/// An nftables ruleset, as far as it decides what becomes of a DNS message (nft(8)).
struct Ruleset: Hashable, Sendable {
  /// A chain with its rules.
  struct Chain: Hashable, Sendable {
    let family: String
    let table: String
    let name: String
    /// The hook's name; nil for a chain that only others jump to.
    var hook: String?
    /// "filter", "nat" or "route"; nil without a hook.
    var type: String?
    /// Whether the policy is drop.
    var dropsByPolicy = false
    var rules: [[Token]] = []

    /// FAMILY TABLE CHAIN, as nft(8) names it.
    var title: String { "\(family) \(table) \(name)" }
  }

  /// A word of a rule.
  enum Token: Hashable, Sendable {
    case word(String)
    /// An anonymous set, or a list with commas.
    case set([String])
  }

  let chains: [Chain]

  /// Reads what `nft list ruleset` prints. What isn't understood is kept as a rule that can't be judged, never
  /// dropped.
  init(_ text: String) {
    var chains: [Chain] = []
    var table: (family: String, name: String)?
    var chain: Chain?
    var skippedDepth = 0
    for line in Self.logicalLines(text) {
      if skippedDepth > 0 {
        skippedDepth += line.count { $0 == "{" } - line.count { $0 == "}" }
        continue
      }
      let words = line.split(separator: " ").map(String.init)
      if words.isEmpty { continue }
      if table == nil {
        if words.count >= 4, words[0] == "table", words.last == "{" { table = (words[1], words[2]) }
      } else if var open = chain {
        if words == ["}"] {
          chains.append(open)
          chain = nil
        } else {
          open.take(line: line, words: words)
          chain = open
        }
      } else if words == ["}"] {
        table = nil
      } else if words[0] == "chain", words.count >= 3, let table {
        chain = Chain(family: table.family, table: table.name, name: words[1])
      } else if words.last == "{" {
        // A set, map, counter or flow table.
        skippedDepth = 1
      }
    }
    self.chains = chains
  }

  /// Lines without comments, a rule that is printed over several lines as one.
  private static func logicalLines(_ text: String) -> [String] {
    var lines: [String] = []
    var pending = ""
    for line in text.split(separator: "\n") {
      let trimmed = line.trimmed
      if trimmed.hasPrefix("#") { continue }
      pending += pending.isEmpty ? trimmed : " " + trimmed
      // Only an anonymous set of a rule continues on the next line, after a comma.
      if trimmed.hasSuffix(",") { continue }
      lines.append(pending)
      pending = ""
    }
    if !pending.isEmpty { lines.append(pending) }
    return lines
  }
}

extension Ruleset.Chain {
  fileprivate mutating func take(line: String, words: [String]) {
    guard words[0] == "type", let hookIndex = words.firstIndex(of: "hook"),
      hookIndex + 1 < words.count,
      words.count > 1
    else {
      if words[0] != "policy" { rules.append(Ruleset.Token.tokens(of: line)) }
      return
    }
    type = words[1]
    hook = words[hookIndex + 1]
    if let policy = words.firstIndex(of: "policy"), policy + 1 < words.count {
      dropsByPolicy = words[policy + 1].hasPrefix("drop")
    }
  }
}

extension Ruleset.Token {
  /// Splits a rule into words; quoted strings are one word, sets one token.
  fileprivate static func tokens(of line: String) -> [Ruleset.Token] {
    var tokens: [Ruleset.Token] = []
    var word = ""
    var isQuoted = false
    var wasQuoted = false
    var set: [String]?
    func finish() {
      guard !word.isEmpty else { return }
      if set != nil {
        set?.append(word)
      } else if word.contains(","), !wasQuoted {
        // A list such as established,related.
        tokens.append(.set(word.split(separator: ",").map(String.init)))
      } else {
        tokens.append(.word(word))
      }
      wasQuoted = false
      word = ""
    }
    for character in line {
      switch character {
      case "\"":
        isQuoted.toggle()
        wasQuoted = true
      case _ where isQuoted: word.append(character)
      case "{": set = []
      case "}":
        finish()
        tokens.append(.set(set ?? []))
        set = nil
      case " ", "\t": finish()
      case "," where set != nil: finish()
      default: word.append(character)
      }
    }
    finish()
    return tokens
  }
}

extension Substring {
  fileprivate var trimmed: String {
    var rest = self
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
