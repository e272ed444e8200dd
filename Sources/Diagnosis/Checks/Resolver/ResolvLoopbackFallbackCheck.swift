internal import NetworkTypes
internal import Observation

/// Containers that ask Docker's fallback, or a loopback address where nobody listens.
struct ResolvLoopbackFallbackCheck: Check {
  let entry = CatalogueEntry(
    number: 49,
    id: "resolv-loopback-fallback",
    title: "containers got 8.8.8.8 or a loopback instead of the host's resolver",
    area: .resolver,
    severity: .critical,
    mechanism: [
      "On its default bridge Docker copies the host's servers into a container, without those in 127.0.0.0/8: what"
        + " listens on the host's loopback can't be reached from a container.",
      "If nothing is left, Docker uses 8.8.8.8 and 8.8.4.4. Behind a firewall nobody answers there; elsewhere public"
        + " names resolve and the company's own don't.",
      "If the host's file has only 127.0.0.53, Docker takes systemd-resolved's own file instead. An older daemon"
        + " decides that once, when it starts: one that started before systemd-resolved keeps the fallback.",
      "A builder or an engine that copies the file as it is gives the container a loopback address at which nobody"
        + " in the container listens.",
    ],
    why:
      "moby's resolvconf package filters loopbacks for the default bridge and adds defaultIPv4Dns (8.8.8.8, 8.8.4.4)"
      + " if no server is left. Since Docker 28 this has become rare, and networks with 127.0.0.11 aren't hit,"
      + " because dockerd asks from the host's namespace.",
    byHand: [
      "cat /etc/resolv.conf /run/systemd/resolve/resolv.conf   # on the host",
      "docker run --rm busybox cat /etc/resolv.conf   # on the default bridge",
    ],
    sources: ["m#49665", "m#49903", "moby/buildkit#5009", "Docker documentation: DNS services"]
  )

