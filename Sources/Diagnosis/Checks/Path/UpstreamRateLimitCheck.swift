internal import NetworkTypes
internal import Observation

/// Lookups that are counted and limited on their way.
struct UpstreamRateLimitCheck: Check {
  let entry = CatalogueEntry(
    number: 47,
    id: "upstream-rate-limit",
    title: "questions beyond a rate are dropped on their way to the resolver",
    area: .path,
    severity: .critical,
    mechanism: [
      "Amazon's network lets each adapter send 1,024 packets a second to its own resolver (169.254.169.253, or the"
        + " third address of the network) and drops the rest without a word.",
      "Many builds that start at once, each with several names, search lists and both families, are more than that"
        + " for a second or two. Some lookups fail; a second later all is well.",
      "Firewalls and name servers limit rates too (RRL); the effect is the same.",
    ],
    why:
      "The limit is the network's, not the kernel's. The adapter's driver (ena) tells what was dropped:"
      + " linklocal_allowance_exceeded. A resolver with a cache on the host asks each name once instead of once for"
      + " each container.",
    byHand: [
      "ethtool -S eth0 | grep allowance_exceeded   # grows when packets are dropped",
      "nft list ruleset | grep -E 'limit rate.*dport 53|dport 53.*limit rate'",
    ],
    sources: [
      "AWS: Amazon DNS quotas, 1,024 packets per second per network interface",
      "AztecProtocol/aztec-packages#24105",
      "ena driver: linklocal_allowance_exceeded",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in try judge(namespace, host) }
  }

  private func judge(_ namespace: NamespaceView, _ host: HostView) throws(Missing) -> Judgement {
    let scan = RuleScan(namespace)
    let limits = scan.rulesDroppingSomeQuestions().filter(\.isRateLimit)
    if !limits.isEmpty { return report(namespace, limits: limits) }
    let exceeded = namespace.links.compactMap { link in
      link.statistics[Self.counter].map { (link, $0) }
    }
    if let (link, count) = exceeded.first(where: { $0.1 > 0 }) {
      return report(namespace, link: link, count: count, uptime: host.snapshot.origin.uptime)
    }
    let resolvers = try resolvers(namespace, host)
    if let missing = scan.missing { throw missing }
    guard let server = resolvers.first else {
      return .passed("no rule here limits the rate of lookups, and no resolver is one that is known to")
    }
    if !exceeded.isEmpty {
      return .passed("the adapter dropped nothing for \(server)'s rate (\(Self.counter) 0)")
    }
    return report(namespace, server: server)
  }

  private static let counter = "linklocal_allowance_exceeded"
  private static let amazon: Set<IPAddress> = Set(
    ["169.254.169.253", "fd00:ec2::253"].compactMap { IPAddress($0) }
  )

  /// Amazon's resolvers among those that the host or its containers ask.
  private func resolvers(_ namespace: NamespaceView, _ host: HostView) throws(Missing) -> [IPAddress] {
    var files: [ResolverFile] = []
    if let file = try host.resolverFile(of: namespace) { files.append(file) }
    if namespace.state.role == .machine, let file = try? host.resolvedFile() { files.append(file) }
    for container in namespace.bridges.flatMap(\.containers) {
      if let text = container.inside?.resolver.value { files.append(ResolverFile(text)) }
    }
    var found: Set<IPAddress> = []
    for file in files {
      let isAmazon = file.search.contains { $0 == "ec2.internal" || $0.hasSuffix(".compute.internal") }
      for address in file.addresses {
        if Self.amazon.contains(address) || (isAmazon && Self.isThird(address)) { found.insert(address) }
      }
    }
    return found.sorted()
  }

  /// Whether an address ends in .2, as the resolver of an Amazon network does.
  private static func isThird(_ address: IPAddress) -> Bool {
    guard case .v4(let address) = address else { return false }
    return address.octets.last == 2
  }

  private func report(_ namespace: NamespaceView, limits: [RuleScan.Rule]) -> Judgement {
    finding(
      namespace.subject,
      confidence: .likely,
      summary: "A rule of this host drops lookups beyond a rate.",
      consequence:
        "When many builds start at once, some of their lookups are lost here, and others a second later"
        + " succeed.",
      evidence: limits.prefix(4).map { Evidence($0.chain, $0.text, "drops questions beyond its rate") },
      remedies: [
        Remedy(
          .runtime,
          "Find the rule's handle and delete it, or allow a rate that all containers together stay below.",
          commands: ["nft -a list ruleset | grep -n 'limit rate'"]
        ),
        cache(namespace),
      ]
    )
  }

  private func report(_ namespace: NamespaceView, link: LinkSnapshot, count: UInt64, uptime: Double)
    -> Judgement
  {
    let days = max(1, Int(uptime / 86400))
    return finding(
      namespace.subject,
      severity: count < 100 ? .warning : nil,
      summary:
        "\(link.name) dropped \(count) packets to link-local services, DNS among them, for their rate.",
      consequence:
        "Lookups of \(containers(namespace)) failed for it. When, the counter doesn't say: it is since"
        + " the adapter was started, \(days) \(days == 1 ? "day" : "days") at most.",
      evidence: [
        Evidence(
          "ethtool -S \(link.name)",
          "\(Self.counter) \(count)",
          "packets beyond Amazon's limit, dropped"
        )
      ],
      remedies: [cache(namespace)]
    )
  }

  private func report(_ namespace: NamespaceView, server: IPAddress) -> Judgement {
    finding(
      namespace.subject,
      severity: .info,
      confidence: .possible,
      summary: "\(server) takes 1,024 packets a second from this host, for all its containers together.",
      consequence:
        "Nothing shows that it was ever too much; \(Self.counter) wasn't read. Containers don't share a"
        + " cache, so that many builds at once may come near it.",
      evidence: [
        Evidence("resolv.conf", "nameserver \(server)", "Amazon's own resolver, with a limit per adapter")
      ],
      remedies: [cache(namespace)]
    )
  }

  private func containers(_ namespace: NamespaceView) -> String {
    let all = namespace.bridges.flatMap(\.containers)
    return all.isEmpty ? "this host" : "this host or of \(all.inWords)"
  }

  private func cache(_ namespace: NamespaceView) -> Remedy {
    let gateway = namespace.bridges.first { $0.isForContainers }?.gateways.first?.address
    let address = gateway.map(\.description) ?? "172.17.0.1"
    return Remedy(
      .persistent,
      "systemd-resolved: a cache for all containers; then give the engine \"dns\": [\"\(address)\"].",
      commands: ["systemctl restart systemd-resolved"],
      files: [
        Remedy.File(
          path: "/etc/systemd/resolved.conf.d/containers.conf",
          content: "[Resolve]\nDNSStubListenerExtra=\(address)\nCache=yes\n"
        )
      ]
    )
  }
}
