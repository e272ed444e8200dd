internal import NetworkTypes
internal import Observation

/// A resolver in 169.254.0.0/16, which containers reach only by what the host does for them.
struct LinkLocalResolverCheck: Check {
  let entry = CatalogueEntry(
    number: 48,
    id: "link-local-resolver",
    title: "containers ask a link-local resolver that they can't reach",
    area: .path,
    severity: .warning,
    mechanism: [
      "Clouds answer at link-local addresses (169.254.169.254 and its neighbours). For the host such an address is"
        + " on the link; a container's packet to it has to be forwarded and translated like any other.",
      "Firewalls often keep containers from these addresses, because a cloud's secrets are there too. Where the"
        + " resolver is at such an address, this takes DNS away with them.",
      "A second link-local route (zeroconf on a bridge or on another adapter) sends the question to a link where"
        + " nobody has the address.",
    ],
    why:
      "Docker copies the host's servers into containers on its default bridge, link-local ones too. The kernel"
      + " forwards 169.254.0.0/16 like other addresses (RFC 3927 says routers shouldn't); rules and routes decide.",
    byHand: [
      "ip route get 169.254.169.254 from 172.17.0.2 iif docker0",
      "nft list ruleset | grep 169.254   # rules that keep containers from it",
    ],
    sources: ["m#38243", "RFC 3927", "AWS: IMDSv2 and its hop limit"]
  )

  private struct Hindrance {
    let server: IPAddress
    let what: String
    let evidence: Evidence
    let isCertain: Bool
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Hindrance> in
      try judge(item)
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  private func judge(_ item: ContainerCase) throws(Missing) -> ContainerVerdict<Hindrance> {
    guard let use = try item.use() else { return .notApplicable("no container has a resolver configuration") }
    let servers = use.askedByContainer.filter { $0.family == .v4 && $0.isLinkLocal }
    guard let server = servers.first else { return .fine("no container asks a link-local resolver") }
    guard let outcome = try item.way(to: server), let source = item.address(.v4) else {
      throw Missing(what: "the IPv4 address of \(item.container.name)")
    }
    let way = item.namespace.words(for: outcome)
    switch outcome {
    case .sent:
      let uplinks = Set(item.namespace.uplinks.map(\.index))
      let links = item.namespace.links(of: outcome)
      if !uplinks.isEmpty, links.contains(where: { !uplinks.contains($0.index) }) {
        return .hit(
          Hindrance(
            server: server,
            what: "the way to it is \(way), which is no way out of this host",
            evidence: Evidence(
              "routing tables",
              "\(server): \(way)",
              "a link-local route on another interface"
            ),
            isCertain: false
          )
        )
      }
      return try filtered(item, server, source: source, output: links.first?.name ?? "")
    case .local: return .fine("\(server) is this host's own")
    case .none, .refused:
      return .hit(
        Hindrance(
          server: server,
          what: "there is no way to it: \(way)",
          evidence: Evidence("routing tables", "\(server): \(way)", "containers' packets to it end here"),
          isCertain: true
        )
      )
    case .undecided(let why): throw Missing(what: "the way to \(server): \(why)")
    }
  }

  private func filtered(
    _ item: ContainerCase,
    _ server: IPAddress,
    source: IPAddress,
    output: String
  ) throws(Missing) -> ContainerVerdict<Hindrance> {
    let name = item.namespace.state.name
    guard let ruleset = try item.namespace.ruleset.needed("the nftables rules of \(name)") else {
      return .fine("\(server) is reached through \(output), and no rule is in the way")
    }
    let packet = Ruleset.Packet(
      inInterface: item.bridge.name,
      outInterface: output,
      source: SocketAddress(source, port: 40000),
      destination: SocketAddress(server, port: 53),
      upperProtocol: .udp,
      state: .new
    )
    switch ruleset.filter(packet, hook: "forward") {
    case .droppedByRule(let chain):
      return .hit(
        Hindrance(
          server: server,
          what: "a rule drops what containers send to it",
          evidence: Evidence(chain, "drops UDP \(source) -> \(server):53", "evaluated from the rules"),
          isCertain: true
        )
      )
    // That a policy drops everything from this bridge is another cause.
    case .droppedByPolicy, .accepted, .undecided:
      return .fine("\(server) is reached through \(output), and no rule of its own keeps containers from it")
    }
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, detail: Hindrance)]) -> Judgement {
    guard let (item, hindrance) = hits.first else { return .unknown("no container was looked at") }
    let gateway = bridge.gateways.first { $0.address.family == .v4 }?.address.description ?? "172.17.0.1"
    let engine = item.container.engine ?? bridge.networks.first?.engine
    let listen = Remedy(
      .persistent,
      "systemd-resolved: answer containers at the bridge's address, and ask the link-local resolver from the host.",
      commands: ["systemctl restart systemd-resolved"],
      files: [
        Remedy.File(
          path: "/etc/systemd/resolved.conf.d/\(bridge.name).conf",
          content: "[Resolve]\nDNSStubListenerExtra=\(gateway)\n"
        )
      ]
    )
    let setting = engine.map {
      EngineRemedies.setting("dns", json: "[\"\(gateway)\"]", of: $0, "containers ask the host's resolver.")
    }
    return finding(
      bridge.subject,
      confidence: hindrance.isCertain ? .certain : .likely,
      summary:
        "Containers on \(bridge.name) ask \(hindrance.server), a link-local resolver, and \(hindrance.what).",
      consequence: "Lookups in \(hits.map(\.item.container).inWords) fail; on the host they succeed.",
      evidence: [
        Evidence(
          "/etc/resolv.conf of \(item.container.name)",
          "nameserver \(hindrance.server)",
          "a link-local address"
        ), hindrance.evidence,
      ],
      remedies: [listen] + [setting].compactMap(\.self)
    )
  }
}
