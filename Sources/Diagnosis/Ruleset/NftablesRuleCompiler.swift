internal import NetworkTypes

/// Turns one rule as nft(8) prints it into conditions and a verdict.
struct NftablesRuleCompiler {
  typealias Token = NftablesLexer.Token

  var tokens: ArraySlice<Token>
  var rule: Ruleset.Rule
  let chains: [String: Int]
  let sets: [String: NftablesReader.NamedSet]

  init(
    tokens: ArraySlice<Token>,
    text: String,
    chains: [String: Int],
    sets: [String: NftablesReader.NamedSet]
  ) {
    self.tokens = tokens
    rule = Ruleset.Rule(text: text)
    self.chains = chains
    self.sets = sets
  }

  mutating func compile() -> Ruleset.Rule {
    while let token = tokens.popFirst() {
      guard case .word(let word) = token else {
        rule.conditions.append(.unknown("a value without a field"))
        continue
      }
      take(word)
    }
    return rule
  }

  private mutating func take(_ word: String) {
    switch word {
    case "accept": rule.verdict = .accept
    case "drop", "queue": rule.verdict = .drop
    case "reject":
      rule.verdict = .drop
      skipOptions(["with", "type", "icmp", "icmpv6", "icmpx", "tcp", "reset"], all: true)
    case "return": rule.verdict = .leave
    case "continue": break
    case "jump": rule.verdict = .jump(chain())
    case "goto": rule.verdict = .goto(chain())
    case "masquerade", "snat":
      rule.verdict = .translate(ports: translationPorts())
      tokens = []
    case "dnat", "redirect", "tproxy":
      rule.verdict = .redirect
      tokens = []
    case "notrack": rule.effects.append(.untracked)
    case "counter": takeCounter()
    case "comment": tokens = tokens.dropFirst()
    case "log": skipOptions(["prefix", "level", "group", "snaplen", "queue-threshold", "flags"])
    case "xt": takeExtension()
    case _ where word.hasPrefix("xt_"): takeExtension(named: String(word.dropFirst(3)))
    case "tcp" where tokens.first == .word("option"):
      // Clamping the MSS decides nothing.
      rule.conditions.append(.one(.upperProtocol, .upperProtocol(6), isNegated: false))
      giveUp(isCondition: !tokens.contains(.word("set")))
    case "limit", "quota", "numgen", "jhash", "symhash", "add", "update", "delete", "dup", "fwd", "flow",
      "set":
      rule.conditions.append(.unknown(word))
      giveUp()
    case _ where Self.extensionHeaders.contains(word):
      rule.conditions.append(.never)
      giveUp()
    default: takeMatch(word)
    }
  }

  /// Headers that the packets that are asked about don't have.
  static let extensionHeaders: Set<String> = ["rt", "srh", "frag", "hbh", "mh", "exthdr", "eui64"]

  /// A match on one field, or on several joined by dots, or a statement that sets the mark.
  private mutating func takeMatch(_ word: String) {
    var fields: [Ruleset.Field] = []
    var next: String? = word
    while let first = next {
      next = nil
      fields.append(field(first))
      if tokens.first == .word(".") {
        tokens.removeFirst()
        next = popWord()
      }
    }
    if tokens.first == .word("set") { return takeSet(fields) }
    if fields == [.unknown], !Self.operators.contains(where: { tokens.first == .word($0) }) {
      // A field of unknown shape: only the verdict at the end can be found.
      rule.conditions.append(.unknown(word))
      return giveUp()
    }
    takeOperand(fields)
  }

  private static let operators = ["!=", "==", "vmap"]

  private mutating func takeSet(_ fields: [Ruleset.Field]) {
    tokens.removeFirst()
    if fields == [.mark] {
      let words = tokens.prefix { $0 != .word("counter") && !isVerdict($0) }.compactMap(\.text)
      rule.effects.append(Self.mark(words))
    }
    giveUp(isCondition: false)
  }

  /// "0x1", "mark or 0x40", "meta mark & 0xff00ffff | 0x40000", …
  private static func mark(_ words: [String]) -> Ruleset.Effect {
    let numbers = words.compactMap(number)
    if words.count == 1, let value = numbers.first { return .mark(value, mask: .max) }
    let operations = words.filter { ["or", "|", "and", "&", "xor", "^"].contains($0) }
    let isOfItself = words.first == "mark" || words.starts(with: ["meta", "mark"])
    guard isOfItself, operations.count == numbers.count else { return .mark(nil, mask: .max) }
    switch operations {
    case ["or"], ["|"]: return .mark(numbers[0], mask: numbers[0])
    case ["and"], ["&"]: return .mark(0, mask: ~numbers[0])
    case ["and", "or"], ["&", "|"], ["and", "xor"], ["&", "^"]:
      return .mark(numbers[1], mask: ~numbers[0] | numbers[1])
    default: return .mark(nil, mask: .max)
    }
  }

