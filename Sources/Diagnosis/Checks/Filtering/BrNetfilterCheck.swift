internal import NetworkTypes
internal import Observation

/// Frames from port to port that the firewall of the layer above drops.
struct BrNetfilterCheck: Check {
  let entry = CatalogueEntry(
    number: 35,
    id: "br-netfilter",
    title: "frames between containers of one bridge are dropped by the IP firewall",
    area: .filtering,
    severity: .warning,
    mechanism: [
      "The module br_netfilter is loaded (dockerd does so for icc=false, Kubernetes asks for it), and"
        + " net.bridge.bridge-nf-call-iptables is 1, which is its default.",
      "From then on frames that a bridge only passes from one port to another run through the IP firewall's forward hook"
        + " as well, with the bridge as both interfaces.",
      "Rules that were written for routed traffic accept \"from the bridge to the uplink\" and drop the rest, and so drop"
        + " what one container says to another. A resolver in a container next door is lost; those elsewhere are not.",
    ],
    why:
      "br_nf_pre_routing and br_nf_forward hand bridged IP packets to the NF_INET hooks while the namespace's or the"
      + " bridge's own setting is 1. Flooded frames take that way, too, and leave connection tracking entries without"
      + " translation, which a later lookup from the same port uses (ct-flooded-entry).",
    byHand: [
      "sysctl net.bridge   # bridge-nf-call-iptables",
      "cat /sys/class/net/br0/bridge/nf_call_iptables   # the bridge's own switch, which does the same",
      "iptables -S FORWARD   # is there an accept for what comes in and goes out by the same bridge?",
    ],
    sources: [
      "m#48411", "m#48365", "m#48492", "firewalld/firewalld#1235", "net/bridge/br_netfilter_hooks.c",
      "ebtables/iptables interaction on a Linux-based bridge (netfilter.org)",
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
      return try judge(bridge, namespace)
    }
  }

  private func judge(_ bridge: BridgeView, _ namespace: NamespaceView) throws(Missing) -> Judgement {
    var isOn = false
    var doubt: Judgement?
    for (family, name, option) in [
      (IPFamily.v4, "net.bridge.bridge-nf-call-iptables", "nf_call_iptables"),
      (.v6, "net.bridge.bridge-nf-call-ip6tables", "nf_call_ip6tables"),
    ] {
      let setting = try namespace.setting(name).needed(name)
      let isOwn = bridge.link.bridge?[option] == "1"
      guard setting == "1" || isOwn else { continue }
      isOn = true
      let switched = setting == "1" ? "\(name) = 1" : "\(option) of \(bridge.name) = 1"
      guard let packet = bridge.packetBetweenPorts(family) else { continue }
      let ruleset = try namespace.rules()
      var walk = Ruleset.Walk(mark: packet.mark)
      var decision = ruleset.filter(packet, hook: "forward", &walk)
      if decision == .accepted {
        decision = ruleset.filter(packet.answer, hook: "forward", &walk)
      }
      switch decision {
      case .accepted: continue
      case .undecided:
        doubt = doubt ?? undecided(walk.doubts, ruleset, "a lookup from port to port of \(bridge.name)")
      case .droppedByPolicy, .droppedByRule:
        if bridge.isWithoutNeighbours {
          return .passed("its engine keeps its containers apart on purpose (icc: false)")
        }
        guard let site = walk.dropped else { continue }
        return failure(bridge, family, name, switched, site, ruleset)
      }
    }
    if let doubt { return doubt }
    return .passed(
      isOn
        ? "bridged frames run through the firewall, which accepts them; flooded ones can leave entries without"
          + " translation (ct-flooded-entry)"
        : "frames from port to port are kept from the firewall"
    )
  }

  private func failure(
    _ bridge: BridgeView,
    _ family: IPFamily,
    _ name: String,
    _ switched: String,
    _ site: Ruleset.Site,
    _ ruleset: Ruleset
  ) -> Judgement {
    let chain = ruleset.chains[site.base]
    let accept =
      switch FilterRemedies.owner(of: chain, in: ruleset) {
      case .docker:
        "\(FilterRemedies.command(chain, family)) -I DOCKER-USER -i \(bridge.name) -o \(bridge.name) -j ACCEPT"
      case .iptables, .ufw:
        "\(FilterRemedies.command(chain, family)) -I \(chain.name) -i \(bridge.name) -o \(bridge.name) -j ACCEPT"
      case .firewalld: "firewall-cmd --zone=trusted --add-interface=\(bridge.name)"
      case .nftables: "nft insert rule \(chain.title) iifname \(bridge.name) oifname \(bridge.name) accept"
      }
    return finding(
      bridge.subject,
      summary: "\(chain.title) drops what containers on \(bridge.name) send to each other.",
      consequence:
        "A resolver or any other service in one of these can't be reached by its neighbours: \(bridge.containersInWords).",
      evidence: [
        Evidence("sysctl", switched, "frames from port to port run through the IP firewall"),
        ruleset.evidence(site, "this drops a packet that comes in and goes out by \(bridge.name)"),
      ],
      remedies: [
        Remedy(
          .runtime,
          "Keep bridged frames from the firewall, unless Kubernetes or dockerd with icc=false needs them there.",
          commands: ["sysctl -w \(name)=0"]
        ),
        Remedy(.runtime, "Or accept what stays on the bridge.", commands: [accept]),
        Remedy(
          .persistent,
          "systemd-sysctl: a file, and the module at boot, so that there is something to set.",
          files: [
            Remedy.File(path: "/etc/sysctl.d/99-z-bridge.conf", content: "\(name) = 0\n"),
            Remedy.File(path: "/etc/modules-load.d/bridge.conf", content: "br_netfilter\n"),
          ]
        ),
      ]
    )
  }
}

extension BridgeView {
  /// A lookup from one container to another on the bridge, as the forward hook sees it.
  fileprivate func packetBetweenPorts(_ family: IPFamily) -> Ruleset.Packet? {
    let all = containers.flatMap(\.addresses).map(\.address).filter { $0.family == family && !$0.isLinkLocal }
    guard
      let subnet = subnets.first(where: { $0.address.family == family })
        ?? all.first.flatMap({
          IPPrefix($0, length: family == .v4 ? 24 : 64)?.network
        })
    else { return nil }
    let source = all.first ?? someAddress(in: subnet)
    let destination = all.dropFirst().first ?? subnet.neighbour(of: source)
    var packet = Ruleset.Packet(
      inInterface: name,
      outInterface: name,
      source: SocketAddress(source, port: 40_000),
      destination: SocketAddress(destination, port: 53),
      upperProtocol: .udp,
      state: .new
    )
    packet.mark = Ruleset.Mark(0)
    packet.isBridged = true
    return packet
  }

  /// Whether its engine was told to keep its containers apart.
  fileprivate var isWithoutNeighbours: Bool {
    networks.contains { engine, network in
      network.options["com.docker.network.bridge.enable_icc"] == "false"
        || network.isDefault && engine.settings.value?["icc"] == "false"
    }
  }
}

extension IPPrefix {
  /// The address after another one.
  fileprivate func neighbour(of address: IPAddress) -> IPAddress {
    switch address {
    case .v4(let address): .v4(IPv4Address(address.rawValue &+ 1))
    case .v6(let address): .v6(IPv6Address(address.rawValue &+ 1))
    }
  }
}
