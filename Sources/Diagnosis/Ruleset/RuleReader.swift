internal import NetworkTypes
internal import Observation

/// Reads one rule against a packet: do its conditions hold, and what does it say then (nft(8)).
struct RuleReader {
  enum Match { case yes, no, unknown }
  enum Verdict: Hashable {
    case accept, drop, translate
    /// Back to the chain that jumped here.
    case leave
    case jump(String)
    case goto(String)
    /// The rule only counts or logs.
    case none
  }

  private var tokens: ArraySlice<Ruleset.Token>
  private let packet: Ruleset.Packet
  private var match = Match.yes
  private var verdict = Verdict.none

  init(tokens: [Ruleset.Token], packet: Ruleset.Packet) {
    self.tokens = tokens[...]
    self.packet = packet
  }

  func read() -> (match: Match, verdict: Verdict) {
    var reader = self
    while let token = reader.tokens.popFirst() {
      guard case .word(let word) = token else {
        reader.note(.unknown)
        continue
      }
      reader.take(word)
      if reader.match == .no { break }
    }
    return (reader.match, reader.verdict)
  }

  private mutating func take(_ word: String) {
    switch word {
    case "accept": verdict = .accept
    case "drop", "reject", "queue": verdict = .drop
    case "masquerade", "snat":
      verdict = .translate
      tokens = []
    case "return": verdict = .leave
    case "jump": if let name = popWord() { verdict = .jump(name) }
    case "goto": if let name = popWord() { verdict = .goto(name) }
    // Statements that decide nothing, with their arguments.
    case "counter": skip(["packets", "bytes"])
    case "comment": _ = popWord()
    case "log": skip(["prefix", "level", "group", "snaplen", "flags"])
    case "continue": break
    case "meta": if let key = popWord() { takeMeta(key) }
    case "iifname", "iif", "oifname", "oif": takeMeta(word)
    case "ip", "ip6": takeInternet(family: word == "ip" ? .v4 : .v6)
    case "udp", "tcp", "th": takeTransport(word)
    case "ct":
      guard popWord() == "state" else { return giveUp() }
      let state = packet.state.rawValue
      compare { $0 == state }
    default: giveUp()
    }
  }

  private mutating func takeMeta(_ key: String) {
    switch key {
    case "iifname", "iif": compareInterface(packet.inInterface)
    case "oifname", "oif": compareInterface(packet.outInterface)
    case "l4proto": compareProtocol()
    case "nfproto":
      let name = packet.source.address.family == .v4 ? "ipv4" : "ipv6"
      compare { $0 == name }
    default: giveUp()
    }
  }

  private mutating func takeInternet(family: IPFamily) {
    guard let field = popWord() else { return }
    guard packet.source.address.family == family else { return note(.no) }
    switch field {
    case "saddr": compareAddress(packet.source.address)
    case "daddr": compareAddress(packet.destination.address)
    case "protocol", "nexthdr": compareProtocol()
    default: giveUp()
    }
  }

  private mutating func compareProtocol() {
    let name = packet.upperProtocol.rawValue
    let number = String(packet.upperProtocol.number)
    compare { $0 == name || $0 == number || ($0 == "icmpv6" && name == "ipv6-icmp") }
  }

  private mutating func takeTransport(_ protocolName: String) {
    guard let field = popWord() else { return }
    guard protocolName == "th" || protocolName == packet.upperProtocol.rawValue else {
      return note(.no)
    }
    switch field {
    case "sport": comparePort(packet.source.port)
    case "dport": comparePort(packet.destination.port)
    default: giveUp()
    }
  }

  private mutating func compareInterface(_ name: String) {
    compare { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : $0 == name }
  }

  private mutating func compareAddress(_ address: IPAddress) {
    compare { value in
      if let prefix = IPPrefix(value) { return prefix.contains(address) }
      if let single = IPAddress(value) { return single == address }
      let ends = value.split(separator: "-").map { IPAddress(String($0)) }
      guard ends.count == 2, let low = ends[0], let high = ends[1] else { return nil }
      return low <= address && address <= high
    }
  }

  private mutating func comparePort(_ port: UInt16) {
    compare { value in
      if value == "domain" { return port == 53 }
      let ends = value.split(separator: "-").map { UInt16($0) }
      guard let low = ends.first, let high = ends.last, let low, let high else { return nil }
      return low <= port && port <= high
    }
  }

  /// Reads an optional operator and a value or set, and compares; nil means that a value can't be judged.
  private mutating func compare(_ holds: (String) -> Bool?) {
    var isNegated = false
    if let operation = tokens.first, operation == .word("!=") || operation == .word("==") {
      isNegated = operation == .word("!=")
      tokens.removeFirst()
    }
    guard let operand = tokens.popFirst() else { return note(.unknown) }
    let values: [String] =
      switch operand {
      // A set by name: its elements aren't kept.
      case .word(let word) where word.hasPrefix("@"): []
      case .word(let word): [word]
      case .set(let words): words
      }
    let results = values.map(holds)
    if results.contains(true) {
      note(isNegated ? .no : .yes)
    } else if results.isEmpty || results.contains(where: { $0 == nil }) {
      note(.unknown)
    } else {
      note(isNegated ? .yes : .no)
    }
  }

  private mutating func note(_ result: Match) {
    if match == .yes || result == .no { match = result }
  }

  /// What follows is not understood; the verdict at the rule's end still counts.
  private mutating func giveUp() {
    note(.unknown)
    while let token = tokens.first {
      if case .word(let word) = token, Self.verdicts.contains(word) { return }
      tokens.removeFirst()
    }
  }

  private static let verdicts: Set<String> = [
    "accept", "drop", "reject", "queue", "masquerade", "snat", "return", "jump", "goto",
  ]

  private mutating func popWord() -> String? {
    guard case .word(let word)? = tokens.first else { return nil }
    tokens.removeFirst()
    return word
  }

  /// Skips options, each with its value.
  private mutating func skip(_ options: Set<String>) {
    while case .word(let word)? = tokens.first, options.contains(word) {
      tokens = tokens.dropFirst(2)
    }
  }
}
