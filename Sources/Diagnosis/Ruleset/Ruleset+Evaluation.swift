internal import NetworkTypes

extension Ruleset {
  /// What becomes of a packet.
  enum Decision: Hashable {
    case accepted
    /// By a chain's policy; the chain's title.
    case droppedByPolicy(chain: String)
    /// By a rule; its base chain's title.
    case droppedByRule(chain: String)
    /// A rule decides that can't be judged here.
    case undecided
  }

  /// A rule that decided, and where it is.
  struct Site: Hashable {
    /// The chain of the rule, by its number.
    let chain: Int
    /// The base chain that led there.
    let base: Int
    /// The rule; nil for the base chain's policy.
    let rule: Int?
  }

  /// A walk of one packet through hooks: what it carries along, and what was met.
  struct Walk {
    var mark: Mark
    var isUntracked = false
    var isRedirected = false
    /// The addresses that are asked about in one go, the packet's own among them.
    var alike: (first: IPAddress, last: IPAddress)?
    /// Whether a rule treats some of these addresses unlike others.
    var tellsAddressesApart = false
    /// Which rule or policy dropped it, for certain.
    var dropped: Site?
    /// The first rule in each base chain that accepted it, for certain.
    var accepted: [Site] = []
    /// The rule that translated it.
    var translated: (site: Site, ports: ClosedRange<UInt16>?)?
    /// Rules that might have decided and can't be judged.
    var doubts: [Site] = []
    /// Whether it is certain that the packet comes where the walk is.
    fileprivate var isCertain = true
    fileprivate var base = 0

    init(mark: Mark, alike: (first: IPAddress, last: IPAddress)? = nil) {
      self.mark = mark
      self.alike = alike
    }
  }

  /// What may come of a chain.
  private struct Outcomes: OptionSet {
    let rawValue: UInt8
    static let next = Outcomes(rawValue: 1)
    static let accept = Outcomes(rawValue: 2)
    static let drop = Outcomes(rawValue: 4)
    static let translate = Outcomes(rawValue: 8)
    static let redirect = Outcomes(rawValue: 16)
    /// Back to the chain that jumped here.
    static let leave = Outcomes(rawValue: 32)
  }

  /// What the filter chains of a hook do with a packet: every one must accept it.
  func filter(_ packet: Packet, hook: String) -> Decision {
    var walk = Walk(mark: packet.mark)
    return filter(packet, hook: hook, &walk)
  }

  /// The same, with what was met on the way.
  func filter(_ packet: Packet, hook: String, _ walk: inout Walk) -> Decision {
    var isUndecided = false
    for number in baseChains(hook: hook, type: "filter", family: packet.source.address.family) {
      let chain = chains[number]
      walk.base = number
      let outcomes = run(number, packet, &walk, depth: 0)
      let mayDrop = outcomes.contains(.drop) || (outcomes.contains(.next) && chain.dropsByPolicy)
      guard mayDrop else { continue }
      let mayPass =
        !outcomes.isDisjoint(with: [.accept, .translate, .redirect])
        || (outcomes.contains(.next) && !chain.dropsByPolicy)
      if mayPass {
        isUndecided = true
      } else if outcomes.contains(.next) {
        walk.dropped = Site(chain: number, base: number, rule: nil)
        return .droppedByPolicy(chain: chain.title)
      } else {
        return .droppedByRule(chain: chain.title)
      }
    }
    return isUndecided ? .undecided : .accepted
  }

  /// Whether a packet's source is translated when it leaves; nil if a rule decides that can't be judged here.
  func translatesSource(of packet: Packet) -> Bool? {
    var walk = Walk(mark: packet.mark)
    return translatesSource(of: packet, &walk)
  }

  /// The same, with what was met on the way.
  func translatesSource(of packet: Packet, _ walk: inout Walk) -> Bool? {
    var isUndecided = false
    for number in baseChains(hook: "postrouting", type: "nat", family: packet.source.address.family) {
      walk.base = number
      let outcomes = run(number, packet, &walk, depth: 0)
      if outcomes == .translate { return true }
      if outcomes.contains(.translate) { isUndecided = true }
      // An accept ends all nat chains of the hook: the first that says something binds the connection.
      if outcomes == .accept { break }
    }
    return isUndecided ? nil : false
  }

  /// Whether a packet's destination is translated when it comes in; nil if it can't be judged.
  func redirects(_ packet: Packet, _ walk: inout Walk) -> Bool? {
    var isUndecided = false
    for number in baseChains(hook: "prerouting", type: "nat", family: packet.source.address.family) {
      walk.base = number
      let outcomes = run(number, packet, &walk, depth: 0)
      if outcomes == .redirect {
        walk.isRedirected = true
        return true
      }
      if outcomes.contains(.redirect) { isUndecided = true }
    }
    return isUndecided ? nil : false
  }

