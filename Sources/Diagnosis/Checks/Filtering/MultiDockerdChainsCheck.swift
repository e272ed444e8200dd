internal import Observation

/// Several dockerds that keep rules in one namespace.
struct MultiDockerdChainsCheck: Check {
  let entry = CatalogueEntry(
    number: 30,
    id: "multi-dockerd-chains",
    title: "two dockerds make the same chains, and delete each other's",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "Two dockerds run in one network namespace, and both keep firewall rules. Their chains have the same names.",
      "Each one, when it starts, deletes the chains DOCKER, DOCKER-ISOLATION and so on, and makes them anew for its own"
        + " networks. The other one's rules are gone from then on.",
      "Containers of the daemon that started first lose translation, isolation or published ports, at a time that has"
        + " nothing to do with them: when the other daemon is restarted or upgraded.",
    ],
    why:
      "removeIPChains in dockerd's bridge driver removes the chains by their fixed names before it makes them, so that a"
      + " daemon that crashed leaves nothing behind. With the nftables backend it deletes and re-creates the table"
      + " \"docker-bridges\" in one transaction, with everything in it.",
    byHand: [
      "pgrep -a dockerd   # how many, and which have --iptables=false?",
      "iptables -S | grep -o 'br-[0-9a-f]*\\|docker0' | sort | uniq -c   # each daemon's bridges must be there",
    ],
    sources: [
      "m#34567", "m#14464", "m#24426", "sous-chefs/docker#669",
      "moby, daemon/libnetwork/drivers/bridge/internal/iptabler (removeIPChains)",
      "dockerd(8), Run multiple daemons",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    let namespaces = host.namespaces.filter { namespace in
      namespace.engines.count { $0.kind == .docker && $0.process != nil } > 1
    }
    guard !namespaces.isEmpty else {
      return [result(.host, .notApplicable("no network namespace has more than one dockerd"))]
    }
    return namespaces.map { namespace in
      result(namespace.subject) { () throws(Missing) in try judge(namespace) }
    }
  }

  private func judge(_ namespace: NamespaceView) throws(Missing) -> Judgement {
    var keepers: [EngineSnapshot] = []
    for engine in namespace.engines where try DockerChains.keepsRules(engine) { keepers.append(engine) }
    guard keepers.count > 1 else {
      return .passed(
        "only \(keepers.first?.id ?? "no dockerd") keeps firewall rules; the others have iptables: false"
      )
    }
    let ruleset = try namespace.rules()
    var evidence = keepers.map {
      Evidence(
        $0.configurationFile ?? $0.id,
        "iptables is on",
        "it makes the chains DOCKER, DOCKER-USER and so on, and deletes what it finds of them when it starts"
      )
    }
    var losers: [EngineSnapshot] = []
    for engine in keepers {
      let chains = try DockerChains(engine, in: namespace, ruleset)
      guard !chains.missing.isEmpty else { continue }
      losers.append(engine)
      evidence += chains.missing.prefix(3).map {
        Evidence("nft list ruleset, iptables-legacy-save", "missing: \($0)", "\(engine.id) needs it")
      }
    }
    let second = keepers.max { ($0.process?.started ?? 0) < ($1.process?.started ?? 0) }
    let lost = namespace.bridges.filter { bridge in
      bridge.networks.contains { network in losers.contains { $0.id == network.engine.id } }
    }
    return finding(
      namespace.subject,
      severity: losers.isEmpty ? .warning : .critical,
      summary: losers.isEmpty
        ? "\(keepers.count) dockerds keep firewall rules in one namespace: the next start of one deletes the others'."
        : "Rules of \(losers.map(\.id).joined(separator: " and ")) are missing: another dockerd here makes the same chains.",
      consequence: losers.isEmpty
        ? "All is there now. At the next restart of either daemon the other's containers are cut off."
        : "Cut off, or reachable where they shouldn't be: \(lost.isEmpty ? "none now" : lost.affected).",
      evidence: evidence,
      remedies: remedies(second)
    )
  }

  private func remedies(_ second: EngineSnapshot?) -> [Remedy] {
    let socket = second?.sockets.first ?? "/run/docker2.sock"
    return [
      Remedy(
        .runtime,
        "Let the daemon whose rules are missing make them again: restart it last. This lasts until the other one starts.",
        commands: ["systemctl restart docker"]
      ),
      Remedy(
        .persistent,
        "Leave the firewall to one daemon. In the configuration of the one at \(socket)"
          + (second?.configurationFile.map { " (\($0))" } ?? "")
          + " set \"iptables\": false and \"ip6tables\": false"
          + " (dockerd reads one file only, so it can't be a file beside it), and keep its subnets' rules in a table of"
          + " your own, which no dockerd touches."
      ),
    ]
  }
}
