internal import NetworkTypes
internal import Observation

/// A resolver on the host that the firewall keeps containers from.
struct InputDropResolverCheck: Check {
  let entry = CatalogueEntry(
    number: 33,
    id: "input-drop-resolver",
    title: "the host's firewall drops lookups to the resolver on the host",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "A resolver listens on the bridge's address (dnsmasq, unbound, systemd-resolved's extra listener), and containers"
        + " ask it.",
      "What is for the host itself passes the input hook, not the forward hook. ufw, firewalld or a set of rules of one's"
        + " own drops there whatever isn't listed, and port 53 from the bridge isn't.",
      "Lookups time out; everything that is forwarded works, so it looks like a resolver's fault.",
      "A variant: a resolver in a container asks upstream from any port above 1023, and a rule drops answers to ports"
        + " below 32768 (as some guides for DOCKER-USER have it). About half of its lookups fail.",
    ],
    why:
      "ip_local_deliver runs NF_INET_LOCAL_IN for packets to any address of the host, whichever interface has it; rules"
      + " that dockerd makes are on the forward hook only. dnsmasq draws source ports from 1024 to 65535, other programs"
      + " from ip_local_port_range (32768 to 60999).",
    byHand: [
      "ss -lnup 'sport = :53'   # who listens, on which address",
      "iptables -S INPUT; nft list ruleset | grep -A20 'hook input'   # must accept port 53 from the bridge",
      "iptables -L INPUT -v | head -1   # the policy's counter grows with each lost lookup",
    ],
    sources: [
      "chaifeng/ufw-docker#63", "chaifeng/ufw-docker#4", "weaveworks/weave#1578",
      "net/ipv4/ip_input.c (ip_local_deliver)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard let namespace = host.namespaces.first(where: { $0.state.id == bridge.namespace.id }) else {
        return .notApplicable("its namespace isn't looked at")
      }
      guard bridge.isForContainers else {
        return .notApplicable("no container is on it, and no engine uses it")
      }
      if let judgement = try lowPorts(bridge, namespace) { return judgement }
      let listeners =
        try namespace.state.listeners.needed("the listening sockets of \(namespace.state.name)") ?? []
      let resolvers = resolvers(for: bridge, among: listeners, in: namespace)
      guard !resolvers.isEmpty else {
        return .notApplicable("no resolver on this host serves its containers")
      }
      return judge(bridge, resolvers, namespace, try namespace.rules())
    }
  }

  /// The addresses of this host at which the bridge's containers look names up: those that their configurations
  /// name, and the bridge's own where something listens on exactly that.
  private func resolvers(
    for bridge: BridgeView,
    among listeners: [ListenerSnapshot],
    in namespace: NamespaceView
  ) -> [(address: IPAddress, listener: ListenerSnapshot)] {
    let local = Set((namespace.state.addresses.value ?? []).map(\.prefix.address))
    let named = Set(bridge.containers.flatMap(\.nameservers)).filter { local.contains($0) && !$0.isLoopback }
    var found: [(IPAddress, ListenerSnapshot)] = []
    for listener in listeners where listener.port == 53 && listener.transport == "udp" {
      let own = bridge.gateways.map(\.address).filter { $0 == listener.address }
      let asked = named.filter { $0 == listener.address || listener.serves(all: $0.family) }
      for address in Set(own).union(asked).sorted() where !found.contains(where: { $0.0 == address }) {
        found.append((address, listener))
      }
    }
    return found
  }

  private func judge(
    _ bridge: BridgeView,
    _ resolvers: [(address: IPAddress, listener: ListenerSnapshot)],
    _ namespace: NamespaceView,
    _ ruleset: Ruleset
  ) -> Judgement {
    var doubt: Judgement?
    for (address, listener) in resolvers {
      guard let subnet = bridge.subnets.first(where: { $0.address.family == address.family }) else {
        continue
      }
      let source =
        bridge.containers.flatMap(\.addresses).map(\.address).first { subnet.contains($0) }
        ?? bridge.someAddress(in: subnet)
      var packet = Ruleset.Packet(
        inInterface: bridge.name,
        outInterface: "",
        source: SocketAddress(source, port: 40_000),
        destination: SocketAddress(address, port: 53),
        upperProtocol: .udp,
        state: .new
      )
      packet.mark = Ruleset.Mark(0)
      packet.destinationIsLocal = true
      var walk = Ruleset.Walk(mark: packet.mark)
      var decision = ruleset.filter(packet, hook: "prerouting", &walk)
      if ruleset.redirects(packet, &walk) == true { continue }
      if decision == .accepted { decision = ruleset.filter(packet, hook: "input", &walk) }
      if decision == .accepted {
        var answer = packet.answer
        answer.inInterface = ""
        answer.destinationIsLocal = false
        decision = ruleset.filter(answer, hook: "output", &walk)
      }
      switch decision {
      case .accepted: continue
      case .undecided:
        doubt = doubt ?? undecided(walk.doubts, ruleset, "a lookup from \(bridge.name) to \(address)")
      case .droppedByPolicy, .droppedByRule:
        guard let site = walk.dropped else { continue }
        return failure(bridge, address, listener, site, ruleset)
      }
    }
    return doubt ?? .passed("the rules let its containers reach the resolver on the host")
  }

  private func failure(
    _ bridge: BridgeView,
    _ address: IPAddress,
    _ listener: ListenerSnapshot,
    _ site: Ruleset.Site,
    _ ruleset: Ruleset
  ) -> Judgement {
    let chain = ruleset.chains[site.base]
    let who = listener.process.map { "\($0.name) (process \($0.pid))" } ?? "a resolver"
    return finding(
      bridge.subject,
      summary: "\(chain.title) drops lookups from \(bridge.name) to the resolver at \(address).",
      consequence: "No name can be looked up there by \(bridge.containersInWords).",
      evidence: [
        Evidence(
          "/proc/net/udp",
          "\(who) listens at \(listener.address) port 53",
          "containers are meant to ask it"
        ),
        ruleset.evidence(site, "this drops UDP port 53 from \(bridge.name) to the host"),
      ],
      remedies: FilterRemedies.input(bridge.name, past: chain, in: ruleset, address.family)
    )
  }

  /// Answers to ports below 32768 are dropped on their way to containers, others not.
  private func lowPorts(_ bridge: BridgeView, _ namespace: NamespaceView) throws(Missing) -> Judgement? {
    guard bridge.notRouted(in: namespace) == nil else { return nil }
    let ruleset = try namespace.rules()
    for crossing in try namespace.crossings(of: bridge) where crossing.purpose != .web && !crossing.isDropped
    {
      var answer = crossing.packet.answer
      answer.mark = Ruleset.Mark(0)
      answer.destination = SocketAddress(answer.destination.address, port: 20_000)
      var walk = Ruleset.Walk(mark: answer.mark)
      let decision = ruleset.filter(answer, hook: "forward", &walk)
      guard case .droppedByRule = decision, let site = walk.dropped else { continue }
      return finding(
        bridge.subject,
        severity: .warning,
        summary: "Answers to UDP ports below 32768 are dropped on their way to \(bridge.name).",
        consequence:
          "A resolver in a container (dnsmasq draws ports from 1024 on) loses about half of its answers; others on it"
          + " are spared: \(bridge.containersInWords).",
        evidence: [
          ruleset.evidence(
            site,
            "it drops the answer to a lookup from port 20000, and not from port 40000"
          )
        ],
        remedies: FilterRemedies.own(
          "answers-\(bridge.name)",
          "Accept answers before the rule that drops.",
          [
            ruleset.chains[site.base].isOfIptables
              ? "\(FilterRemedies.command(ruleset.chains[site.base], crossing.family)) -I "
                + "\(ruleset.chains[site.chain].name) -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT"
              : "nft insert rule \(ruleset.chains[site.chain].title) ct state established,related accept"
          ]
        )
      )
    }
    return nil
  }
}

extension ListenerSnapshot {
  /// Whether it listens on all addresses of a family; an IPv6 socket serves IPv4 as well unless it was told not to.
  fileprivate func serves(all family: IPFamily) -> Bool {
    switch address {
    case .v4(let address): address.rawValue == 0 && family == .v4
    case .v6(let address): address.rawValue == 0
    }
  }
}
