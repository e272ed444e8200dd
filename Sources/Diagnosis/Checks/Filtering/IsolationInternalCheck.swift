internal import NetworkTypes
internal import Observation

/// A resolver that a container's network is kept from by design.
struct IsolationInternalCheck: Check {
  let entry = CatalogueEntry(
    number: 34,
    id: "isolation-internal",
    title: "a container's resolver is on a network that it is isolated from",
    area: .filtering,
    severity: .warning,
    mechanism: [
      "A container's configuration names a resolver that runs in a container on another bridge, by that one's address.",
      "dockerd keeps its bridge networks apart: packets from one to another are dropped. Or the container is on an internal"
        + " network only, which has no way out at all.",
      "Lookups time out, while the same resolver answers the host and its own network.",
    ],
    why:
      "dockerd's rules drop what comes in by one of its bridges and goes out by another (DOCKER-ISOLATION-STAGE-2, and"
      + " DOCKER-INTERNAL for internal networks); an internal network's containers get no default route.",
    byHand: [
      "docker network inspect NETWORK --format '{{.Internal}} {{.IPAM.Config}}'",
      "iptables -L DOCKER-ISOLATION-STAGE-2 -v   # a counter of DROP that grows with each lookup",
    ],
    sources: ["m#47822", "m#47593", "docker/docs, network/packet-filtering-firewalls.md"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard let namespace = host.namespaces.first(where: { $0.state.id == bridge.namespace.id }) else {
        return .notApplicable("its namespace isn't looked at")
      }
      guard !bridge.containers.isEmpty else { return .notApplicable("no container is on it") }
      return try judge(bridge, namespace)
    }
  }

  private func judge(_ bridge: BridgeView, _ namespace: NamespaceView) throws(Missing) -> Judgement {
    let local = Set((namespace.state.addresses.value ?? []).map(\.prefix.address))
    let isInternal = !bridge.networks.isEmpty && bridge.networks.allSatisfy(\.network.isInternal)
    var doubt: Judgement?
    // Most containers have the same few servers.
    var places: [IPAddress: BridgeView?] = [:]
    for container in bridge.containers {
      for server in container.nameservers
      where !server.isLoopback && !local.contains(server) && !container.reaches(server) {
        let other =
          places[server]
          ?? namespace.bridges.first { other in
            other.name != bridge.name && other.subnets.contains { $0.contains(server) }
          }
        places[server] = .some(other)
        if isInternal, !container.leaves(by: bridge) {
          return internalOnly(container, server, bridge)
        }
        guard let other, container.leaves(by: bridge),
          let source = container.addresses.map(\.address).first(where: { $0.family == server.family })
        else { continue }
        let ruleset = try namespace.rules()
        var packet = Ruleset.Packet(
          inInterface: bridge.name,
          outInterface: other.name,
          source: SocketAddress(source, port: 40_000),
          destination: SocketAddress(server, port: 53),
          upperProtocol: .udp,
          state: .new
        )
        packet.mark = Ruleset.Mark(0)
        var walk = Ruleset.Walk(mark: packet.mark)
        switch ruleset.filter(packet, hook: "forward", &walk) {
        case .accepted: continue
        case .undecided:
          doubt = doubt ?? undecided(walk.doubts, ruleset, "a lookup of \(container.name) at \(server)")
        case .droppedByPolicy, .droppedByRule:
          guard let site = walk.dropped else { continue }
          return isolated(container, server, bridge, other, ruleset.evidence(site, "this drops such lookups"))
        }
      }
    }
    return doubt ?? .passed("no container on it has a resolver that its network is kept from")
  }

  private func internalOnly(
    _ container: ContainerView,
    _ server: IPAddress,
    _ bridge: BridgeView
  ) -> Judgement {
    finding(
      bridge.subject,
      summary: "\(container.name) is on an internal network and its resolver \(server) isn't.",
      consequence: "No name can be looked up in \(container.name).",
      evidence: [
        Evidence(
          "/etc/resolv.conf of \(container.name)",
          "nameserver \(server)",
          "it is outside of \(bridge.name)"
        ),
        Evidence("the engine", "Internal: true", "the network has no way out, by its own setting"),
      ],
      remedies: [Self.attach(container, "another network that has the resolver, or a way out")]
    )
  }

  private func isolated(
    _ container: ContainerView,
    _ server: IPAddress,
    _ bridge: BridgeView,
    _ other: BridgeView,
    _ rule: Evidence
  ) -> Judgement {
    let owner = other.containers.first { $0.addresses.contains { $0.address == server } }
    return finding(
      bridge.subject,
      summary:
        "\(container.name)'s resolver \(server) is on \(other.name), which \(bridge.name) is isolated from.",
      consequence: "No name can be looked up at \(owner?.name ?? "that resolver") from \(bridge.name).",
      evidence: [
        Evidence(
          "/etc/resolv.conf of \(container.name)",
          "nameserver \(server)",
          "an address on \(other.name)"
        ), rule,
      ],
      remedies: [Self.attach(owner ?? container, "the network of the other, so that both share a bridge")]
    )
  }

  private static func attach(_ container: ContainerView, _ what: String) -> Remedy {
    Remedy(
      .runtime,
      "Attach \(container.name) to \(what).",
      commands: ["docker network connect NETWORK \(container.name)"]
    )
  }
}

extension ContainerView {
  /// Whether an address is on a link of its own.
  fileprivate func reaches(_ server: IPAddress) -> Bool {
    guard let inside else { return addresses.contains { $0.contains(server) } }
    return (inside.addresses.value ?? []).contains { $0.prefix.contains(server) }
  }
}
