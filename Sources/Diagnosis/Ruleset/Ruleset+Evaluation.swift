internal import NetworkTypes
internal import Observation

extension Ruleset {
  /// What rules look at.
  struct Packet {
    let inInterface: String
    let outInterface: String
    let source: SocketAddress
    let destination: SocketAddress
    let upperProtocol: UpperProtocol
    let state: ConnectionState
  }

  /// What an IP packet carries, as rules name it.
  enum UpperProtocol: String {
    case udp, tcp
    case icmpv6 = "ipv6-icmp"

    init(_ transport: DNSTransport) {
      self = transport == .udp ? .udp : .tcp
    }

    /// Its number (IANA, protocol numbers).
    var number: Int {
      switch self {
      case .udp: 17
      case .tcp: 6
      case .icmpv6: 58
      }
    }
  }

  /// What connection tracking knows of a packet; it doesn't track neighbour discovery.
  enum ConnectionState: String { case new, established, untracked }

  /// What becomes of a packet.
  enum Decision: Hashable {
    case accepted
    /// By a chain's policy; the chain's title.
    case droppedByPolicy(chain: String)
    /// By a rule; its chain's title.
    case droppedByRule(chain: String)
    /// A rule decides that can't be judged here.
    case undecided
  }

  /// What the filter chains of a hook do with a packet: every one must accept it.
  func filter(_ packet: Packet, hook: String) -> Decision {
    var isUndecided = false
    for chain in baseChains(hook: hook, type: "filter", family: packet.source.address.family) {
      switch walk(chain, packet, depth: 0) {
      case .accept: continue
      case .drop: return .droppedByRule(chain: chain.title)
      case .unknown: isUndecided = true
      case .translate, .next:
        if chain.dropsByPolicy { return .droppedByPolicy(chain: chain.title) }
      }
    }
    return isUndecided ? .undecided : .accepted
  }

  /// Whether a packet's source is translated when it leaves; nil if a rule decides that can't be judged here.
  func translatesSource(of packet: Packet) -> Bool? {
    var isUndecided = false
    for chain in baseChains(hook: "postrouting", type: "nat", family: packet.source.address.family) {
      switch walk(chain, packet, depth: 0) {
      case .translate: return true
      case .unknown: isUndecided = true
      case .accept, .drop, .next: continue
      }
    }
    return isUndecided ? nil : false
  }

  private func baseChains(hook: String, type: String, family: IPFamily) -> [Chain] {
    let families: Set<String> = family == .v4 ? ["ip", "inet"] : ["ip6", "inet"]
    return chains.filter { $0.hook == hook && $0.type == type && families.contains($0.family) }
  }

  private enum Step {
    case accept, drop, translate
    /// No rule decided.
    case next
    /// A rule that can't be judged may have decided.
    case unknown
  }

  /// nft(8) allows sixteen jumps within one another.
  private static let deepestJump = 16

  private func walk(_ chain: Chain, _ packet: Packet, depth: Int) -> Step {
    guard depth <= Self.deepestJump else { return .unknown }
    for rule in chain.rules {
      let (match, verdict) = RuleReader(tokens: rule, packet: packet).read()
      if match == .no { continue }
      let step: Step
      var endsHere = false
      switch verdict {
      case .accept: step = .accept
      case .drop: step = .drop
      case .translate: step = .translate
      case .none: continue
      case .leave: return match == .yes ? .next : .unknown
      case .jump(let name), .goto(let name):
        guard
          let target = chains.first(where: {
            $0.name == name && $0.table == chain.table && $0.family == chain.family
          })
        else { return .unknown }
        step = walk(target, packet, depth: depth + 1)
        if case .goto = verdict { endsHere = true }
      }
      if step == .next, !endsHere { continue }
      return match == .yes ? step : .unknown
    }
    return .next
  }
}
