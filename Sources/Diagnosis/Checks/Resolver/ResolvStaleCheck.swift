internal import NetworkTypes
internal import Observation

/// Containers that still have servers which the host has no longer.
struct ResolvStaleCheck: Check {
  let entry = CatalogueEntry(
    number: 50,
    id: "resolv-stale",
    title: "containers still ask servers that the host has given up",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "Docker copies the host's servers into a container when the container starts. Then the host joins a VPN, its"
        + " DHCP lease brings other servers, or somebody changes the file.",
      "The container goes on asking the old ones. If they are gone, each lookup waits for them first; if they are of"
        + " another network, internal names don't resolve.",
    ],
    why:
      "The file is written once (moby's resolvconf package); a running container's isn't changed. With 127.0.0.11"
      + " dockerd keeps the list of servers that it had when the container started.",
    byHand: [
      "docker exec CONTAINER cat /etc/resolv.conf   # compare with the host's",
      "dig @SERVER NAME   # does the old server still answer?",
    ],
    sources: ["m#46199", "fl#1252", "Docker documentation: DNS services"]
  )

  private struct Stale {
    let old: [IPAddress]
    let current: [IPAddress]
    let isAll: Bool
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Stale> in
      try judge(item)
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  private func judge(_ item: ContainerCase) throws(Missing) -> ContainerVerdict<Stale> {
    guard let use = try item.use() else { return .notApplicable("no container has a resolver configuration") }
    guard let engine = item.container.engine, [.docker, .podman].contains(engine.kind) else {
      return .notApplicable("no engine copies the host's servers into its containers")
    }
    if use.isChosen { return .fine("its servers were chosen, not copied") }
    let gateways = Set(item.bridge.addresses.map(\.address))
    let copies = (use.servers ?? []).map(\.address).filter { address in
      // The fallback is another cause, and what is on the bridge was never copied.
      !address.isLoopback && !gateways.contains(address) && !ResolverFile.fallback.contains(address)
    }
    if copies.isEmpty { return .fine("it has no copy of the host's servers") }
    guard let current = try item.host.copiedServers(of: item.namespace), !current.isEmpty else {
      return .notApplicable("the host names no server to compare with")
    }
    let old = copies.filter { !current.contains($0) }
    return old.isEmpty
      ? .fine("its servers are the host's")
      : .hit(Stale(old: old, current: current, isAll: old.count == copies.count))
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, stale: Stale)]) -> Judgement {
    guard let (item, stale) = hits.first(where: { $0.stale.isAll }) ?? hits.first else {
      return .unknown("no container was looked at")
    }
    let gateway = bridge.gateways.first?.address.description ?? "172.17.0.1"
    let started = item.container.container?.started.map { " (started \($0))" } ?? ""
    let engine = item.container.engine
    let command = engine.map { "docker -H unix://\($0.sockets.first ?? "/run/docker.sock")" } ?? "docker"
    let restarts = hits.prefix(10).map { "\(command) restart \(shellQuoted($0.item.container.name))" }
    var remedies = [
      Remedy(
        .runtime,
        "Start the containers anew; they then get the servers that the host has now.",
        commands: restarts
      )
    ]
    if let engine {
      remedies.append(
        EngineRemedies.setting(
          "dns",
          json: "[\"\(gateway)\"]",
          of: engine,
          "with a forwarder on the host at that address, containers needn't know where it asks."
        )
      )
    }
    return finding(
      bridge.subject,
      severity: stale.isAll ? nil : .info,
      confidence: .likely,
      summary: "Containers on \(bridge.name) ask \(stale.old.inWords), which the host doesn't use any more.",
      consequence:
        "\(hits.map(\.item.container).inWords): each lookup waits for a server that may be gone"
        + (stale.isAll ? ", and no other is asked." : ", before the next is asked."),
      evidence: [
        Evidence(
          "/etc/resolv.conf of \(item.container.name)\(started)",
          "nameserver \(stale.old.inWords)",
          "copied when it started"
        ),
        Evidence(HostView.resolvConf, "nameserver \(stale.current.inWords)", "what the host uses now"),
      ],
      remedies: remedies
    )
  }
}

/// A word for a shell, in single quotes unless it needs none.
func shellQuoted(_ text: String) -> String {
  let isPlain =
    !text.isEmpty
    && text.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || [0x2d, 0x2e, 0x2f, 0x3a, 0x5f].contains(byte)
    }
  if isPlain { return text }
  return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
