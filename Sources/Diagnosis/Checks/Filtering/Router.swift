internal import NetworkTypes
internal import Observation

/// Where a namespace's routing rules and tables send a packet (ip-rule(8), ip-route(8)).
struct Router {
  /// What a packet is routed by.
  struct Key {
    let source: IPAddress
    let destination: IPAddress
    /// The interface that it came in by; nil for the host's own.
    var input: String?
    /// Its mark; nil if it isn't known.
    var mark: UInt32? = 0
  }

  /// Where it goes.
  enum Way: Hashable {
    /// Out of one of these interfaces.
    case out([InterfaceIndex])
    /// Nowhere: no route, or one that refuses.
    case nowhere
    /// It depends on a mark that isn't known.
    case unknown
  }

  private let rules: [RuleSnapshot]
  private let tables: [UInt32: [RouteSnapshot]]

  init(_ namespace: NamespaceSnapshot) throws(Missing) {
    let routes = try namespace.routes.needed("the routes of \(namespace.name)") ?? []
    rules = (try namespace.rules.needed("the routing rules of \(namespace.name)") ?? []).sorted {
      $0.priority < $1.priority
    }
    tables = Dictionary(grouping: routes, by: \.table)
  }

  /// Whether any rule looks at more than the destination.
  func hasPolicies(_ family: IPFamily) -> Bool { rules.contains { $0.is(family) && !$0.isPlain } }

  func way(_ key: Key) -> Way {
    let family = key.destination.family
    let own = rules.filter { $0.is(family) }
    if own.isEmpty { return lookUp(254, key.destination, suppressed: nil) ?? .nowhere }
    for rule in own {
      switch rule.applies(to: key) {
      case .no: continue
      case .unknown:
        // It makes no difference if the table has nothing to say.
        if rule.action == "lookup", let table = rule.table,
          lookUp(table, key.destination, suppressed: rule.suppressedPrefixLength) == nil
        {
          continue
        }
        return .unknown
      case .yes: break
      }
      switch rule.action {
      case "blackhole", "unreachable", "prohibit": return .nowhere
      case "lookup":
        guard let table = rule.table else { continue }
        if let way = lookUp(table, key.destination, suppressed: rule.suppressedPrefixLength) { return way }
      default: continue
      }
    }
    return .nowhere
  }

  /// The longest match in a table; nil if there is none, or it throws the packet back to the rules.
  private func lookUp(_ table: UInt32, _ destination: IPAddress, suppressed: UInt32?) -> Way? {
    let matches = (tables[table] ?? []).filter { $0.destination.contains(destination) }
    let best = matches.min {
      (-$0.destination.length, $0.metric ?? 0) < (-$1.destination.length, $1.metric ?? 0)
    }
    guard let best else { return nil }
    if let suppressed, best.destination.length <= Int(suppressed) { return nil }
    switch best.type {
    case "unicast":
      let interfaces = best.hops.isEmpty ? [best.interface] : best.hops.map(\.interface)
      return .out(interfaces.compactMap(\.self))
    case "throw": return nil
    default: return .nowhere
    }
  }
}

extension RuleSnapshot {
  fileprivate func `is`(_ family: IPFamily) -> Bool { self.family == (family == .v4 ? 4 : 6) }

  fileprivate var isPlain: Bool {
    source == nil && destination == nil && inputInterface == nil && outputInterface == nil && mark == nil
      && suppressedPrefixLength == nil
  }

  fileprivate func applies(to key: Router.Key) -> Ruleset.Match {
    var holds = true
    if let source { holds = holds && source.contains(key.source) }
    if let destination { holds = holds && destination.contains(key.destination) }
    if let inputInterface { holds = holds && inputInterface == key.input }
    // The way out isn't known yet; such rules are for sockets that are bound to an interface.
    if outputInterface != nil { holds = false }
    if let mark, holds {
      guard let known = key.mark else { return .unknown }
      holds = known & (markMask ?? .max) == mark
    }
    return holds != isInverted ? .yes : .no
  }
}
