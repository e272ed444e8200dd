internal import NetworkTypes
internal import Observation

/// Containers whose way to their resolver a routing rule bends.
struct PolicyRouteCheck: Check {
  let entry = CatalogueEntry(
    number: 45,
    id: "policy-route-vpn",
    title: "a routing rule sends containers another way than the host",
    area: .path,
    severity: .warning,
    mechanism: [
      "A VPN (WireGuard, Tailscale) or a second uplink adds routing rules. Rules look at a packet's source, the"
        + " interface that it came in by, or a mark; so what a container sends may take another way than what the"
        + " host sends to the same address.",
      "A lookup on the host succeeds, and the same lookup in a container goes into a tunnel whose other end drops"
        + " it, or out of an uplink where nobody translates its source, or nowhere.",
    ],
    why:
      "fib_rules_lookup (net/core/fib_rules.c) asks the rules in the order of their priority for each packet; a"
      + " forwarded packet has an input interface and a source when it is asked about, a packet of the host often"
      + " has neither.",
    byHand: [
      "ip rule show",
      "ip route get 192.0.2.53   # the host's way to the resolver",
      "ip route get 192.0.2.53 from 172.17.0.2 iif docker0   # a container's; add \"mark 0x1\" if rules set one",
    ],
    sources: [
      "ip-rule(8)", "wg-quick(8)", "tailscale/tailscale#12108", "net/core/fib_rules.c (fib_rules_lookup)",
    ]
  )

  private struct Bend {
    let destination: IPAddress
    let isResolver: Bool
    let containers: RouteLookup.Outcome
    let host: RouteLookup.Outcome
    let mark: UInt32?
    /// Why this way doesn't end well; nil if it may.
    let harm: String?
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Bend> in
      try judge(item)
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  private func judge(_ item: ContainerCase) throws(Missing) -> ContainerVerdict<Bend> {
    let routes = try item.routes()
    let marks = Self.marks(of: item)
    var harmless: Bend?
    for (destination, isResolver) in try destinations(item) {
      guard let source = item.address(destination.family) else { continue }
      let own = routes.way(.init(to: destination))
      for mark in [nil] + marks.map(Optional.some) {
        let theirs = routes.way(
          .init(to: destination, from: source, arrivingAt: item.bridge.name, mark: mark ?? 0)
        )
        if case .undecided(let why) = theirs { throw Missing(what: "the way to \(destination): \(why)") }
        guard Self.interfaces(theirs) != Self.interfaces(own), isBent(theirs) else { continue }
        let bend = Bend(
          destination: destination,
          isResolver: isResolver,
          containers: theirs,
          host: own,
          mark: mark,
          harm: harm(item, theirs, from: source, to: destination)
        )
        if bend.harm != nil { return .hit(bend) }
        harmless = harmless ?? bend
      }
    }
    if let harmless { return .hit(harmless) }
    return .fine("its packets leave by the same interface as the host's own")
  }

  /// Whether a rule that doesn't apply to all packets made it so.
  private func isBent(_ outcome: RouteLookup.Outcome) -> Bool {
    switch outcome {
    case .sent(let way), .refused(_, let way): way.isSelective || way.rule.isInverted
    case .none, .local, .undecided: false
    }
  }

  private func harm(
    _ item: ContainerCase,
    _ outcome: RouteLookup.Outcome,
    from source: IPAddress,
    to destination: IPAddress
  ) -> String? {
    if case .refused(let type, _) = outcome { return "it is refused there (\(type))" }
    let links = item.namespace.links(of: outcome)
    if let tunnel = links.first(where: Self.isTunnel) {
      return
        "\(tunnel.name) is a tunnel, whose other end has to know the containers' addresses or get translated"
        + " ones"
    }
    guard let ruleset = item.namespace.ruleset.value, let link = links.first else { return nil }
    let packet = Ruleset.Packet(
      inInterface: item.bridge.name,
      outInterface: link.name,
      source: SocketAddress(source, port: 40000),
      destination: SocketAddress(destination, port: 53),
      upperProtocol: .udp,
      state: .new
    )
    return ruleset.translatesSource(of: packet) == false
      ? "no rule translates the container's address on \(link.name), so that no answer can come back" : nil
  }

  private static func isTunnel(_ link: LinkSnapshot) -> Bool {
    let kinds: Set = [
      "wireguard", "tun", "ipip", "sit", "gre", "gretap", "ip6tnl", "ip6gre", "vti", "vti6", "xfrm",
    ]
    return link.kind.map { kinds.contains($0) } ?? false
  }

  private static func interfaces(_ outcome: RouteLookup.Outcome) -> [InterfaceIndex] {
    guard case .sent(let way) = outcome else { return [] }
    return way.hops.compactMap(\.interface).sorted()
  }