  /// The base chains of a hook, in the order in which the kernel asks them.
  func baseChains(hook: String, type: String, family: IPFamily) -> [Int] {
    let own = family == .v4 ? "ip" : "ip6"
    return chains.indices.filter { number in
      let chain = chains[number]
      return chain.hook == hook && chain.type == type && (chain.family == own || chain.family == "inet")
    }.sorted { (chains[$0].priority, $0) < (chains[$1].priority, $1) }
  }

  /// A site as a person finds it.
  func words(_ site: Site) -> String {
    let chain = chains[site.chain]
    guard let number = site.rule else { return "chain \(chain.title): policy drop" }
    return "chain \(chain.title): \(chain.rules[number].text)"
  }

  /// nft(8) allows sixteen jumps within one another.
  private static let deepestJump = 16

  private func run(_ number: Int, _ packet: Packet, _ walk: inout Walk, depth: Int) -> Outcomes {
    guard depth <= Self.deepestJump else { return [.accept, .drop, .next] }
    var outcomes: Outcomes = []
    let chain = chains[number]
    let isCertain = walk.isCertain
    defer { walk.isCertain = isCertain }
    for index in chain.rules.indices {
      let rule = chain.rules[index]
      let match = matches(rule, packet, &walk)
      if match == .no { continue }
      let site = Site(chain: number, base: walk.base, rule: index)
      if match == .unknown { walk.isCertain = false }
      apply(rule.effects, &walk)
      let step = decide(rule.verdict, site, packet, &walk, depth: depth)
      walk.isCertain = isCertain && outcomes.isEmpty
      if match == .unknown, step != .next { walk.doubts.append(site) }
      if step.contains(.leave) { outcomes.insert(.next) }
      outcomes.formUnion(step.subtracting([.next, .leave]))
      if match == .yes, !step.contains(.next) { return outcomes }
      if match == .yes, case .goto = rule.verdict { return outcomes.union(.next) }
      if !outcomes.isEmpty { walk.isCertain = false }
    }
    return outcomes.union(.next)
  }

  private func matches(_ rule: Rule, _ packet: Packet, _ walk: inout Walk) -> Match {
    var match = Match.yes
    for condition in rule.conditions {
      switch condition.holds(packet, &walk) {
      case .yes: continue
      case .no: return .no
      case .unknown: match = .unknown
      }
    }
    return match
  }

  private func apply(_ effects: [Effect], _ walk: inout Walk) {
    for effect in effects {
      switch effect {
      case .mark(let value, let mask): walk.mark.set(value, mask: mask, isCertain: walk.isCertain)
      case .untracked: if walk.isCertain { walk.isUntracked = true }
      }
    }
  }

  private func decide(
    _ verdict: Verdict,
    _ site: Site,
    _ packet: Packet,
    _ walk: inout Walk,
    depth: Int
  ) -> Outcomes {
    switch verdict {
    case .next: return .next
    case .leave: return .leave
    case .accept:
      if walk.isCertain, !walk.accepted.contains(where: { $0.base == site.base }) {
        walk.accepted.append(site)
      }
      return .accept
    case .drop:
      if walk.isCertain, walk.dropped == nil { walk.dropped = site }
      return .drop
    case .translate(let ports):
      if walk.translated == nil { walk.translated = (site, ports) }
      return .translate
    case .redirect: return .redirect
    case .jump(let target), .goto(let target):
      guard let target else { return [.accept, .drop, .next] }
      return run(target, packet, &walk, depth: depth + 1)
    case .map(let fields, let entries):
      return decide(fields, entries, site, packet, &walk, depth: depth)
    case .unknown:
      walk.doubts.append(site)
      return [.accept, .drop, .next]
    }
  }

  private func decide(
    _ fields: [Field],
    _ entries: [MapEntry],
    _ site: Site,
    _ packet: Packet,
    _ walk: inout Walk,
    depth: Int
  ) -> Outcomes {
    let isCertain = walk.isCertain
    var outcomes: Outcomes = []
    for entry in entries {
      let match = Condition.among(fields, [entry.tests], isNegated: false).holds(packet, &walk)
      if match == .no { continue }
      walk.isCertain = isCertain && match == .yes && outcomes.isEmpty
      outcomes.formUnion(decide(entry.verdict, site, packet, &walk, depth: depth))
      walk.isCertain = isCertain
      if match == .yes { return outcomes }
      walk.doubts.append(site)
    }
    return outcomes.union(.next)
  }
}
