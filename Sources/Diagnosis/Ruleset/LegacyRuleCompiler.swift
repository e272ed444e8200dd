internal import NetworkTypes

/// Turns one rule as iptables-save(8) prints it into conditions and a verdict.
struct LegacyRuleCompiler {
  private var words: ArraySlice<String>
  private var rule: Ruleset.Rule
  private let chains: [String: Int]
  private let family: IPFamily
  /// The match that the options belong to, where their names alone don't tell.
  private var module = ""

  init(_ text: Substring, family: IPFamily, chains: [String: Int]) {
    var line = text
    var counter: Ruleset.Counter?
    if line.utf8.first == UInt8(ascii: "["), let end = line.utf8.firstIndex(of: UInt8(ascii: " ")) {
      counter = LegacyReader.counter(line[..<end])
      line = line[line.utf8.index(after: end)...]
    }
    rule = Ruleset.Rule(text: String(line))
    rule.counter = counter
    words = Self.split(line)[...].dropFirst(2)
    self.family = family
    self.chains = chains
  }

  mutating func compile() -> Ruleset.Rule {
    var isNegated = false
    while let word = words.popFirst() {
      if word == "!" {
        isNegated = true
      } else {
        take(word, isNegated)
        isNegated = false
      }
    }
    return rule
  }

  private mutating func take(_ option: String, _ isNegated: Bool) {
    switch option {
    case "-s", "--src-range": add(.source, isNegated)
    case "-d", "--dst-range": add(.destination, isNegated)
    case "-i": add(.inInterface, isNegated)
    case "-o": add(.outInterface, isNegated)
    case "-p": add(.upperProtocol, isNegated)
    case "-m": module = words.popFirst() ?? ""
    case "--dport", "--dports": add(.destinationPort, isNegated)
    case "--sport", "--sports": add(.sourcePort, isNegated)
    case "--ctstate", "--state": takeStates(isNegated)
    case "--ctstatus": add(.status, isNegated)
    case "--mark": takeMark(isNegated)
    case "--dst-type": add(.destinationType, isNegated)
    case "--src-type": add(.sourceType, isNegated)
    case "--comment": _ = words.popFirst()
    case "--physdev-is-bridged": rule.conditions.append(.bridged(isNegated: isNegated))
    case "-j": takeTarget(words.popFirst() ?? "")
    case "-g": rule.verdict = .goto(words.popFirst().flatMap { chains[$0] })
    default:
      let isNever = NftablesRuleCompiler.extensionHeaders.contains(module)
      rule.conditions.append(isNever ? .never : .unknown(module.isEmpty ? option : "-m \(module) \(option)"))
      while let word = words.first, !word.hasPrefix("-"), word != "!" { words.removeFirst() }
    }
  }

  private mutating func add(_ field: Ruleset.Field, _ isNegated: Bool) {
    guard let text = words.popFirst() else { return }
    let values = text.split(separator: ",").map { value(String($0), field) }
    if values.count == 1, let test = values.first {
      rule.conditions.append(.one(field, test, isNegated: isNegated))
    } else {
      rule.conditions.append(.among([field], values.map { [$0] }, isNegated: isNegated))
    }
  }

  private func value(_ text: String, _ field: Ruleset.Field) -> Ruleset.Test {
    switch field {
    case .inInterface, .outInterface:
      return text.hasSuffix("+") ? .namePrefix(String(text.dropLast())) : .name(text)
    case .sourcePort, .destinationPort:
      // An end that isn't given is the lowest or highest port.
      let ends = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      guard ends.count == 2 else { return NftablesRuleCompiler.test(text, field) }
      return NftablesRuleCompiler.test(
        "\(ends[0].isEmpty ? "0" : ends[0])-\(ends[1].isEmpty ? "65535" : ends[1])",
        field
      )
    case .destinationType, .sourceType, .status:
      let small = text.lowercased()
      return field == .status ? .status(small == "seen_reply" ? "seen-reply" : small) : .addressType(small)
    default: return NftablesRuleCompiler.test(text, field)
    }
  }

