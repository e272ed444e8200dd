internal import NetworkTypes

extension NftablesRuleCompiler {
  /// The field that a word begins; takes the words that belong to it, and adds what it implies (a family, a
  /// protocol).
  mutating func field(_ word: String) -> Ruleset.Field {
    switch word {
    case "iifname", "iif": return .inInterface
    case "oifname", "oif": return .outInterface
    case "mark": return .mark
    case "meta": return metaField(popWord() ?? "")
    case "ip", "ip6": return internetField(popWord() ?? "", family: word == "ip" ? .v4 : .v6)
    case "udp", "tcp", "th", "sctp", "dccp", "udplite": return transportField(popWord() ?? "", of: word)
    case "ct": return trackingField(popWord() ?? "")
    case "fib": return fibField()
    case "icmp", "icmpv6", "igmp", "esp", "ah":
      _ = popWord()
      rule.conditions.append(.one(.upperProtocol, Self.upperProtocol(word), isNegated: false))
      return .unknown
    case "arp", "vlan", "ether", "ibrname", "obrname":
      _ = popWord()
      return .unknown
    default: return .unknown
    }
  }

  private func metaField(_ key: String) -> Ruleset.Field {
    switch key {
    case "iifname", "iif": .inInterface
    case "oifname", "oif": .outInterface
    case "l4proto": .upperProtocol
    case "nfproto": .family
    case "mark": .mark
    default: .unknown
    }
  }

  private mutating func internetField(_ key: String, family: IPFamily) -> Ruleset.Field {
    rule.conditions.append(.one(.family, .family(family), isNegated: false))
    switch key {
    case "saddr": return .source
    case "daddr": return .destination
    case "protocol", "nexthdr": return .upperProtocol
    default: return .unknown
    }
  }

  private mutating func transportField(_ key: String, of name: String) -> Ruleset.Field {
    if name != "th" {
      rule.conditions.append(.one(.upperProtocol, Self.upperProtocol(name), isNegated: false))
    }
    switch key {
    case "sport": return .sourcePort
    case "dport": return .destinationPort
    default: return .unknown
    }
  }

  private mutating func trackingField(_ key: String) -> Ruleset.Field {
    switch key {
    case "state": return .state
    case "status": return .status
    // The original direction's addresses and so on.
    case "original", "reply":
      while let word = tokens.first?.text,
        ["ip", "ip6", "saddr", "daddr", "proto-dst", "proto-src"].contains(word)
      {
        tokens.removeFirst()
      }
      return .unknown
    default: return .unknown
    }
  }

  /// "fib daddr type", and "fib saddr . iif oif", which is a reverse path filter: packets that are asked about here
  /// have a way back.
  private mutating func fibField() -> Ruleset.Field {
    var words: [String] = []
    while let word = tokens.first?.text, Self.fibWords.contains(word) {
      words.append(word)
      tokens.removeFirst()
    }
    if words.last == "type" { return words.first == "saddr" ? .sourceType : .destinationType }
    if words.first == "saddr", words.last == "oif", tokens.first == .word("missing") {
      rule.conditions.append(.never)
    }
    return .unknown
  }

  private static let fibWords: Set<String> = [
    "saddr", "daddr", "mark", "iif", "oif", "oifname", "type", ".", "check",
  ]

  /// An operator and what the fields are compared with.
  mutating func takeOperand(_ fields: [Ruleset.Field]) {
    var isNegated = false
    switch tokens.first {
    case .word("!="):
      isNegated = true
      tokens.removeFirst()
    case .word("=="): tokens.removeFirst()
    case .word("vmap"):
      tokens.removeFirst()
      return takeVerdictMap(fields)
    case .word("<"), .word(">"), .word("<="), .word(">="):
      return takeComparison(fields)
    case .word("&"), .word("and"):
      return takeMasked(fields)
    default: break
    }
    guard let values = values(fields) else {
      rule.conditions.append(.unknown("a set that isn't listed"))
      return
    }
    if fields.count == 1, values.count == 1, let test = values[0].first {
      rule.conditions.append(.one(fields[0], test, isNegated: isNegated))
    } else if fields == [.state] {
      // A list of states is one test.
      let bits = values.reduce(UInt8(0)) { if case .states(let more)? = $1.first { $0 | more } else { $0 } }
      rule.conditions.append(.one(.state, .states(bits), isNegated: isNegated))
    } else {
      rule.conditions.append(.among(fields, values, isNegated: isNegated))
    }
  }

