internal import NetworkTypes
internal import Observation

/// Answers that come from another address than the one that was asked.
struct HairpinSourceCheck: Check {
  let entry = CatalogueEntry(
    number: 65,
    id: "hairpin-proxy-source",
    title: "a resolver published on this host answers from another address",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "A resolver runs in a container and its port 53 is published. Containers of the same host ask the host's"
        + " address.",
      "docker-proxy takes the question in and passes it on; its answer leaves with the address that the kernel"
        + " prefers on the way back, the bridge's, not the one that was asked.",
      "Without docker-proxy a rule leads the question to the container. If both are on one bridge, the answer goes"
        + " from port to port and past the host, which would have translated it back.",
      "The asker drops an answer from an address that it didn't ask. Hosts outside, asking the same, have no trouble.",
    ],
    why:
      "A UDP socket bound to 0.0.0.0 has no source of its own; docker-proxy uses IP_PKTINFO since Docker 28"
      + " (moby#48571). Bridged frames pass connection tracking only with bridge-nf-call-iptables=1.",
    byHand: [
      "dig @HOST NAME   # in a container: \"reply from unexpected source\"",
      "ss -lunp 'sport = 53'   # docker-proxy at 0.0.0.0",
    ],
    sources: ["m#11998", "m#16029", "moby/libnetwork#1729", "moby/moby#48571"]
  )

  private enum Fault {
    case proxy(server: IPAddress, isKnown: Bool)
    case hairpin(server: IPAddress?, target: IPAddress, rule: RuleScan.Rule)
  }

  /// The first version whose docker-proxy answers from the right address.
  private static let cured = EngineVersion(28)

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Fault> in
      try judge(item)
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  private func judge(_ item: ContainerCase) throws(Missing) -> ContainerVerdict<Fault> {
    let name = item.namespace.state.name
    let own = Set(
      (try item.namespace.state.addresses.needed("the addresses of \(name)") ?? []).map(\.prefix.address)
    )
    let use = try item.use()
    let servers = (use?.askedByContainer ?? []).filter { own.contains($0) && !$0.isLoopback }
    let gateways = Set(item.bridge.addresses.map(\.address))
    if let server = servers.first(where: { !gateways.contains($0) }) {
      let listeners = try item.namespace.state.listeners.required("the listening sockets of \(name)")
      let proxies = listeners.filter {
        $0.port == 53 && $0.transport == "udp" && $0.address.isUnspecified
          && $0.process?.name == "docker-proxy"
      }
      let versions = item.namespace.engines.filter { $0.kind == .docker }.map { try? $0.knownVersion() }
      if !proxies.isEmpty, versions.contains(where: { $0.map { $0 < Self.cured } ?? true }) {
        return .hit(.proxy(server: server, isKnown: versions.allSatisfy { $0 != nil }))
      }
    }
    if let (target, rule) = try hairpin(item, servers: servers) {
      return .hit(.hairpin(server: servers.first, target: target, rule: rule))
    }
    return .fine("no published resolver answers its containers from another address")
  }

  /// A rule that leads questions from the bridge to a container on it, whose answer then passes the host by.
  private func hairpin(_ item: ContainerCase, servers: [IPAddress]) throws(Missing) -> (
    IPAddress, RuleScan.Rule
  )? {
    let scan = RuleScan(item.namespace)
    let bridge = item.bridge
    for rule in scan.rulesAboutDNSQuestions where !rule.names("tcp") && !rule.spares(bridge.name) {
      guard let target = rule.destination, item.address(target.family) != target,
        bridge.subnets.contains(where: { $0.contains(target) }),
        let source = item.address(target.family)
      else { continue }
      let setting = "net.bridge.bridge-nf-call-ip" + (target.family == .v6 ? "6" : "") + "tables"
      let passes =
        try item.namespace.setting(setting).map { reading throws(Missing) in
          try reading.needed("\(setting) of \(item.namespace.state.name)")
        } ?? nil
      if passes == "1" { continue }
      let packet = Ruleset.Packet(
        inInterface: bridge.name,
        outInterface: bridge.name,
        source: SocketAddress(source, port: 40000),
        destination: SocketAddress(target, port: 53),
        upperProtocol: .udp,
        state: .new
      )
      // Translated, the question comes from the host, and so its answer goes to the host.
      if item.namespace.ruleset.value?.translatesSource(of: packet) != false { continue }
      return (target, rule)
    }
    if let missing = scan.missing, !servers.isEmpty { throw missing }
    return nil
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, fault: Fault)]) -> Judgement {
    guard let (item, fault) = hits.first else { return .unknown("no container was looked at") }
    let names = hits.map(\.item.container).inWords
    switch fault {
    case .proxy(let server, let isKnown):
      return finding(
        bridge.subject,
        confidence: isKnown ? .likely : .possible,
        summary: "Containers on \(bridge.name) ask \(server); docker-proxy answers from another address.",
        consequence: "\(names) drop every answer, because it doesn't come from \(server).",
        evidence: [
          Evidence(
            "/etc/resolv.conf of \(item.container.name)",
            "nameserver \(server)",
            "an address of this host"
          ),
          Evidence(
            "/proc/net/udp of \(item.namespace.state.name)",
            "docker-proxy at port 53 of all addresses",
            "before Docker 28 it answers from the address that the kernel prefers, the bridge's"
          ),
        ],
        remedies: [
          Remedy(
            .runtime,
            "Publish the resolver's port at that one address, so that answers leave from it.",
            commands: ["docker run -p \(server):53:53/udp …"]
          ),
          Remedy(
            .persistent,
            "Or let containers ask the resolver's container itself; Docker 28 and later are cured."
          ),
        ]
      )
    case .hairpin(let server, let target, let rule):
      let asked = server.map(\.description) ?? "this host"
      return finding(
        bridge.subject,
        confidence: .likely,
        summary:
          "Questions from \(bridge.name) are led to \(target) on the same bridge, which answers past the host.",
        consequence: "\(names) ask \(asked), get answers from \(target), and drop them.",
        evidence: [
          Evidence(rule.chain, rule.text, "leads questions to a container on the same bridge"),
          Evidence(
            "net.bridge.bridge-nf-call-iptables",
            "0 or absent",
            "so what goes from port to port isn't translated back"
          ),
        ],
        remedies: [
          Remedy(
            .runtime,
            "Let containers on \(bridge.name) ask \(target) itself, or translate their source too, so that answers come"
              + " back to the host.",
            commands: [
              "nft add table ip kingpost",
              "nft 'add chain ip kingpost postrouting { type nat hook postrouting priority srcnat; }'",
              "nft add rule ip kingpost postrouting iifname \(bridge.name) oifname \(bridge.name) ip daddr \(target)"
                + " udp dport 53 masquerade",
            ]
          ),
          Remedy(
            .persistent,
            "Give containers on this bridge the resolver's own address.",
            commands: ["docker run --dns \(target) …"]
          ),
        ]
      )
    }
  }
}

extension RuleScan.Rule {
  /// Where a rule of destination translation leads; nil for other rules.
  var destination: IPAddress? {
    let words = words
    guard let index = words.firstIndex(where: { ["dnat", "DNAT", "--to-destination"].contains($0) }) else {
      return nil
    }
    for word in words[index...].dropFirst() {
      if let address = IPAddress(String(word)) { return address }
      let parts = word.split(separator: ":")
      if parts.count == 2, let address = IPAddress(String(parts[0])) { return address }
    }
    return nil
  }

  /// Whether it doesn't apply to what comes in by an interface.
  func spares(_ interface: String) -> Bool {
    let words = words
    for index in words.indices where ["iifname", "iif", "-i"].contains(words[index]) {
      guard index + 1 < words.count else { continue }
      let isNegated = words[index + 1] == "!=" || (index > 0 && words[index - 1] == "!")
      let name = words[index + 1] == "!=" && index + 2 < words.count ? words[index + 2] : words[index + 1]
      let isNamed =
        name.hasSuffix("*") || name.hasSuffix("+") ? interface.hasPrefix(name.dropLast()) : name == interface
      return isNegated == isNamed
    }
    return false
  }
}
