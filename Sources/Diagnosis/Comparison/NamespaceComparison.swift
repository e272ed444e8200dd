internal import NetworkTypes
internal import Observation

/// Compares one network namespace at two moments, or two that are called alike.
struct NamespaceComparison {
  let left: NamespaceSnapshot
  let right: NamespaceSnapshot
  /// Whether both are of one machine.
  let isOneMachine: Bool

  private var subject: String {
    switch left.role {
    case .machine: "host"
    case .host: "netns:\(left.name)"
    case .container: "container:\(left.name)"
    }
  }

  private func subject(of link: LinkSnapshot) -> String {
    (link.kind == "bridge" ? "bridge:" : "interface:") + link.name
      + (left.role == .machine ? "" : "@\(left.name)")
  }

  func run(into collector: inout DifferenceCollector) {
    let links = collector.both(left.links, right.links, "\(subject)'s interfaces", none: [])
    if let (before, after) = links {
      compare(before, after, &collector)
      addresses(before, after, &collector)
      routes(before, after, &collector)
    }
    if let (before, after) = collector.both(left.rules, right.rules, "\(subject)'s routing rules", none: []) {
      collector.compareSets(before.map(\.words), after.map(\.words), subject, "routing rules", .routingRule)
    }
    SettingsComparison.compare(left.settings, right.settings, subject, &collector)
    firewall(&collector)
    collector.compare(
      left.resolver,
      right.resolver,
      subject,
      "resolver configuration",
      .resolver,
      words: { ResolverLines.significant($0).joined(separator: ", ") }
    )
    if let (before, after) = collector.both(
      left.listeners,
      right.listeners,
      "\(subject)'s listeners",
      none: []
    ) {
      func words(_ all: [ListenerSnapshot]) -> [String] {
        all.map {
          "\($0.transport) \($0.address) port \($0.port)" + ($0.process.map { " (\($0.name))" } ?? "")
        }.sorted()
      }
      collector.compareSets(words(before), words(after), subject, "who listens for DNS", .listener)
    }
  }

  private func compare(
    _ before: [LinkSnapshot],
    _ after: [LinkSnapshot],
    _ collector: inout DifferenceCollector
  ) {
    let old = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
    let new = Dictionary(after.map { ($0.name, $0) }) { first, _ in first }
    func master(_ link: LinkSnapshot, _ all: [LinkSnapshot]) -> String? {
      link.master.flatMap { index in all.first { $0.index == index }?.name }
    }
    for name in Set(old.keys).union(new.keys).sorted() {
      guard let first = old[name], let second = new[name] else {
        // Containers' ports come and go.
        guard let one = old[name] ?? new[name], one.kind != "veth" else { continue }
        collector.compare(
          old[name] == nil ? "not there" : "there",
          new[name] == nil ? "not there" : "there",
          subject(of: one),
          "interface",
          .presence(of: one.kind)
        )
        continue
      }
      let subject = subject(of: first)
      if first.kind == "bridge" {
        collector.compare(
          first.addressAssignment,
          second.addressAssignment,
          subject,
          "who chose its MAC",
          .macAssignment,
          words: { $0.words }
        )
      }
      if isOneMachine {
        collector.compare(
          first.address.map { "\($0)" },
          second.address.map { "\($0)" },
          subject,
          "MAC",
          first.kind == "bridge"
            ? .macChanged : Significance(.notable, "Neighbours know an interface by its MAC.")
        )
      }
      collector.compare(first.kind, second.kind, subject, "kind", .presence(of: first.kind))
      collector.compare(
        master(first, before),
        master(second, after),
        subject,
        "what it is a port of",
        .master
      )
      collector.compare(first.mtu.map { "\($0)" }, second.mtu.map { "\($0)" }, subject, "mtu", .mtu)
      LinkFlags.compare(first, second, subject, &collector)
      collector.compare(
        first.transmitQueueLength.map { "\($0)" },
        second.transmitQueueLength.map { "\($0)" },
        subject,
        "length of the transmit queue",
        .queue
      )
      options(first.bridge, second.bridge, subject, &collector, Significance.bridgeOption)
      options(first.port, second.port, subject, &collector, Significance.portOption)
      options(first.options, second.options, subject, &collector) { _ in
        Significance(.notable, "An option of the interface.")
      }
    }
  }

  private func options(
    _ before: [String: String]?,
    _ after: [String: String]?,
    _ subject: String,
    _ collector: inout DifferenceCollector,
    _ significance: (String) -> Significance?
  ) {
    guard let before, let after else { return }
    for name in Set(before.keys).union(after.keys).sorted() {
      guard let significance = significance(name) else { continue }
      collector.compare(before[name], after[name], subject, name, significance)
    }
  }