  /// The values of a set, a named set or a list; nil if they aren't known.
  private mutating func values(_ fields: [Ruleset.Field]) -> [[Ruleset.Test]]? {
    switch tokens.first {
    case .open: return Self.elements(takeBraces()).map { tests($0.key, fields) }
    case .word(let word) where word.hasPrefix("@"):
      tokens.removeFirst()
      return sets[String(word.dropFirst())]?.elements.map { elements in
        Self.elements(elements).map { tests($0.key, fields) }
      }
    default: break
    }
    var list: [[Ruleset.Test]] = []
    repeat {
      var key: [Token] = []
      if let token = tokens.popFirst() { key.append(token) }
      while key.count < 2 * fields.count - 1, tokens.first == .word(".") {
        key += tokens.prefix(2)
        tokens = tokens.dropFirst(2)
      }
      list.append(tests(key, fields))
    } while takeComma()
    return list
  }

  private mutating func takeComma() -> Bool {
    guard tokens.first == .comma else { return false }
    tokens.removeFirst()
    return true
  }

  /// The tokens within the braces that come next.
  private mutating func takeBraces() -> [Token] {
    var depth = 0
    var inside: [Token] = []
    while let token = tokens.popFirst() {
      if token == .close {
        depth -= 1
        if depth == 0 { break }
      }
      if depth > 0 { inside.append(token) }
      if token == .open { depth += 1 }
    }
    return inside
  }

  /// The elements of a set or map, without their counters, timeouts and comments.
  static func elements(_ tokens: [Token]) -> [(key: [Token], value: [Token])] {
    tokens.split(separator: .comma).map { element in
      let parts = element.split(separator: .word(":"), maxSplits: 1)
      let key = (parts.first ?? []).prefix {
        guard case .word(let word) = $0 else { return true }
        return !["timeout", "expires", "counter", "comment", "limit"].contains(word)
      }
      return (Array(key), parts.count > 1 ? Array(parts[1]) : [])
    }
  }

  private func tests(_ key: [Token], _ fields: [Ruleset.Field]) -> [Ruleset.Test] {
    let parts = key.split(separator: .word("."))
    return fields.enumerated().map { place, field in
      guard place < parts.count, parts[place].count == 1, let text = parts[place].first?.text else {
        return .unknown
      }
      return Self.test(text, field)
    }
  }

  private mutating func takeVerdictMap(_ fields: [Ruleset.Field]) {
    var elements: [(key: [Token], value: [Token])] = []
    switch tokens.first {
    case .open: elements = Self.elements(takeBraces())
    case .word(let word) where word.hasPrefix("@"):
      tokens.removeFirst()
      guard let known = sets[String(word.dropFirst())]?.elements else {
        rule.verdict = .unknown
        return
      }
      elements = Self.elements(known)
    default:
      rule.verdict = .unknown
      return
    }
    let entries = elements.map { key, value in
      Ruleset.MapEntry(
        tests: key == [.word("*")] ? fields.map { _ in .any } : tests(key, fields),
        verdict: verdict(value)
      )
    }
    // Whatever has no entry of its own comes to "*", wherever it stands.
    let isDefault = { (entry: Ruleset.MapEntry) in entry.tests.allSatisfy { $0 == .any } }
    rule.verdict = .map(fields, entries.filter { !isDefault($0) } + entries.filter(isDefault))
  }

  private func verdict(_ tokens: [Token]) -> Ruleset.Verdict {
    switch tokens.first?.text {
    case "accept": .accept
    case "drop", "queue", "reject": .drop
    case "return": .leave
    case "continue": .next
    case "jump": .jump(tokens.dropFirst().first?.text.flatMap { chains[$0] })
    case "goto": .goto(tokens.dropFirst().first?.text.flatMap { chains[$0] })
    default: .unknown
    }
  }

