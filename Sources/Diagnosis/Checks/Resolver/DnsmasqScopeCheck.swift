internal import NetworkTypes
internal import Observation

/// Containers that ask the host at an address where no resolver listens, or one that doesn't serve their bridge.
struct DnsmasqScopeCheck: Check {
  let entry = CatalogueEntry(
    number: 60,
    id: "dnsmasq-scope",
    title: "the host's resolver doesn't serve the bridge that containers ask it by",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "Containers ask the host at their gateway's address. A resolver that binds to addresses takes those that are"
        + " there when it starts; a bridge that comes up later isn't among them, and questions to it are refused.",
      "dnsmasq may also listen everywhere and yet drop what comes by an interface that it wasn't given"
        + " (interface=), or from a network that isn't the host's (local-service).",
      "After a restart of the resolver all is well, until the next boot.",
    ],
    why:
      "bind(2) needs the address to exist. dnsmasq's bind-dynamic follows interfaces that come and go;"
      + " bind-interfaces doesn't. iface_check (network.c) drops what comes by others.",
    byHand: [
      "ss -lunp 'sport = 53'   # is the bridge's address among them?",
      "journalctl -u dnsmasq | grep 'non-local network'",
    ],
    sources: ["dnsmasq(8), --bind-dynamic, --local-service, --interface", "Debian: /etc/default/dnsmasq"]
  )

  private struct Unserved {
    let server: IPAddress
    let process: ProcessSnapshot?
    let why: String
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Unserved> in
      try judge(item)
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  private func judge(_ item: ContainerCase) throws(Missing) -> ContainerVerdict<Unserved> {
    guard let use = try item.use() else { return .notApplicable("no container has a resolver configuration") }
    let name = item.namespace.state.name
    let own = Set(
      (try item.namespace.state.addresses.needed("the addresses of \(name)") ?? []).map(\.prefix.address)
    )
    let servers = use.askedByContainer.filter { own.contains($0) && !$0.isLoopback }
    if servers.isEmpty { return .fine("no container asks a resolver on this host") }
    let listeners = try item.namespace.state.listeners.required("the listening sockets of \(name)").filter {
      $0.port == 53 && $0.transport == "udp"
    }
    for server in servers {
      let serving = listeners.filter { listener in
        listener.address == server
          || (listener.address.isUnspecified && Self.covers(listener.address, server))
      }
      guard let first = serving.first else {
        let scan = RuleScan(item.namespace)
        if let missing = scan.missing { throw missing }
        // A rule may lead the question elsewhere.
        if scan.rulesAboutDNSQuestions.contains(where: {
          $0.names("dnat", "redirect", "DNAT", "REDIRECT")
        }) {
          continue
        }
        let others = Set(listeners.map(\.address).filter { $0.family == server.family }).sorted()
        let whereabouts =
          others.isEmpty ? "nobody listens on port 53" : "resolvers listen at \(others.inWords) only"
        return .hit(
          Unserved(server: server, process: listeners.compactMap(\.process).first, why: whereabouts)
        )
      }
      if let process = first.process, process.name == "dnsmasq", first.address.isUnspecified,
        let settings = DnsmasqSettings(process, files: item.host.snapshot.management.resolverFiles),
        let reason = Self.refusal(settings, server, item.bridge.name)
      {
        return .hit(Unserved(server: server, process: process, why: reason))
      }
    }
    return .fine("a resolver listens where its containers ask")
  }

  /// An IPv6 socket for all addresses mostly takes IPv4 as well.
  private static func covers(_ unspecified: IPAddress, _ server: IPAddress) -> Bool {
    unspecified.family == .v6 || server.family == .v4
  }

  /// Why a dnsmasq that listens everywhere drops what comes by a bridge; nil if it doesn't.
  private static func refusal(_ settings: DnsmasqSettings, _ server: IPAddress, _ bridge: String) -> String? {
    func names(_ list: [String]) -> Bool {
      list.contains { $0.hasSuffix("*") ? bridge.hasPrefix($0.dropLast()) : $0 == bridge }
    }
    let addresses = settings.list("listen-address").compactMap { IPAddress($0) }
    if addresses.contains(server) { return nil }
    if names(settings.list("except-interface")) { return "dnsmasq was told except-interface=\(bridge)" }
    let interfaces = settings.list("interface")
    if interfaces.isEmpty, addresses.isEmpty { return nil }
    if names(interfaces) { return nil }
    return "dnsmasq serves \((interfaces + addresses.map(\.description)).joined(separator: ", ")) only"
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, unserved: Unserved)]) -> Judgement
  {
    guard let (item, unserved) = hits.first else { return .unknown("no container was looked at") }
    let isDnsmasq = unserved.process?.name == "dnsmasq"
    let files = item.host.snapshot.management.resolverFiles
    let settings = unserved.process.flatMap { DnsmasqSettings($0, files: files) }
    let isLimited = ["interface", "listen-address"].contains { settings?.values[$0] != nil }
    let obstacle =
      settings?.places["bind-interfaces"].map { "bind-interfaces (\($0)) has to go first" }
      ?? "if it is told bind-interfaces anywhere, that has to go first"
    let dnsmasq = Remedy(
      .persistent,
      "dnsmasq: follow interfaces as they come and go; \(obstacle), since it doesn't start with both.",
      commands: ["dnsmasq --test", "systemctl restart dnsmasq"],
      files: [
        Remedy.File(
          path: "/etc/dnsmasq.d/\(bridge.name).conf",
          content: "bind-dynamic\n" + (isLimited ? "interface=\(bridge.name)\n" : "")
        )
      ]
    )
    let resolved = Remedy(
      .persistent,
      "systemd-resolved: listen at the bridge's address; it waits for the address by itself.",
      commands: ["systemctl restart systemd-resolved"],
      files: [
        Remedy.File(
          path: "/etc/systemd/resolved.conf.d/\(bridge.name).conf",
          content: "[Resolve]\nDNSStubListenerExtra=\(unserved.server)\n"
        )
      ]
    )
    return finding(
      bridge.subject,
      confidence: .likely,
      summary: "Containers on \(bridge.name) ask this host at \(unserved.server), and \(unserved.why).",
      consequence: "Lookups in \(hits.map(\.item.container).inWords) are refused or not answered.",
      evidence: [
        Evidence(
          "/etc/resolv.conf of \(item.container.name)",
          "nameserver \(unserved.server)",
          "an address of this host"
        ),
        Evidence(
          "/proc/net/udp of \(item.namespace.state.name)",
          unserved.process.map { "\($0.name), process \($0.pid)" } ?? "no resolver",
          unserved.why
        ),
      ],
      remedies: isDnsmasq ? [dnsmasq] : [dnsmasq, resolved]
    )
  }
}
