internal import NetworkConfiguration
internal import NetworkTypes
internal import Observation

/// A containers' bridge without the address that is their gateway.
struct BridgeIPLostCheck: Check {
  let entry = CatalogueEntry(
    number: 19,
    id: "bridge-ip-lost",
    title: "the bridge has lost the address that is the containers' gateway",
    area: .addressing,
    severity: .critical,
    mechanism: [
      "dockerd makes docker0 and gives it an address. A network manager that is told to look after every interface (a"
        + " .network file that matches \"*\") takes docker0 for one of its own.",
      "When the last container ends, the bridge loses its carrier. systemd-networkd then takes the addresses away, and"
        + " doesn't give back what it never gave.",
      "The next containers start without complaint, but nobody answers their ARP requests for the gateway: no lookup, no"
        + " connection, until dockerd is started anew.",
    ],
    why:
      "A host answers ARP for its own addresses only (arp_process, ip_route_input). systemd-networkd drops addresses"
      + " that it didn't configure from interfaces that it manages, and on carrier loss unless IgnoreCarrierLoss or"
      + " ConfigureWithoutCarrier is set.",
    byHand: [
      "ip -4 addr show dev docker0                 # must hold the gateway of docker network inspect bridge",
      "networkctl status docker0 | grep -i setup   # \"unmanaged\" is right",
      "ip monitor address                          # \"Deleted\" after the last container's end",
    ],
    sources: ["m#40217", "m#38942", "m#40170", "m#40572", "systemd.network(5), Unmanaged, IgnoreCarrierLoss"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      _ = try bridge.namespace.addresses.needed("the addresses of \(bridge.name)")
      let expected = try GatewayExpectation.all(for: bridge)
      if let lost = expected.first(where: { !$0.isThere(on: bridge) && !$0.hasSubstitute(on: bridge) }) {
        return lostAddress(bridge, lost, host)
      }
      if let matching = try adopter(of: bridge, host) { return endangered(bridge, by: matching) }
      return expected.isEmpty
        ? .notApplicable("no engine and no container expects an address on it")
        : .passed("it has \(Set(expected.map(\.gateway.description)).sorted().joined(separator: ", "))")
    }
  }

  private func lostAddress(_ bridge: BridgeView, _ lost: GatewayExpectation, _ host: HostView) -> Judgement {
    var evidence = [
      Evidence(lost.source, "gateway \(lost.gateway)", lost.meaning),
      Evidence(
        "addresses of \(bridge.name)",
        bridge.addresses.isEmpty ? "none" : bridge.addresses.map(\.description).joined(separator: ", "),
        "the gateway isn't among them"
      ),
    ]
    if let matching = (try? adopter(of: bridge, host)) ?? nil {
      evidence.append(Self.evidence(of: matching, for: bridge))
    }
    let length =
      bridge.networks.flatMap(\.network.pools).first { $0.gateway == lost.gateway }?.subnet.length
      ?? lost.length
    return finding(
      bridge.subject,
      summary: "\(bridge.name) doesn't have \(lost.gateway), its containers' gateway.",
      consequence: "Containers reach nothing beyond the bridge: \(bridge.containersInWords).",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Give the bridge its address again.",
          commands: ["ip addr add \(lost.gateway)/\(length) dev \(bridge.name)"]
        ),
        Self.unmanaged,
      ]
    )
  }

  private func endangered(_ bridge: BridgeView, by matching: ConfiguredInterface) -> Judgement {
    finding(
      bridge.subject,
      severity: .warning,
      confidence: .likely,
      summary: "systemd-networkd looks after \(bridge.name), which an engine made.",
      consequence:
        "When the last container on it ends, the bridge may lose its address: \(bridge.containersInWords).",
      evidence: [Self.evidence(of: matching, for: bridge)],
      remedies: [Self.unmanaged]
    )
  }

  private static func evidence(of matching: ConfiguredInterface, for bridge: BridgeView) -> Evidence {
    Evidence(
      "\(matching.file):\(matching.line)",
      "Name=\(matching.name)",
      "this makes systemd-networkd manage \(bridge.name)"
    )
  }

  /// The file of systemd-networkd that takes an engine's own bridge for one to configure.
  private func adopter(of bridge: BridgeView, _ host: HostView) throws(Missing) -> ConfiguredInterface? {
    guard bridge.namespace.role == .machine, bridge.isMadeByEngine else { return nil }
    let managers = try host.snapshot.management.managers.needed("the network's managers") ?? []
    guard managers.contains(.networkd) else { return nil }
    let all = try host.snapshot.management.interfaces.needed("systemd-networkd's files") ?? []
    // The first file that matches decides (systemd.network(5)).
    let identity = LinkIdentity(name: bridge.name, kind: "bridge", address: bridge.link.address)
    let first = all.first { configured in
      configured.manager == .networkd && configured.file.hasSuffix(".network")
        && configured.isFor(identity) == true
    }
    guard let first, first.settings["unmanaged"] != "yes",
      first.settings["configure-without-carrier"] != "yes",
      first.settings["keep-configuration"] ?? "no" == "no"
    else { return nil }
    return first
  }

  private static let unmanaged = Remedy(
    .persistent,
    "systemd-networkd: leave the engines' interfaces alone, by a file that sorts before the others.",
    commands: ["networkctl reload"],
    files: [
      Remedy.File(
        path: "/etc/systemd/network/05-container-engines.network",
        content: "[Match]\nName=docker* br-* veth*\n\n[Link]\nUnmanaged=yes\n"
      )
    ]
  )
}