  private mutating func takeStates(_ isNegated: Bool) {
    let states = (words.popFirst() ?? "").lowercased().split(separator: ",").map(String.init)
    let bits = states.compactMap { NftablesRuleCompiler.states[$0] }.reduce(0, |)
    let statuses = states.filter { $0 == "dnat" || $0 == "snat" }
    if statuses.isEmpty {
      rule.conditions.append(.one(.state, .states(bits), isNegated: isNegated))
    } else if states.count == 1 {
      rule.conditions.append(.one(.status, .status(statuses[0]), isNegated: isNegated))
    } else {
      let alternatives: [[Ruleset.Test]] =
        [[.states(bits), .any]] + statuses.map { [.any, .status($0)] }
      rule.conditions.append(.among([.state, .status], alternatives, isNegated: isNegated))
    }
  }

  private mutating func takeMark(_ isNegated: Bool) {
    let parts = (words.popFirst() ?? "").split(separator: "/").map { NftablesRuleCompiler.number(String($0)) }
    guard module == "mark", let first = parts.first, let value = first else {
      rule.conditions.append(.unknown("-m \(module) --mark"))
      return
    }
    let mask = parts.count > 1 ? parts[1] ?? .max : .max
    rule.conditions.append(.one(.mark, .mark(value, mask: mask), isNegated: isNegated))
  }

  private mutating func takeTarget(_ name: String) {
    let options = words
    func value(_ option: String) -> String? {
      options.firstIndex(of: option).flatMap { $0 + 1 < options.endIndex ? options[$0 + 1] : nil }
    }
    words = []
    switch name {
    case "ACCEPT": rule.verdict = .accept
    case "DROP", "REJECT", "QUEUE", "NFQUEUE", "TARPIT": rule.verdict = .drop
    case "RETURN": rule.verdict = .leave
    case "MASQUERADE": rule.verdict = .translate(ports: value("--to-ports").flatMap(Self.ports))
    case "SNAT", "NETMAP":
      let ports = value("--to-source").flatMap { text in
        text.lastIndex(of: ":").map { text[$0...].dropFirst() }
      }
      rule.verdict = .translate(ports: family == .v4 ? ports.flatMap { Self.ports(String($0)) } : nil)
    case "DNAT", "REDIRECT", "TPROXY": rule.verdict = .redirect
    case "MARK": rule.effects.append(Self.mark(value("--set-xmark") ?? value("--set-mark")))
    case "CONNMARK":
      if options.contains("--restore-mark") { rule.effects.append(.mark(nil, mask: .max)) }
    case "NOTRACK": rule.effects.append(.untracked)
    case "CT": if options.contains("--notrack") { rule.effects.append(.untracked) }
    case "LOG", "NFLOG", "TCPMSS", "CHECKSUM", "TRACE", "CLASSIFY", "DSCP", "TOS", "TTL", "HL", "SET": break
    default: rule.verdict = chains[name].map { .jump($0) } ?? .unknown
    }
  }

  private static func ports(_ text: String) -> ClosedRange<UInt16>? { NftablesRuleCompiler.portRange(text) }

  /// VALUE/MASK: the bits under the mask become those of the value.
  private static func mark(_ text: String?) -> Ruleset.Effect {
    let parts = (text ?? "").split(separator: "/").map { NftablesRuleCompiler.number(String($0)) }
    guard let first = parts.first, let value = first else { return .mark(nil, mask: .max) }
    return .mark(value, mask: parts.count > 1 ? parts[1] ?? .max : .max)
  }

  /// Words between spaces; what is in quotes is one word.
  private static func split(_ line: Substring) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    var isQuoted = false
    var isOpen = false
    var isEscaped = false
    for octet in line.utf8 {
      if isEscaped {
        word.append(octet)
        isEscaped = false
      } else if octet == UInt8(ascii: "\\"), isQuoted {
        isEscaped = true
      } else if octet == UInt8(ascii: "\"") {
        isQuoted.toggle()
        isOpen = true
      } else if octet == UInt8(ascii: " "), !isQuoted {
        if isOpen || !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
        isOpen = false
      } else {
        word.append(octet)
      }
    }
    if isOpen || !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }
}
