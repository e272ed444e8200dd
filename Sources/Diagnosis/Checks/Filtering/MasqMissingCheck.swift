internal import NetworkTypes
internal import Observation

/// Containers whose packets leave the host with an address that no answer finds its way to.
struct MasqMissingCheck: Check {
  let entry = CatalogueEntry(
    number: 28,
    id: "masq-missing",
    title: "no rule translates the containers' addresses on their way out",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "Containers have addresses of a private subnet that exists on this host only. On their way out a rule must give"
        + " their packets the host's own address (masquerade), so that answers come back to the host.",
      "The rule is missing, is for another subnet, or is for another way out: dockerd was told to leave the rules alone"
        + " (iptables=false, ip-masq=false), the bridge was made by hand, or somebody flushed the rules.",
      "Requests leave the host and reach the resolver. The answers go to a private address that the network doesn't know,"
        + " and are lost.",
    ],
    why:
      "Translation happens only where a rule of a nat chain on the postrouting hook says so for a connection's first"
      + " packet (nf_nat_inet_fn); dockerd adds one rule for each network's subnet (setupIPTablesInternal), and none with"
      + " ip-masq=false. The default for a packet without a rule is to keep its source.",
    byHand: [
      "iptables -t nat -S POSTROUTING; nft list ruleset | grep -i -e masquerade -e snat   # must cover the subnet",
      "tcpdump -pni eth0 net 172.17.0.0/16   # on the uplink: packets with a container's own address must not be seen",
    ],
    sources: [
      "moby, daemon/libnetwork/drivers/bridge/internal/iptabler/network.go",
      "dockerd(8), --ip-masq, --iptables",
      "net/netfilter/nf_nat_core.c (nf_nat_inet_fn)", "RFC 1918",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachRoutedBridge(of: host) { (bridge, namespace) throws(Missing) in
      if let why = bridge.isRoutedOnPurpose { return .notApplicable(why) }
      return judge(try namespace.crossings(of: bridge), bridge, namespace, try namespace.rules())
    }
  }

  private func judge(
    _ all: [Crossing],
    _ bridge: BridgeView,
    _ namespace: NamespaceView,
    _ ruleset: Ruleset
  ) -> Judgement {
    let crossings = all.filter { $0.isRedirected != true && !$0.isInside(namespace) }
    guard !crossings.isEmpty else { return .notApplicable("no route leads out for its containers") }
    let hidden = crossings.filter { $0.packet.source.address.isPrivate }
    guard !hidden.isEmpty else {
      return .passed("its addresses are public: they need no translation")
    }
    let untranslated = hidden.filter { $0.isTranslated == false }
    let toPublic = untranslated.filter { !$0.packet.destination.address.isPrivate }
    for family in [IPFamily.v4, .v6] {
      let missing = toPublic.filter { $0.family == family }
      // Only lookups, or all but lookups, translated by name: somebody meant it.
      let own = hidden.filter { $0.family == family && $0.purpose == .ownResolver }
      let isMeant = !own.isEmpty && own.allSatisfy { $0.isTranslated == true }
      guard !isMeant, let crossing = missing.first(where: { $0.purpose != .web }) ?? missing.first else {
        continue
      }
      return failure(crossing, bridge, namespace, ruleset)
    }
    // Without a way to the public network there are only the own resolvers.
    let hasWeb = hidden.contains { !$0.packet.destination.address.isPrivate }
    if !hasWeb, let crossing = untranslated.first { return failure(crossing, bridge, namespace, ruleset) }
    if let doubt = hidden.first(where: { $0.isTranslated == nil }) {
      return undecided(doubt.translationDoubts, ruleset, "the source of \(doubt.words)")
    }
    if let left = untranslated.first {
      return .passed(
        "what leaves for the public network is translated; \(left.words) isn't, it seems on purpose"
      )
    }
    return .passed("a rule translates what its containers send out")
  }

