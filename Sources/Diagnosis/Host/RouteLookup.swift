public import NetworkTypes
public import Observation

/// Finds the way of a packet through a namespace's rules and tables, as ip-rule(8) and ip-route(8) describe it.
///
/// Pure: nothing is asked of a kernel. What a snapshot lacks can't matter here: rules by user, port or type of
/// service are taken for rules without these conditions.
public struct RouteLookup: Sendable {
  /// What a way is asked for.
  public struct Query: Hashable, Sendable {
    /// Where to.
    public var destination: IPAddress
    /// The packet's source; nil if the host itself sends and hasn't chosen one yet.
    public var source: IPAddress?
    /// The interface that it came in by; nil if the host itself sends.
    public var input: String?
    /// The interface that the sender is bound to.
    public var output: String?
    /// The firewall mark; nil if it isn't known.
    public var mark: UInt32?

    /// A question.
    public init(
      to destination: IPAddress,
      from source: IPAddress? = nil,
      arrivingAt input: String? = nil,
      boundTo output: String? = nil,
      mark: UInt32? = 0
    ) {
      self.destination = destination
      self.source = source
      self.input = input
      self.output = output
      self.mark = mark
    }
  }

  /// What comes of it.
  public enum Outcome: Hashable, Sendable {
    /// It goes this way.
    case sent(Way)
    /// The address is the namespace's own.
    case local
    /// A route or a rule refuses it; "blackhole", "unreachable" or "prohibit".
    case refused(String, Way)
    /// No rule leads to a route.
    case none
    /// It depends on something that the snapshot lacks; what.
    case undecided(String)
  }

  /// The rule and the route that decided.
  public struct Way: Hashable, Sendable {
    /// The rule.
    public let rule: RuleSnapshot
    /// The route; nil if the rule itself decided.
    public let route: RouteSnapshot?
    /// The interfaces and gateways; more than one if the route has several ways.
    public let hops: [RouteSnapshot.Hop]

    /// Whether the rule looks at the source, the input interface or the mark, so that not all packets to the same
    /// address go this way.
    public var isSelective: Bool {
      rule.source != nil || rule.inputInterface != nil || rule.mark != nil || rule.outputInterface != nil
    }
  }

  private let rules: [RuleSnapshot]
  private let routes: [UInt32: [RouteSnapshot]]
  private let own: Set<IPAddress>
  private let down: Set<InterfaceIndex>

  /// The tables of a namespace.
  ///
  /// A family without rules has those that the kernel makes: local, main and default.
  public init(
    rules: [RuleSnapshot],
    routes: [RouteSnapshot],
    addresses: [AddressSnapshot],
    links: [LinkSnapshot] = []
  ) {
    var all = rules
    for family in [4, 6] where !rules.contains(where: { $0.family == family }) {
      all += Self.kernelsRules(family: family)
    }
    self.rules = all.enumerated()
      .sorted { ($0.element.priority, $0.offset) < ($1.element.priority, $1.offset) }.map(\.element)
    self.routes = Dictionary(grouping: routes, by: \.table)
    own = Set(addresses.map(\.prefix.address))
    down = Set(links.filter { !$0.isUp }.map(\.index))
  }

  /// The way of a packet.
  public func way(_ query: Query) -> Outcome {
    let family = query.destination.family == .v4 ? 4 : 6
    for rule in rules where rule.family == family {
      guard let isCertain = matches(rule, query) else { continue }
      let open = Outcome.undecided("rule \(rule.priority) asks for a mark that isn't known")
      switch rule.action {
      case "lookup", "table", "to_tbl":
        switch lookUp(query.destination, under: rule, boundTo: query.output) {
        // What isn't known makes no difference if the table has nothing to say.
        case .passedOver: continue
        case .found(let outcome): return isCertain ? outcome : open
        }
      case "nop": continue
      case _ where !isCertain: return open
      case "blackhole", "unreachable", "prohibit":
        return .refused(rule.action, Way(rule: rule, route: nil, hops: []))
      default: return .undecided("rule \(rule.priority) has the action \(rule.action)")
      }
    }
    return .none
  }