  /// Its resolvers, and an address each that only the default route leads to (RFC 5737, RFC 3849).
  private func destinations(_ item: ContainerCase) throws(Missing) -> [(IPAddress, Bool)] {
    let resolvers = (try? item.use())?.askedByContainer ?? []
    let anywhere = ["203.0.113.1", "2001:db8:dead:beef::1"].compactMap { IPAddress($0) }
    return resolvers.filter { !$0.isLoopback }.map { ($0, true) } + anywhere.map { ($0, false) }
  }

  /// Marks that rules look at and that a firewall's rule sets on what comes in.
  private static func marks(of item: ContainerCase) -> [UInt32] {
    let looked = Set((item.namespace.state.rules.value ?? []).compactMap(\.mark)).subtracting([0])
    if looked.isEmpty { return [] }
    let bridges = item.namespace.bridges.map(\.name)
    var marks: Set<UInt32> = []
    for rule in item.namespace.scan.rulesWithMarks
    where rule.hook != "output" && rule.hook != "postrouting" {
      let words = rule.words
      let others = bridges.filter { $0 != item.bridge.name }
      if words.contains("iifname") || words.contains("iif") || words.contains("-i") {
        if !words.contains(Substring(item.bridge.name))
          || others.contains(where: { words.contains(Substring($0)) })
        {
          continue
        }
      }
      for index in words.indices where ["set", "--set-xmark", "--set-mark"].contains(words[index]) {
        guard words[index] != "set" || (index > 0 && words[index - 1] == "mark"), index + 1 < words.count
        else {
          continue
        }
        let number = words[index + 1].split(separator: "/")[0]
        let value = number.hasPrefix("0x") ? UInt32(number.dropFirst(2), radix: 16) : UInt32(number)
        if let value, looked.contains(value) { marks.insert(value) }
      }
    }
    return marks.sorted()
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, bend: Bend)]) -> Judgement {
    guard let (item, bend) = hits.first(where: { $0.bend.harm != nil }) ?? hits.first else {
      return .unknown("no container was looked at")
    }
    let namespace = item.namespace
    let theirs = namespace.words(for: bend.containers)
    var evidence = [
      Evidence(
        "routing rules and tables",
        "from \(bridge.name) to \(bend.destination): \(theirs)",
        "containers"
      ),
      Evidence(
        "routing rules and tables",
        "from this host to \(bend.destination): \(namespace.words(for: bend.host))",
        "the host itself"
      ),
    ]
    if case .sent(let way) = bend.containers { evidence.append(Self.evidence(of: way.rule)) }
    if case .refused(_, let way) = bend.containers { evidence.append(Self.evidence(of: way.rule)) }
    let priority = Self.priority(bend.containers)
    let family = bend.destination.family == .v6 ? "ip -6" : "ip"
    return finding(
      bridge.subject,
      severity: bend.harm == nil ? .info : nil,
      confidence: bend.harm == nil || bend.mark != nil ? .possible : .likely,
      summary:
        "What containers on \(bridge.name) send to \(bend.isResolver ? "their resolver " : "")\(bend.destination)"
        + " goes another way than what the host sends there: \(theirs).",
      consequence:
        "A test on the host says nothing about \(hits.map(\.item.container).inWords)"
        + (bend.harm.map { ": " + $0 } ?? "; if this is meant so, all is well") + ".",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Let what containers send look at the main table before the rule that bends it.",
          commands: bridge.subnets.filter { $0.address.family == bend.destination.family }.map {
            "\(family) rule add priority \(max(1, priority) - 1) from \($0) lookup main"
          }
        ),
        Remedy(
          .persistent,
          "systemd-networkd: the same rule with the uplink's network.",
          files: [
            Remedy.File(
              path: "/etc/systemd/network/\(Self.uplink(namespace)).network.d/containers.conf",
              content: bridge.subnets.filter { $0.address.family == bend.destination.family }.map {
                "[RoutingPolicyRule]\nPriority=\(max(1, priority) - 1)\nFrom=\($0)\nTable=main\n"
              }.joined(separator: "\n")
            )
          ]
        ),
      ]
    )
  }

  private static func uplink(_ namespace: NamespaceView) -> String {
    "10-" + (namespace.uplinks.first?.name ?? "eth0")
  }

  private static func priority(_ outcome: RouteLookup.Outcome) -> UInt32 {
    switch outcome {
    case .sent(let way), .refused(_, let way): way.rule.priority
    case .none, .local, .undecided: 32766
    }
  }

  private static func evidence(of rule: RuleSnapshot) -> Evidence {
    var words = ["\(rule.priority):"]
    if rule.isInverted { words.append("not") }
    words.append("from \(rule.source.map(\.description) ?? "all")")
    if let destination = rule.destination { words.append("to \(destination)") }
    if let mark = rule.mark { words.append("fwmark 0x" + String(mark, radix: 16)) }
    if let input = rule.inputInterface { words.append("iif \(input)") }
    if let output = rule.outputInterface { words.append("oif \(output)") }
    words.append(rule.action == "lookup" ? "lookup \(rule.table.map(String.init) ?? "?")" : rule.action)
    return Evidence("ip rule", words.joined(separator: " "), "the rule that decides for containers")
  }
}
