internal import NetworkTypes

/// Reads what `iptables-legacy-save -c` and `ip6tables-legacy-save -c` print (iptables-save(8)).
enum LegacyReader {
  /// The chains of all tables; `firstNumber` is the number that the first of them gets in the ruleset.
  static func read(_ text: String, family: String, firstNumber: Int) -> [Ruleset.Chain] {
    var chains: [Ruleset.Chain] = []
    var numbers: [String: Int] = [:]
    var table = ""
    var rules: [(chain: Int, text: Substring)] = []
    func compile() {
      for (chain, text) in rules {
        var compiler = LegacyRuleCompiler(text, family: family == "ip6" ? .v6 : .v4, chains: numbers)
        chains[chain - firstNumber].rules.append(compiler.compile())
      }
      rules = []
      numbers = [:]
    }
    for line in text.split(separator: "\n") {
      switch line.utf8.first {
      case UInt8(ascii: "*"): table = String(line.dropFirst())
      case UInt8(ascii: ":"):
        let words = line.dropFirst().split(separator: " ")
        guard words.count >= 2 else { continue }
        numbers[String(words[0])] = firstNumber + chains.count
        chains.append(chain(words, family: family, table: table))
      case UInt8(ascii: "["), UInt8(ascii: "-"):
        guard let start = line.range(of: "-A ")?.upperBound else { continue }
        let name = line[start...].prefix { $0 != " " }
        if let number = numbers[String(name)] { rules.append((number, line)) }
      case UInt8(ascii: "C"): compile()
      default: continue
      }
    }
    // A torn text ends without COMMIT.
    compile()
    return chains
  }

  private static func chain(_ words: [Substring], family: String, table: String) -> Ruleset.Chain {
    let name = String(words[0])
    var chain = Ruleset.Chain(backend: .legacy, family: family, table: table, name: name)
    // A chain of one's own has a hyphen where a built-in one has its policy.
    guard words[1] != "-" else { return chain }
    chain.hook = name.lowercased()
    chain.type = table == "nat" ? "nat" : "filter"
    chain.priority = priority(table, name)
    chain.dropsByPolicy = words[1] == "DROP"
    chain.policyCounter = words.count > 2 ? counter(words[2]) : nil
    return chain
  }

  /// The legacy tables' priorities (linux/netfilter_ipv4.h).
  private static func priority(_ table: String, _ chain: String) -> Int {
    switch table {
    case "raw": -300
    case "mangle": -150
    case "nat": chain == "POSTROUTING" || chain == "INPUT" ? 100 : -100
    case "security": 50
    default: 0
    }
  }

  /// [PACKETS:BYTES]
  static func counter(_ text: Substring) -> Ruleset.Counter? {
    let numbers = text.dropFirst().dropLast().split(separator: ":").map { UInt64($0) }
    guard numbers.count == 2, let packets = numbers[0], let bytes = numbers[1] else { return nil }
    return Ruleset.Counter(packets: packets, bytes: bytes)
  }
}

extension Substring {
  /// The first place of an ASCII text in it.
  fileprivate func range(of wanted: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(wanted) { return start..<index(start, offsetBy: wanted.count) }
      start = index(after: start)
    }
    return nil
  }
}