  private mutating func takeComparison(_ fields: [Ruleset.Field]) {
    let operation = popWord() ?? ""
    let bound = popWord().flatMap { UInt16($0) }
    guard fields.count == 1, [.sourcePort, .destinationPort].contains(fields[0]), let bound else {
      rule.conditions.append(.unknown("a comparison"))
      return
    }
    let test: Ruleset.Test? =
      switch operation {
      case "<=": .ports(0, bound)
      case "<": bound > 0 ? .ports(0, bound - 1) : nil
      case ">=": .ports(bound, .max)
      default: bound < .max ? .ports(bound + 1, .max) : nil
      }
    rule.conditions.append(test.map { .one(fields[0], $0, isNegated: false) } ?? .never)
  }

  /// "& MASK == VALUE" of a mark; of other fields it isn't judged.
  private mutating func takeMasked(_ fields: [Ruleset.Field]) {
    tokens.removeFirst()
    let mask = popWord().flatMap(Self.number)
    let isNegated = tokens.first == .word("!=")
    if isNegated || tokens.first == .word("==") { tokens.removeFirst() }
    let value = popWord().flatMap(Self.number)
    if fields == [.mark], let mask, let value {
      rule.conditions.append(.one(.mark, .mark(value, mask: mask), isNegated: isNegated))
    } else {
      rule.conditions.append(.unknown("a masked value"))
      giveUp()
    }
  }

  /// What a value of a field means.
  static func test(_ text: String, _ field: Ruleset.Field) -> Ruleset.Test {
    switch field {
    case .inInterface, .outInterface:
      return text.hasSuffix("*") ? .namePrefix(String(text.dropLast())) : .name(text)
    case .source, .destination: return addresses(text)
    case .sourcePort, .destinationPort:
      if let range = portRange(text) { return .ports(range.lowerBound, range.upperBound) }
      return services[text].map { .ports($0, $0) } ?? .unknown
    case .upperProtocol: return upperProtocol(text)
    case .family: return text == "ipv4" ? .family(.v4) : text == "ipv6" ? .family(.v6) : .unknown
    case .state: return states[text].map { .states($0) } ?? .unknown
    case .status: return .status(text)
    case .mark: return number(text).map { .mark($0, mask: .max) } ?? .unknown
    case .destinationType, .sourceType: return .addressType(text)
    case .unknown: return .unknown
    }
  }

  /// An address, a prefix, or a range with a hyphen.
  static func addresses(_ text: String) -> Ruleset.Test {
    if let single = IPAddress(text) { return .addresses(single, single) }
    if let prefix = IPPrefix(text) { return .addresses(prefix.network.address, prefix.last) }
    let ends = text.split(separator: "-").map { IPAddress(String($0)) }
    guard ends.count == 2, let low = ends[0], let high = ends[1] else { return .unknown }
    return .addresses(low, high)
  }

  static func upperProtocol(_ text: String) -> Ruleset.Test {
    UInt8(text).map { .upperProtocol($0) } ?? protocols[text].map { .upperProtocol($0) } ?? .unknown
  }

  private static let protocols: [String: UInt8] = [
    "icmp": 1, "igmp": 2, "tcp": 6, "udp": 17, "dccp": 33, "ipv6": 41, "gre": 47, "esp": 50, "ah": 51,
    "icmpv6": 58,
    "ipv6-icmp": 58, "ospf": 89, "vrrp": 112, "sctp": 132, "udplite": 136, "mh": 135, "all": 0,
  ]

  private static let services: [String: UInt16] = [
    "domain": 53, "http": 80, "https": 443, "ssh": 22, "bootps": 67, "bootpc": 68, "mdns": 5353,
    "llmnr": 5355,
    "domain-s": 853, "ntp": 123, "smtp": 25,
  ]

  /// Bits of `ConnectionState`; related and invalid packets aren't asked about.
  static let states: [String: UInt8] = [
    "new": Ruleset.ConnectionState.new.bit, "established": Ruleset.ConnectionState.established.bit,
    "untracked": Ruleset.ConnectionState.untracked.bit, "related": 0, "invalid": 0,
  ]
}

extension IPPrefix {
  /// The last address of the network.
  var last: IPAddress {
    switch network.address {
    case .v4(let first):
      .v4(IPv4Address(length == 0 ? .max : first.rawValue | ~(UInt32.max << UInt32(32 - length))))
    case .v6(let first):
      .v6(IPv6Address(length == 0 ? .max : first.rawValue | ~(UInt128.max << UInt128(128 - length))))
    }
  }
}
