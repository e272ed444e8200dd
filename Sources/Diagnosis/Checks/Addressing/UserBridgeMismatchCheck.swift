internal import NetworkTypes
internal import Observation

/// A bridge and the engine that was given it that don't agree about addresses.
struct UserBridgeMismatchCheck: Check {
  let entry = CatalogueEntry(
    number: 23,
    id: "user-bridge-mismatch",
    title: "a bridge and the containers on it disagree about gateway or subnet",
    area: .addressing,
    severity: .warning,
    mechanism: [
      "A bridge was made by hand and given to an engine (-b). dockerd takes one of the addresses that the bridge has when"
        + " it starts for the gateway. If the bridge gets another address later, or has several, containers are told a"
        + " gateway that isn't there.",
      "A range for containers (fixed-cidr) that isn't within the bridge's subnet is only a warning in dockerd's log for"
        + " IPv4; it then takes addresses from the whole subnet, others' included.",
      "New containers ask for the gateway by ARP, and nobody answers.",
    ],
    why:
      "dockerd's bridge driver reads a given bridge's addresses once and never changes them (setupDevice is skipped). A"
      + " host answers ARP only for addresses that it has.",
    byHand: [
      "ip -4 addr show dev br0; docker network inspect -f '{{range .IPAM.Config}}{{.Gateway}} {{.Subnet}}{{end}}' bridge",
      "nsenter -t PID -n ip route     # the gateway must be an address of the bridge",
    ],
    sources: ["m#27706", "dockerd(8), bridge, fixed-cidr"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      _ = try bridge.namespace.addresses.needed("the addresses of \(bridge.name)")
      guard !bridge.gateways.isEmpty else { return .notApplicable("it has no address") }
      guard bridge.carriesContainers else { return .notApplicable("no containers are on it") }
      var evidence: [Evidence] = []
      let expected = try GatewayExpectation.all(for: bridge)
      for one in expected where !one.isThere(on: bridge) && one.hasSubstitute(on: bridge) {
        evidence.append(Evidence(one.source, "gateway \(one.gateway)", one.meaning))
      }
      evidence += outside(bridge)
      guard let first = evidence.first else {
        return .passed("its addresses are what its engine and its containers expect")
      }
      evidence.append(
        Evidence(
          "addresses of \(bridge.name)",
          bridge.gateways.map(\.description).joined(separator: ", "),
          "these are what the bridge has"
        )
      )
      return finding(
        bridge.subject,
        summary: "\(bridge.name) and its containers disagree: \(first.value), while it has"
          + " \(bridge.gateways.map(\.description).joined(separator: ", ")).",
        consequence:
          "Containers that are told so reach nothing beyond the bridge: \(bridge.containersInWords).",
        evidence: evidence,
        remedies: remedies(bridge, expected)
      )
    }
  }

  /// Ranges and containers' addresses that aren't in the bridge's subnets.
  private func outside(_ bridge: BridgeView) -> [Evidence] {
    var evidence: [Evidence] = []
    let subnets = bridge.subnets.filter { $0.address.family == .v4 }
    guard !subnets.isEmpty, bridge.outwardPorts.isEmpty else { return [] }
    for engine in bridge.givenTo {
      let text = engine.settings.value?["fixed-cidr"]?.filter { $0 != "\"" }
      if let range = text.flatMap({ IPPrefix($0) }),
        !subnets.contains(where: { $0.contains(range.address) && $0.length <= range.length })
      {
        evidence.append(
          Evidence(
            engine.configurationFile ?? engine.id,
            "fixed-cidr \(range)",
            "it isn't within the bridge's subnet, so the engine takes addresses from all of the subnet"
          )
        )
      }
    }
    for container in bridge.containers {
      let addresses = ((try? container.knownAddresses()) ?? []).filter {
        $0.address.family == .v4 && !$0.address.isLinkLocal
      }
      if let first = addresses.first,
        !addresses.contains(where: { own in subnets.contains { $0.contains(own.address) } })
      {
        evidence.append(
          Evidence("\(container.name), its addresses", "\(first)", "it isn't in the bridge's subnet")
        )
      }
    }
    return evidence
  }

  private func remedies(_ bridge: BridgeView, _ expected: [GatewayExpectation]) -> [Remedy] {
    let wanted = expected.filter { !$0.isThere(on: bridge) }
    let added = Set(wanted.map { "\($0.gateway)/\($0.length)" }).sorted()
    return
      (added.isEmpty
      ? []
      : [
        Remedy(
          .runtime,
          "Give the bridge the gateway that the containers know.",
          commands: added.map { "ip addr add \($0) dev \(bridge.name)" }
        )
      ]) + [
        Remedy(
          .persistent,
          "Let the bridge's file and the engine's settings (fixed-cidr, default-gateway) name the same subnet and gateway,"
            + " and start the engine after the bridge has its address."
        )
      ]
  }
}
