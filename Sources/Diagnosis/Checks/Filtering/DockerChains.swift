internal import NetworkTypes
internal import Observation

/// What dockerd's rules must hold for its networks to work, and what of it is missing.
struct DockerChains {
  let engine: EngineSnapshot
  /// Whether it uses nftables directly ("firewall-backend": "nftables", 29 and later).
  let isNftables: Bool
  /// What should be there, and isn't.
  let missing: [String]
  /// How many things were looked for.
  let expected: Int

  /// Whether an engine keeps firewall rules: a dockerd that runs and wasn't told to leave them alone.
  static func keepsRules(_ engine: EngineSnapshot) throws(Missing) -> Bool {
    guard engine.kind == .docker, engine.process != nil else { return false }
    return try settings(engine)["iptables"] != "false"
  }

  private static func settings(_ engine: EngineSnapshot) throws(Missing) -> [String: String] {
    try engine.settings.needed("the settings of \(engine.id)") ?? [:]
  }

  init(_ engine: EngineSnapshot, in namespace: NamespaceView, _ ruleset: Ruleset) throws(Missing) {
    self.engine = engine
    let settings = try Self.settings(engine)
    isNftables = settings["firewall-backend"] == "\"nftables\""
    let networks = (try engine.networks.needed("the networks of \(engine.id)") ?? []).filter { network in
      network.driver == "bridge" && !network.isInternal
        && namespace.bridges.contains { $0.name == network.bridge }
    }
    var expectations: [(String, Bool)] = []
    let chains = ruleset.chains
    if isNftables {
      let table = chains.filter { $0.table == "docker-bridges" && $0.family == "ip" }
      expectations.append(("the table \"ip docker-bridges\"", !table.isEmpty))
      for bridge in networks.compactMap(\.bridge) {
        expectations.append(("rules for \(bridge)", Self.mention(bridge, in: table)))
      }
    } else {
      let filter = chains.filter { $0.table == "filter" && $0.family == "ip" }
      let nat = chains.filter { $0.table == "nat" && $0.family == "ip" }
      expectations.append(("the chain DOCKER of the table nat", nat.contains { $0.name == "DOCKER" }))
      expectations.append(("the chain DOCKER of the table filter", filter.contains { $0.name == "DOCKER" }))
      let forward = filter.filter { $0.hook == "forward" }
      let jumps = forward.contains { chain in
        chain.rules.contains { rule in
          if case .jump(let target?) = rule.verdict { chains[target].name.hasPrefix("DOCKER") } else { false }
        }
      }
      expectations.append(("a jump from FORWARD to dockerd's chains", jumps))
      for bridge in networks.compactMap(\.bridge) {
        expectations.append(("a rule for \(bridge) in the table filter", Self.mention(bridge, in: filter)))
      }
      if settings["ip-masq"] != "false" {
        for network in networks where !network.isUntranslated {
          for pool in network.pools where pool.subnet.address.family == .v4 {
            expectations.append(
              ("a masquerade rule for \(pool.subnet)", Self.translates(pool.subnet, in: nat))
            )
          }
        }
      }
    }
    expected = expectations.count
    missing = expectations.filter { !$0.1 }.map(\.0)
  }

  private static func mention(_ bridge: String, in chains: [Ruleset.Chain]) -> Bool {
    chains.contains { chain in
      chain.rules.contains { rule in
        rule.conditions.contains { condition in
          switch condition {
          case .one(.inInterface, let test, _), .one(.outInterface, let test, _): test == .name(bridge)
          default: false
          }
        } || rule.verdict.mentions(bridge)
      }
    }
  }

  private static func translates(_ subnet: IPPrefix, in chains: [Ruleset.Chain]) -> Bool {
    chains.contains { chain in
      chain.rules.contains { rule in
        rule.isTranslation
          && rule.conditions.allSatisfy { condition in
            guard case .one(.source, .addresses(let low, let high), false) = condition else { return true }
            return low <= subnet.network.address && subnet.last <= high
          }
      }
    }
  }
}

extension EngineNetwork {
  /// Whether it was made without translation on purpose.
  fileprivate var isUntranslated: Bool {
    options["com.docker.network.bridge.enable_ip_masquerade"] == "false"
      || ["routed", "isolated"].contains(options["com.docker.network.bridge.gateway_mode_ipv4"])
  }
}

extension Ruleset.Verdict {
  /// Whether a verdict map has an entry for an interface.
  fileprivate func mentions(_ interface: String) -> Bool {
    guard case .map(_, let entries) = self else { return false }
    return entries.contains { $0.tests.contains(.name(interface)) }
  }
}
