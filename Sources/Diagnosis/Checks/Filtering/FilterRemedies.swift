internal import NetworkTypes
internal import Observation

/// Rules that let a bridge's traffic through, in the words of whoever owns the rules.
enum FilterRemedies {
  /// Who keeps a chain.
  enum Owner: Hashable {
    /// dockerd's iptables rules: DOCKER-USER is kept for one's own.
    case docker
    case firewalld, ufw
    /// iptables without dockerd.
    case iptables
    /// A table of one's own, or of another program.
    case nftables
  }

  /// Who keeps the rules that a chain belongs to.
  static func owner(of chain: Ruleset.Chain, in ruleset: Ruleset) -> Owner {
    if chain.table == "firewalld" || chain.table.hasPrefix("firewalld_") { return .firewalld }
    let family = ruleset.chains.filter {
      $0.table == chain.table && $0.family == chain.family && $0.backend == chain.backend
    }
    if family.contains(where: { $0.name.hasPrefix("ufw") }) { return .ufw }
    guard chain.isOfIptables else { return .nftables }
    return chain.hook == "forward" && family.contains { $0.name == "DOCKER-USER" } ? .docker : .iptables
  }

  /// Accepts what a bridge sends out and what answers it, past the chain that drops it.
  static func forward(_ bridge: String, past chain: Ruleset.Chain, in ruleset: Ruleset, _ family: IPFamily)
    -> [Remedy]
  {
    let program = command(chain, family)
    switch owner(of: chain, in: ruleset) {
    case .docker:
      let lines = [
        "\(program) -I DOCKER-USER -i \(bridge) -j ACCEPT",
        "\(program) -I DOCKER-USER -o \(bridge) -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
      ]
      return [
        Remedy(
          .runtime,
          "Accept the bridge's traffic in DOCKER-USER, the chain that dockerd leaves to you and asks first.",
          commands: lines
        ),
        Remedy(
          .persistent,
          "systemd: a drop-in that adds the rules each time dockerd has made its chains.",
          files: [
            Remedy.File(
              path: "/etc/systemd/system/docker.service.d/forward-\(bridge).conf",
              content: "[Service]\n" + lines.map { "ExecStartPost=/usr/sbin/\($0)\n" }.joined()
            )
          ]
        ),
      ]
    case .firewalld: return firewalld(bridge)
    case .ufw:
      return [
        Remedy(
          .persistent,
          "ufw keeps these rules itself.",
          commands: ["ufw route allow in on \(bridge)"]
        )
      ]
    case .iptables:
      return own(
        "forward-\(bridge)",
        "Accept the bridge's traffic before the rule or policy that drops it.",
        [
          "\(program) -I \(chain.name) -i \(bridge) -j ACCEPT",
          "\(program) -I \(chain.name) -o \(bridge) -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
        ]
      )
    case .nftables:
      let place = "\(chain.family) \(chain.table) \(chain.name)"
      return own(
        "forward-\(bridge)",
        "Accept the bridge's traffic in the chain that drops it; an accept in another chain doesn't help.",
        [
          "nft insert rule \(place) iifname \(bridge) accept",
          "nft insert rule \(place) oifname \(bridge) ct state established,related accept",
        ]
      )
    }
  }

  /// Accepts what a bridge's containers send to a port of the host.
  static func input(_ bridge: String, past chain: Ruleset.Chain, in ruleset: Ruleset, _ family: IPFamily)
    -> [Remedy]
  {
    let program = command(chain, family)
    switch owner(of: chain, in: ruleset) {
    case .firewalld: return firewalld(bridge)
    case .ufw:
      return [
        Remedy(
          .persistent,
          "ufw keeps this rule itself.",
          commands: ["ufw allow in on \(bridge) to any port 53"]
        )
      ]
    case .docker, .iptables:
      return own(
        "dns-\(bridge)",
        "Accept lookups from the bridge before the rule or policy that drops them.",
        [
          "\(program) -I \(chain.name) -i \(bridge) -p udp --dport 53 -j ACCEPT",
          "\(program) -I \(chain.name) -i \(bridge) -p tcp --dport 53 -j ACCEPT",
        ]
      )
    case .nftables:
      return own(
        "dns-\(bridge)",
        "Accept lookups from the bridge in the chain that drops them.",
        [
          "nft insert rule \(chain.family) \(chain.table) \(chain.name) iifname \(bridge)"
            + " meta l4proto { tcp, udp } th dport 53 accept"
        ]
      )
    }
  }

  private static func firewalld(_ bridge: String) -> [Remedy] {
    let command = "--zone=trusted --add-interface=\(bridge)"
    return [
      Remedy(
        .runtime,
        "firewalld: the bridge belongs to a zone that accepts.",
        commands: ["firewall-cmd \(command)"]
      ),
      Remedy(
        .persistent,
        "firewalld: the same for good.",
        commands: ["firewall-cmd --permanent \(command)"]
      ),
    ]
  }

  /// Commands now, and a unit of systemd's that runs them at boot, after the firewall was loaded.
  static func own(_ name: String, _ text: String, _ commands: [String]) -> [Remedy] {
    [
      Remedy(.runtime, text, commands: commands),
      Remedy(
        .persistent,
        "systemd: a unit that does the same at boot, once the firewall's rules are loaded; enable it with"
          + " \"systemctl enable \(name).service\".",
        files: [
          Remedy.File(
            path: "/etc/systemd/system/\(name).service",
            content:
              "[Unit]\nDescription=Rules for the containers' bridge\n"
              + "After=nftables.service netfilter-persistent.service iptables.service docker.service\n\n"
              + "[Service]\nType=oneshot\n"
              + commands.map { "ExecStart=/usr/sbin/\($0)\n" }.joined()
              + "\n[Install]\nWantedBy=multi-user.target\n"
          )
        ]
      ),
    ]
  }

  /// iptables as it reaches the chain's own backend.
  static func command(_ chain: Ruleset.Chain, _ family: IPFamily) -> String {
    (family == .v4 ? "iptables" : "ip6tables") + (chain.backend == .legacy ? "-legacy" : "")
  }
}

extension Ruleset {
  /// The command that shows a site's rules.
  func source(_ site: Site) -> String {
    let chain = chains[site.chain]
    return chain.backend == .legacy
      ? "\(chain.family == "ip6" ? "ip6tables" : "iptables")-legacy-save" : "nft list ruleset"
  }

  /// A rule or policy that decided, as evidence.
  func evidence(_ site: Site, _ meaning: String) -> Evidence {
    var value = words(site)
    let chain = chains[site.chain]
    let counter = site.rule.map { chain.rules[$0].counter } ?? chain.policyCounter
    // nft prints counters with the rule; a legacy rule's are kept apart.
    if let counter, chain.backend == .legacy { value += " (\(counter.packets) packets)" }
    return Evidence(source(site), value, meaning)
  }
}