  private mutating func takeCounter() {
    if tokens.first == .word("name") {
      tokens = tokens.dropFirst(2)
      return
    }
    guard tokens.first == .word("packets"), tokens.count >= 4 else { return }
    let words = tokens.prefix(4).map(\.text)
    if let packets = words[1].flatMap({ UInt64($0) }), let bytes = words[3].flatMap({ UInt64($0) }) {
      rule.counter = Ruleset.Counter(packets: packets, bytes: bytes)
      tokens = tokens.dropFirst(4)
    }
  }

  /// xt match "NAME", xt target "NAME": what iptables-nft couldn't say in nftables' own terms; without the
  /// arguments.
  private mutating func takeExtension() {
    let kind = popWord()
    guard let name = tokens.popFirst()?.text else { return }
    if kind == "target" { takeTarget(name) } else { takeExtension(named: name) }
  }

  private mutating func takeExtension(named name: String) {
    if name == name.uppercased() { return takeTarget(name) }
    if name == "comment" { return }
    if Self.extensionHeaders.contains(name) { return rule.conditions.append(.never) }
    rule.conditions.append(.unknown("xt match \(name)"))
  }

  private mutating func takeTarget(_ name: String) {
    switch name {
    case "MASQUERADE", "SNAT", "NETMAP": rule.verdict = .translate(ports: nil)
    case "DNAT", "REDIRECT", "TPROXY": rule.verdict = .redirect
    case "REJECT", "NFQUEUE": rule.verdict = .drop
    case "MARK": rule.effects.append(.mark(nil, mask: .max))
    case "CONNMARK": rule.effects.append(.mark(nil, mask: .max))
    case "NOTRACK": rule.effects.append(.untracked)
    case "LOG", "NFLOG", "TCPMSS", "CT", "CHECKSUM", "TRACE", "CLASSIFY", "DSCP", "TOS", "TTL": break
    default: rule.verdict = .unknown
    }
  }

  /// The ports of "to ADDRESS:LOW-HIGH" or "to :LOW-HIGH".
  private func translationPorts() -> ClosedRange<UInt16>? {
    guard tokens.first == .word("to"), let text = tokens.dropFirst().first?.text,
      let colon = text.lastIndex(of: ":"), !text.hasSuffix("]")
    else { return nil }
    return Self.portRange(String(text[text.index(after: colon)...]))
  }

  static func portRange(_ text: String) -> ClosedRange<UInt16>? {
    let ends = text.split(separator: "-").map { UInt16($0) }
    guard let low = ends.first, let high = ends.last, let low, let high, low <= high else { return nil }
    return low...high
  }

  private mutating func chain() -> Int? {
    guard let token = tokens.popFirst() else { return nil }
    if token == .open { tokens = [] }
    return token.text.flatMap { chains[$0] }
  }

  mutating func popWord() -> String? {
    guard let word = tokens.first?.text else { return nil }
    tokens.removeFirst()
    return word
  }

  /// What follows isn't understood; the verdict at the rule's end still counts.
  mutating func giveUp(isCondition: Bool = true) {
    if isCondition, rule.conditions.isEmpty { rule.conditions.append(.unknown("a condition")) }
    var depth = 0
    while let token = tokens.first {
      if token == .open { depth += 1 }
      if token == .close { depth -= 1 }
      if depth == 0, isVerdict(token) || token == .word("counter") || token == .word("comment") { return }
      tokens.removeFirst()
    }
  }

  private func isVerdict(_ token: Token) -> Bool {
    guard case .word(let word) = token else { return false }
    return Self.verdicts.contains(word)
  }

  private static let verdicts: Set<String> = [
    "accept", "drop", "reject", "queue", "masquerade", "snat", "dnat", "redirect", "tproxy", "return", "jump",
    "goto", "notrack",
  ]

  /// Skips options, each with its value, or all words that are options.
  private mutating func skipOptions(_ options: Set<String>, all: Bool = false) {
    while case .word(let word)? = tokens.first {
      if word == "counter" || word == "comment" { return }
      if all {
        tokens.removeFirst()
      } else if options.contains(word) {
        tokens = tokens.dropFirst(2)
      } else {
        return
      }
    }
  }

  static func number(_ text: String) -> UInt32? {
    text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
  }
}