  private enum Fault {
    case fallback([IPAddress], isNoted: Bool)
    case loopback([IPAddress])
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Fault> in
      try judge(item)
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    } empty: { (namespace, bridge) throws(Missing) in
      try predict(host, namespace, bridge)
    }
  }

  private func judge(_ item: ContainerCase) throws(Missing) -> ContainerVerdict<Fault> {
    guard let use = try item.use() else { return .notApplicable("no container has a resolver configuration") }
    let asked = use.isByDocker ? (use.file.upstream ?? []).map(\.address) : use.file.addresses
    if asked.isEmpty {
      return use.isByDocker
        ? .fine("dockerd asks the host's servers") : .notApplicable("its configuration names no server")
    }
    if !use.isByDocker, asked.allSatisfy(\.isLoopback) {
      let name = item.container.name
      let listeners = try item.container.inside?.listeners.needed("the listening sockets of \(name)") ?? []
      return listeners.contains { $0.port == 53 }
        ? .fine("\(name) has a resolver of its own") : .hit(.loopback(asked))
    }
    guard asked.allSatisfy(ResolverFile.fallback.contains), !use.isChosen else {
      return .fine("its servers are the host's, or were chosen")
    }
    guard item.container.engine?.kind ?? .docker == .docker else {
      return .fine("its engine has no such fallback")
    }
    if use.file.usedDefaults { return .hit(.fallback(asked, isNoted: true)) }
    guard let copied = try item.host.copiedServers(of: item.namespace) else {
      throw Missing(what: "the host's resolver configuration: there is none")
    }
    return copied.contains(where: ResolverFile.fallback.contains)
      ? .fine("the host itself uses \(asked.inWords)") : .hit(.fallback(asked, isNoted: false))
  }

  /// What the next container on a bridge without any will get.
  private func predict(
    _ host: HostView,
    _ namespace: NamespaceView,
    _ bridge: BridgeView
  ) throws(Missing) -> Judgement {
    let docker = bridge.networks.first { $0.engine.kind == .docker && $0.network.isDefault }
    guard let engine = docker?.engine, engine.dnsServers.isEmpty else {
      return .notApplicable(
        "no container is on it, and it isn't Docker's default network with the host's servers"
      )
    }
    guard let file = try host.resolverFile(of: namespace), !file.addresses.isEmpty else {
      return .notApplicable("no container is on it, and the host has no resolver configuration")
    }
    guard let copied = try host.copiedServers(of: namespace), copied.isEmpty else {
      return .passed("the next container gets the host's servers")
    }
    return finding(
      bridge.subject,
      severity: .warning,
      confidence: .likely,
      summary:
        "The next container on \(bridge.name) gets 8.8.8.8: the host's file has only \(file.addresses.inWords).",
      consequence: "No container is on it now. What runs there later can't use the host's resolver.",
      evidence: [Self.evidence(of: file)],
      remedies: remedies(bridge, engine, copied: [])
    )
  }

  private static func evidence(of file: ResolverFile) -> Evidence {
    Evidence(
      HostView.resolvConf,
      file.addresses.map { "nameserver \($0)" }.joined(separator: ", "),
      "only loopbacks, which Docker strips for containers on its default bridge"
    )
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, fault: Fault)]) -> Judgement {
    guard let (item, fault) = hits.first else { return .unknown("no container was looked at") }
    let file = try? item.host.resolverFile(of: item.namespace)
    let copied = (try? item.host.copiedServers(of: item.namespace)) ?? []
    let engine = item.container.engine ?? bridge.networks.first?.engine
    let source = "/etc/resolv.conf of \(item.container.name)"
    let names = hits.map(\.item.container).inWords
    var evidence: [Evidence] = []
    let summary: String
    let consequence: String
    let confidence: Confidence
    switch fault {
    case .fallback(let servers, let isNoted):
      summary =
        "Containers on \(bridge.name) ask \(servers.inWords), Docker's fallback, not the host's servers."
      consequence =
        "\(names) can't resolve internal names, or nothing at all where a firewall keeps them from there."
      evidence.append(
        Evidence(
          source,
          "nameserver \(servers.inWords)",
          "what Docker uses when no server of the host is left"
        )
      )
      if isNoted { evidence.append(Evidence(source, "# Used default nameservers.", "Docker says so itself")) }
      confidence = isNoted || file?.addresses.allSatisfy(\.isLoopback) == true ? .certain : .likely
    case .loopback(let servers):
      summary = "Containers on \(bridge.name) ask \(servers.inWords), where nobody in them listens."
      consequence = "No name resolves in \(names): the address is the container's own, not the host's."
      evidence.append(Evidence(source, "nameserver \(servers.inWords)", "a loopback of the container itself"))
      confidence = .likely
    }
    if let file { evidence.append(Self.evidence(of: file, copied: copied)) }
    return finding(
      bridge.subject,
      confidence: confidence,
      summary: summary,
      consequence: consequence,
      evidence: evidence,
      remedies: remedies(bridge, engine, copied: copied)
    )
  }

  private static func evidence(of file: ResolverFile, copied: [IPAddress]) -> Evidence {
    if copied.isEmpty { return evidence(of: file) }
    return Evidence(
      HostView.resolvConf,
      file.addresses.map { "nameserver \($0)" }.joined(separator: ", "),
      "a container that starts now would get \(copied.inWords)"
    )
  }

  private func remedies(_ bridge: BridgeView, _ engine: EngineSnapshot?, copied: [IPAddress]) -> [Remedy] {
    let gateway = bridge.gateways.first?.address.description ?? "172.17.0.1"
    var remedies: [Remedy] = []
    if copied.isEmpty {
      remedies.append(
        Remedy(
          .persistent,
          "systemd-resolved: answer containers at the bridge's address too.",
          commands: ["systemctl restart systemd-resolved"],
          files: [
            Remedy.File(
              path: "/etc/systemd/resolved.conf.d/\(bridge.name).conf",
              content: "[Resolve]\nDNSStubListenerExtra=\(gateway)\n"
            )
          ]
        )
      )
    }
    if let engine {
      let json = copied.isEmpty ? "[\"\(gateway)\"]" : EngineRemedies.json(copied)
      let setting = EngineRemedies.setting(
        "dns",
        json: json,
        of: engine,
        "new containers ask a server that works."
      )
      remedies.append(setting)
      remedies.append(
        Remedy(
          .runtime,
          "If systemd-resolved was late: dockerd decides anew when it starts; containers made before keep theirs.",
          commands: [EngineRemedies.restartCommand(of: engine)]
        )
      )
    }
    return remedies
  }
}
