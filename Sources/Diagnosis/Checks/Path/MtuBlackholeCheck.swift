internal import NetworkTypes
internal import Observation

/// Containers whose packets are larger than the way out takes.
struct MtuBlackholeCheck: Check {
  let entry = CatalogueEntry(
    number: 42,
    id: "mtu-blackhole",
    title: "containers send larger packets than the way out takes",
    area: .path,
    severity: .critical,
    mechanism: [
      "A container's interface has an MTU of 1500 octets because that is the default of bridges and veth pairs. The"
        + " way out has less: a VPN, an overlay network, or a cloud's own network.",
      "Small packets pass, so that lookups, handshakes and health checks succeed. A connection stalls at its first"
        + " full segment, because the container announced a maximum segment size that fits its own interface.",
      "The router that can't forward a full packet says so by an ICMP message (fragmentation needed, or packet too"
        + " big). Where a firewall drops this message, the sender never learns and sends the same packet again until"
        + " it gives up.",
    ],
    why:
      "dockerd gives each network the MTU 1500 unless its option com.docker.network.driver.mtu says otherwise; it"
      + " doesn't look at the uplink. ip_forward (net/ipv4/ip_forward.c) drops a packet that is larger than the"
      + " route's MTU and has the don't-fragment bit, and sends ICMP_FRAG_NEEDED.",
    byHand: [
      "ip link show   # compare the MTU of the bridge and its ports with that of the uplink",
      "ip route get 192.0.2.53 from 172.17.0.2 iif docker0   # the way that a container's packet takes",
      "ping -M do -s 1472 ADDRESS   # in a container: 1472 octets and 28 of headers are 1500",
    ],
    sources: [
      "m#22028", "m#22297", "actions/actions-runner-controller#393", "ip-route(8), mtu", "RFC 1191, RFC 8201",
      "net/ipv4/ip_forward.c (ip_exceeds_mtu)",
    ]
  )

  private struct Narrow {
    let size: UInt32
    let of: String
    let destination: String
    let way: String
    let wayMTU: UInt32
    let isInside: Bool
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Narrow> in
      try judge(item)
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  private func judge(_ item: ContainerCase) throws(Missing) -> ContainerVerdict<Narrow> {
    if case .unreadable(let reason) = item.container.inside?.links {
      throw Missing(what: "the interfaces of \(item.container.name): \(reason)")
    }
    let own = item.container.interface?.mtu
    guard let size = own ?? item.container.port.mtu else {
      throw Missing(what: "the MTU of \(item.container.port.name)")
    }
    let of = own == nil ? item.container.port.name : "the interface of \(item.container.name)"
    // What is larger than the other end of a pair, or than the bridge, is dropped there without a message.
    for link in [item.container.port, item.bridge.link] {
      if let mtu = link.mtu, mtu < size {
        return .hit(
          Narrow(size: size, of: of, destination: "anything", way: link.name, wayMTU: mtu, isInside: true)
        )
      }
    }
    var narrowest: Narrow?
    for (destination, name) in try destinations(item) {
      guard let outcome = try item.way(to: destination), case .sent(let way) = outcome else { continue }
      let mtus = item.namespace.links(of: outcome).compactMap(\.mtu) + [way.route?.mtu].compactMap(\.self)
      guard let mtu = mtus.min(), mtu < size, mtu < narrowest?.wayMTU ?? .max else { continue }
      narrowest = Narrow(
        size: size,
        of: of,
        destination: name,
        way: item.namespace.words(for: outcome),
        wayMTU: mtu,
        isInside: false
      )
    }
    if let narrowest {
      if try clamps(item) { return .fine("a rule fits TCP's segments to the way's MTU") }
      return .hit(narrowest)
    }
    return .fine("no way out of it takes less than its \(size) octets")
  }

  /// Its resolvers, and an address each that only the default route leads to (RFC 5737, RFC 3849).
  private func destinations(_ item: ContainerCase) throws(Missing) -> [(IPAddress, String)] {
    let resolvers = (try? item.use())?.askedByContainer ?? []
    let anywhere = ["203.0.113.1", "2001:db8:dead:beef::1"].compactMap { IPAddress($0) }
    return anywhere.map { ($0, "the default route") }
      + resolvers.filter { !$0.isLoopback }.map { ($0, "its resolver \($0)") }
  }

  private func clamps(_ item: ContainerCase) throws(Missing) -> Bool {
    let state = item.namespace.state
    let texts = [
      try state.nftables.needed("the nftables rules of \(state.name)"),
      try state.legacyTables["iptables"].map { reading throws(Missing) in
        try reading.needed("the iptables rules of \(state.name)")
      } ?? nil,
    ].compactMap(\.self)
    return texts.contains { text in
      text.split(separator: "\n").contains { line in
        line.contains("maxseg size set") || line.contains("clamp-mss-to-pmtu") || line.contains("--set-mss")
          || line.contains("TCPMSS")
      }
    }
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, narrow: Narrow)]) -> Judgement {
    guard let (item, narrow) = hits.min(by: { $0.narrow.wayMTU < $1.narrow.wayMTU }) else {
      return .unknown("no container was looked at")
    }
    var evidence = [
      Evidence("rtnetlink", "\(narrow.of): mtu \(narrow.size)", "the largest packet that it sends"),
      Evidence(
        "rtnetlink",
        "\(narrow.way): mtu \(narrow.wayMTU)",
        narrow.isInside
          ? "larger packets are dropped here without a message to the sender"
          : "the way to \(narrow.destination) takes no more"
      ),
    ]
    let dropping = RuleScan(item.namespace).rulesDroppingICMP()
    evidence += dropping.prefix(2).map {
      Evidence($0.chain, $0.text, "drops the message by which the sender would learn the way's MTU")
    }
    return finding(
      bridge.subject,
      confidence: narrow.isInside || !dropping.isEmpty ? .certain : .likely,
      summary:
        "Containers on \(bridge.name) send packets of up to \(narrow.size) octets; \(narrow.way) takes"
        + " \(narrow.wayMTU).",
      consequence:
        "Hit: \(hits.map(\.item.container).inWords). Lookups work, but downloads, pushes and large answers may"
        + " stall: what is larger than \(narrow.wayMTU) octets passes only if the sender learns that it is too large.",
      evidence: evidence,
      remedies: remedies(bridge, narrow)
    )
  }

  private func remedies(_ bridge: BridgeView, _ narrow: Narrow) -> [Remedy] {
    let fit = Remedy(
      .runtime,
      "Let TCP announce segments that fit the way; UDP needs the smaller MTU below.",
      commands: [
        "nft add table inet kingpost",
        "nft 'add chain inet kingpost forward { type filter hook forward priority mangle; }'",
        "nft 'add rule inet kingpost forward iifname \"\(bridge.name)\" tcp flags syn / syn,rst"
          + " tcp option maxseg size set rt mtu'",
        "nft 'add rule inet kingpost forward oifname \"\(bridge.name)\" tcp flags syn / syn,rst"
          + " tcp option maxseg size set \(max(536, Int(narrow.wayMTU) - 60))'",
      ]
    )
    let engines = bridge.networks.map(\.engine).filter { $0.kind == .docker }
    let persistent = engines.prefix(1).map { engine in
      EngineRemedies.setting(
        "mtu",
        json: "\(narrow.wayMTU)",
        of: engine,
        "networks that are made from now on, and new containers on its default network, get the smaller MTU;"
          + " for a user-defined network that exists: docker network create -o com.docker.network.driver.mtu="
          + "\(narrow.wayMTU)."
      )
    }
    return [fit] + persistent
  }
}
