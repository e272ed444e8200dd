internal import NetworkTypes

/// Reads what `nft list ruleset` prints (nft(8)): tables, chains, and the sets and maps that rules name.
struct NftablesReader {
  typealias Token = NftablesLexer.Token

  /// The elements of a set or map by name.
  struct NamedSet {
    /// The tokens between the braces of "elements"; nil if the set's contents aren't printed or can't be known.
    var elements: [Token]?
  }

  private struct RawRule {
    let tokens: [Token]
    let text: String
  }

  private struct RawTable {
    var chains: [(chain: Ruleset.Chain, rules: [RawRule])] = []
    var sets: [String: NamedSet] = [:]
    var isDormant = false
  }

  private var lexer: NftablesLexer
  private var chains: [Ruleset.Chain] = []

  init(_ text: String) { lexer = NftablesLexer(text) }

  mutating func read() -> [Ruleset.Chain] {
    while let token = lexer.next() {
      guard token == .word("table") else { continue }
      var names: [String] = []
      while let token = lexer.next(), token != .open { if let name = token.text { names.append(name) } }
      guard let name = names.last else { break }
      let table = readTable(family: names.count > 1 ? names[0] : "ip", name: name)
      if !table.isDormant { add(table) }
    }
    return chains
  }

  /// Compiles a table's rules, now that all its chains and sets are known.
  private mutating func add(_ table: RawTable) {
    let first = chains.count
    let numbers = Dictionary(table.chains.enumerated().map { ($1.chain.name, first + $0) }) { $1 }
    for (chain, rules) in table.chains {
      var compiled = chain
      compiled.rules.reserveCapacity(rules.count)
      for rule in rules {
        var compiler = NftablesRuleCompiler(
          tokens: rule.tokens[...],
          text: rule.text,
          chains: numbers,
          sets: table.sets
        )
        compiled.rules.append(compiler.compile())
      }
      chains.append(compiled)
    }
  }

  private mutating func readTable(family: String, name: String) -> RawTable {
    var table = RawTable()
    while let token = lexer.next(), token != .close {
      guard case .word(let word) = token else { continue }
      switch word {
      case "chain":
        if let chain = readHead() { table.chains.append(readChain(family: family, table: name, name: chain)) }
      case "set", "map":
        if let set = readHead() { table.sets[set] = readSet() }
      case "flags":
        if statement().0.contains(.word("dormant")) { table.isDormant = true }
      case "comment": _ = statement()
      default:
        // A counter, quota, limit or flow table.
        if readHead() != nil { skipBlock() }
      }
    }
    return table
  }

  /// The last word before a block's brace; nil if no block follows.
  private mutating func readHead() -> String? {
    var name: String?
    while let token = lexer.next() {
      switch token {
      case .open: return name ?? ""
      case .end, .close: return nil
      default: name = token.text ?? name
      }
    }
    return nil
  }

  private mutating func skipBlock() {
    var depth = 1
    while depth > 0, let token = lexer.next() {
      if token == .open { depth += 1 }
      if token == .close { depth -= 1 }
    }
  }

  private mutating func readChain(
    family: String,
    table: String,
    name: String
  ) -> (chain: Ruleset.Chain, rules: [RawRule]) {
    var chain = Ruleset.Chain(backend: .nftables, family: family, table: table, name: name)
    var rules: [RawRule] = []
    var isOpen = true
    while isOpen {
      let start = lexer.position
      let (tokens, ending) = statement()
      isOpen = ending == .end
      guard case .word(let first)? = tokens.first else { continue }
      switch first {
      case "type" where chain.hook == nil: chain.readHook(tokens)
      case "policy": chain.dropsByPolicy = tokens.contains(.word("drop"))
      default:
        // The closing brace of the chain itself, if the rule stands before it.
        let end = lexer.position - (ending == .close ? 1 : 0)
        rules.append(RawRule(tokens: tokens, text: lexer.excerpt(from: start, to: end)))
      }
    }
    return (chain, rules)
  }

  private mutating func readSet() -> NamedSet {
    // A set without elements is printed without that line: it is empty.
    var set = NamedSet(elements: [])
    var isOpen = true
    while isOpen {
      let (tokens, ending) = statement()
      isOpen = ending == .end
      if tokens.first == .word("elements"), let brace = tokens.firstIndex(of: .open) {
        set.elements = Array(tokens[(brace + 1)...].dropLast())
      }
    }
    return set
  }

  /// The tokens up to a line's end, a semicolon or the block's closing brace, whichever it was; braces within are
  /// kept with what is in them.
  private mutating func statement() -> ([Token], ending: Token) {
    var tokens: [Token] = []
    var depth = 0
    while let token = lexer.next() {
      switch token {
      case .end:
        if depth == 0 { return (tokens, .end) }
      case .open:
        depth += 1
        tokens.append(token)
      case .close:
        if depth == 0 { return (tokens, .close) }
        depth -= 1
        tokens.append(token)
      default: tokens.append(token)
      }
    }
    return (tokens, .close)
  }
}

extension NftablesLexer.Token {
  /// A word or what is in quotes.
  var text: String? {
    switch self {
    case .word(let text), .quoted(let text): text
    default: nil
    }
  }
}

extension Ruleset.Chain {
  /// Reads "type T hook H device D priority P".
  fileprivate mutating func readHook(_ tokens: [NftablesLexer.Token]) {
    let words = tokens.compactMap(\.text)
    func value(after word: String) -> Int? { words.firstIndex(of: word).map { $0 + 1 } }
    if words.count > 1 { type = words[1] }
    if let place = value(after: "hook"), place < words.count { hook = words[place] }
    guard let place = value(after: "priority"), place < words.count else { return }
    let base = words[place]
    priority = Int(base) ?? Self.priority(named: base, hook: hook ?? "")
    if place + 2 < words.count, let offset = Int(words[place + 2]) {
      priority += words[place + 1] == "-" ? -offset : offset
    }
  }

  /// The standard priorities of the families with Internet hooks (nft(8)).
  private static func priority(named name: String, hook: String) -> Int {
    switch name {
    case "raw": -300
    case "mangle": -150
    case "dstnat": -100
    case "security": 50
    case "srcnat": 100
    default: 0
    }
  }
}