  private func addresses(
    _ before: [LinkSnapshot],
    _ after: [LinkSnapshot],
    _ collector: inout DifferenceCollector
  ) {
    // Containers of one name get other addresses each time.
    guard isOneMachine, left.role != .container,
      let (old, new) = collector.both(left.addresses, right.addresses, "\(subject)'s addresses", none: [])
    else { return }
    let names = Set(before.map(\.name)).intersection(after.map(\.name))
    func words(_ addresses: [AddressSnapshot], _ links: [LinkSnapshot]) -> [String] {
      addresses.filter { !$0.prefix.address.isLinkLocal }.compactMap { address in
        guard let link = links.first(where: { $0.index == address.interface }), names.contains(link.name)
        else { return nil }
        // Of a temporary state nothing follows.
        return "\(link.name) \(address.prefix)"
      }.sorted()
    }
    collector.compareSets(words(old, before), words(new, after), subject, "addresses", .address)
  }

  private func routes(
    _ before: [LinkSnapshot],
    _ after: [LinkSnapshot],
    _ collector: inout DifferenceCollector
  ) {
    guard isOneMachine, left.role != .container,
      let (old, new) = collector.both(left.routes, right.routes, "\(subject)'s routes", none: [])
    else { return }
    func words(_ routes: [RouteSnapshot], _ links: [LinkSnapshot], isDefault: Bool) -> [String] {
      routes.filter { ($0.destination.length == 0) == isDefault }.map { $0.words(links) }.sorted()
    }
    collector.compareSets(
      words(old, before, isDefault: true),
      words(new, after, isDefault: true),
      subject,
      "default routes",
      .defaultRoute
    )
    collector.compareSets(
      words(old, before, isDefault: false),
      words(new, after, isDefault: false),
      subject,
      "routes",
      .route
    )
  }

  private func firewall(_ collector: inout DifferenceCollector) {
    func lines(_ namespace: NamespaceSnapshot) -> Reading<[RulesetLines.Line]> {
      do { return .value(try RulesetLines(namespace).lines) } catch { return .unreadable(reason: error.what) }
    }
    guard let (before, after) = collector.both(lines(left), lines(right), "\(subject)'s firewall", none: [])
    else { return }
    for isPolicy in [true, false] {
      let old = Dictionary(grouping: before.filter { $0.isPolicy == isPolicy }, by: \.chain)
      let new = Dictionary(grouping: after.filter { $0.isPolicy == isPolicy }, by: \.chain)
      for chain in Set(old.keys).union(new.keys).sorted() {
        collector.compareSets(
          (old[chain] ?? []).map(\.text),
          (new[chain] ?? []).map(\.text),
          subject,
          (isPolicy ? "hook and policy of " : "rules of ") + chain,
          isPolicy ? .policy : .chain
        )
      }
    }
  }
}

extension RouteSnapshot {
  /// As ip-route(8) would print it, in short.
  fileprivate func words(_ links: [LinkSnapshot]) -> String {
    func name(_ index: InterfaceIndex?) -> String {
      index.map { index in " dev \(links.first { $0.index == index }?.name ?? "\(index)")" } ?? ""
    }
    let ways = hops.map { hop in "nexthop" + (hop.gateway.map { " via \($0)" } ?? "") + name(hop.interface) }
    return
      ([
        (type == "unicast" ? "" : type + " ") + "\(destination)"
          + (gateway.map { " via \($0)" } ?? "") + name(interface)
          + (source.map { " src \($0)" } ?? "") + (metric.map { " metric \($0)" } ?? "")
          + (mtu.map { " mtu \($0)" } ?? "") + (table == 254 ? "" : " table \(table)")
      ] + ways).joined(separator: " ")
  }
}

extension RuleSnapshot {
  /// As ip-rule(8) would print it, in short.
  fileprivate var words: String {
    "\(priority):\(isInverted ? " not" : "") from \(source.map { "\($0)" } ?? "all")"
      + (destination.map { " to \($0)" } ?? "") + (inputInterface.map { " iif \($0)" } ?? "")
      + (outputInterface.map { " oif \($0)" } ?? "") + (mark.map { " fwmark \($0)" } ?? "")
      + (markMask.map { "/\($0)" } ?? "") + " \(action)" + (table.map { " \($0)" } ?? "")
      + (suppressedPrefixLength.map { " suppress_prefixlength \($0)" } ?? "") + (family == 6 ? " (IPv6)" : "")
  }
}