  private enum Step {
    case passedOver
    case found(Outcome)
  }

  private func lookUp(_ destination: IPAddress, under rule: RuleSnapshot, boundTo output: String?) -> Step {
    guard let table = rule.table, table != 0 else { return .passedOver }
    if table == Self.local, isOwn(destination) { return .found(.local) }
    guard let route = best(in: routes[table] ?? [], for: destination) else { return .passedOver }
    let way = Way(rule: rule, route: route, hops: Self.hops(of: route))
    switch route.type {
    case "throw": return .passedOver
    case "blackhole", "unreachable", "prohibit": return .found(.refused(route.type, way))
    // Of what would be used, the kernel passes over what is as short as the limit or shorter (fib4_rule_suppress).
    case _ where rule.suppressedPrefixLength.map { $0 <= 128 && route.destination.length <= Int($0) } == true:
      return .passedOver
    case "local": return .found(.local)
    default: return .found(.sent(way))
    }
  }

  /// The longest prefix, then the smallest metric, then the first.
  private func best(in table: [RouteSnapshot], for destination: IPAddress) -> RouteSnapshot? {
    var best: RouteSnapshot?
    for route in table where route.destination.contains(destination) && isUsable(route) {
      guard let known = best else {
        best = route
        continue
      }
      let isLonger = route.destination.length > known.destination.length
      let isAsLong = route.destination.length == known.destination.length
      if isLonger || (isAsLong && (route.metric ?? 0) < (known.metric ?? 0)) { best = route }
    }
    return best
  }

  /// Whether a way of it is up; routes without an interface always are.
  private func isUsable(_ route: RouteSnapshot) -> Bool {
    let interfaces = Self.hops(of: route).compactMap(\.interface)
    return interfaces.isEmpty || interfaces.contains { !down.contains($0) }
  }

  private static func hops(of route: RouteSnapshot) -> [RouteSnapshot.Hop] {
    if !route.hops.isEmpty { return route.hops }
    if route.interface == nil, route.gateway == nil { return [] }
    return [RouteSnapshot.Hop(gateway: route.gateway, interface: route.interface)]
  }

  private func isOwn(_ address: IPAddress) -> Bool { own.contains(address) || address.isLoopback }

  /// Whether it is certain that a rule applies; nil if it doesn't.
  private func matches(_ rule: RuleSnapshot, _ query: Query) -> Bool? {
    let holds =
      matches(rule.source, query.source) && matches(rule.destination, query.destination)
      // What the host sends itself counts as coming in by the loopback interface.
      && (rule.inputInterface.map { $0 == (query.input ?? "lo") } ?? true)
      && (rule.outputInterface.map { $0 == query.output } ?? true)
    guard let wanted = rule.mark, holds else { return holds != rule.isInverted ? true : nil }
    guard let mark = query.mark else { return false }
    return (mark & (rule.markMask ?? .max) == wanted) != rule.isInverted ? true : nil
  }

  /// Whether an address is in a rule's prefix; a source that isn't chosen yet is in none but the whole.
  private func matches(_ prefix: IPPrefix?, _ address: IPAddress?) -> Bool {
    guard let prefix, prefix.length > 0 else { return true }
    return address.map { prefix.contains($0) } ?? false
  }

  private static let local: UInt32 = 255

  private static func kernelsRules(family: Int) -> [RuleSnapshot] {
    let rules = [
      RuleSnapshot(family: family, priority: 0, table: local, origin: "kernel"),
      RuleSnapshot(family: family, priority: 32766, table: 254, origin: "kernel"),
    ]
    return family == 6
      ? rules : rules + [RuleSnapshot(family: family, priority: 32767, table: 253, origin: "kernel")]
  }
}

extension IPAddress {
  /// Whether it is in 127.0.0.0/8, or ::1.
  public var isLoopback: Bool {
    switch self {
    case .v4(let address): address.rawValue >> 24 == 127
    case .v6(let address): address == .loopback
    }
  }
}