  private func failure(
    _ crossing: Crossing,
    _ bridge: BridgeView,
    _ namespace: NamespaceView,
    _ ruleset: Ruleset
  ) -> Judgement {
    let subnet = crossing.subnet
    let chains = ruleset.baseChains(hook: "postrouting", type: "nat", family: crossing.family)
    let others = chains.contains { ruleset.chains[$0].rules.contains { $0.isTranslation } }
    var evidence = [
      Evidence(
        chains.contains { ruleset.chains[$0].backend == .legacy }
          ? "nft and iptables-legacy" : "nft list ruleset",
        "no masquerade or snat for \(crossing.packet.source.address) out by \(crossing.packet.outInterface)",
        others
          ? "other rules translate other traffic, so answers are expected to come to this host"
          : "no rule of this host translates any source"
      )
    ]
    for (engine, _) in bridge.networks {
      for name in ["iptables", "ip-masq"] where engine.settings.value?[name] == "false" {
        evidence.append(
          Evidence(
            engine.configurationFile ?? engine.id,
            "\(name): false",
            "the engine leaves the translation to others"
          )
        )
      }
    }
    return finding(
      bridge.subject,
      severity: bridge.containers.isEmpty ? .warning : .critical,
      confidence: others || evidence.count > 1 ? .certain : .likely,
      summary: "Nothing translates \(subnet) on its way out by \(crossing.packet.outInterface).",
      consequence:
        "Their requests leave with an address that no answer finds its way to: \(crossing.container ?? bridge.containersInWords).",
      evidence: evidence,
      remedies: remedies(crossing, bridge, ruleset)
    )
  }

  private func remedies(_ crossing: Crossing, _ bridge: BridgeView, _ ruleset: Ruleset) -> [Remedy] {
    let isOwnTable = bridge.networks.allSatisfy { $0.engine.settings.value?["iptables"] == "false" }
    let family = crossing.family == .v4 ? "ip" : "ip6"
    let nat = ruleset.chains.first { $0.table == "nat" && $0.name == "POSTROUTING" && $0.family == family }
    let subnet = crossing.subnet
    if let nat, !isOwnTable || !ruleset.chains.contains(where: { !$0.isOfIptables }) {
      let program = FilterRemedies.command(nat, crossing.family)
      return FilterRemedies.own(
        "masquerade-\(bridge.name)",
        "Translate what leaves the bridge's subnet by another interface.",
        ["\(program) -t nat -A POSTROUTING -s \(subnet) ! -o \(bridge.name) -j MASQUERADE"]
      )
    }
    let table = "\(family) masquerade-\(bridge.name)"
    return FilterRemedies.own(
      "masquerade-\(bridge.name)",
      "Translate what leaves the bridge's subnet by another interface, in a table of its own that nobody else flushes.",
      [
        "nft add table \(table)",
        "nft 'add chain \(table) postrouting { type nat hook postrouting priority srcnat; }'",
        "nft add rule \(table) postrouting \(family) saddr \(subnet) oifname != \(bridge.name) masquerade",
      ]
    )
  }
}

extension BridgeView {
  /// Why its addresses aren't to be translated; nil if nobody said so.
  fileprivate var isRoutedOnPurpose: String? {
    guard !networks.isEmpty else { return nil }
    let isRouted = networks.allSatisfy { engine, network in
      // Of its default network dockerd says so too if it was told to leave the firewall, or this, alone.
      let settings = engine.settings.value ?? [:]
      let isLeftToOthers =
        network.isDefault && ["iptables", "ip-masq"].contains { settings[$0] == "false" }
      return !isLeftToOthers && network.options["com.docker.network.bridge.enable_ip_masquerade"] == "false"
        || ["routed", "isolated"].contains(network.options["com.docker.network.bridge.gateway_mode_ipv4"])
    }
    return isRouted
      ? "its network was made without translation on purpose; the network around must know the way back" : nil
  }
}

extension Crossing {
  /// Whether it stays on the host's own bridges.
  fileprivate func isInside(_ namespace: NamespaceView) -> Bool {
    namespace.bridges.contains { $0.name == packet.outInterface && $0.isForContainers }
  }
}

extension Ruleset.Rule {
  /// Whether it translates sources.
  var isTranslation: Bool { if case .translate = verdict { true } else { false } }
}
