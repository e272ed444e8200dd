internal import NetworkTypes
internal import Observation

extension BridgeMacUnstableCheck {
  /// A bridge whose MAC changes with its ports.
  func unstable(
    _ bridge: BridgeView,
    _ host: HostView,
    address: MACAddress,
    assignment: AddressAssignment,
    severity: Severity
  ) -> Judgement {
    var evidence = [
      Evidence(
        "/sys/class/net/\(bridge.name)/addr_assign_type",
        "\(assignment.rawValue)",
        "nobody gave the bridge a MAC; the kernel lends it the smallest of its ports'"
      )
    ]
    if let smallest = Self.smallestPort(of: bridge), smallest.address == address {
      evidence.append(
        Evidence(
          "rtnetlink",
          "\(bridge.name) and \(smallest.name) have \(address)",
          "the bridge's MAC changes when \(smallest.name) leaves, or a port with a smaller one joins"
        )
      )
    }
    for engine in bridge.givenTo {
      evidence.append(
        Evidence(
          engine.configurationFile ?? engine.id,
          "bridge: \(bridge.name)",
          "the engine was given this bridge; it sets a MAC only on bridges that it makes itself"
        )
      )
    }
    evidence += exposure(bridge, host)
    evidence += staleEntries(bridge)
    let scars = Scars(of: bridge)
    evidence += scars.evidence(on: bridge)
    let rate = StartRate(on: bridge, in: host)
    let forecast = MacChangeForecast(ports: bridge.ports.count, smallest: address, rate: rate)
    if bridge.carriesContainers { evidence.append(forecast.evidence(ports: bridge.ports.count, rate: rate)) }
    let past =
      scars.datagrams > 0
      ? " It has \(scars.confidence == .likely ? "likely" : "possibly") happened already: \(scars.amount)."
      : ""
    return finding(
      bridge.subject,
      severity: severity,
      summary: bridge.carriesContainers
        ? "\(bridge.name) has no MAC of its own: its containers lose their gateway when ports come and go."
        : "\(bridge.name) has no MAC of its own: machines on it lose their gateway when ports come and go.",
      consequence:
        "At risk: \(bridge.containersInWords). Each start or end of a container may cut off the others for"
        + " up to about 53 s.\(past)",
      evidence: evidence,
      remedies: BridgeMacRemedies.remedies(for: bridge, address: address)
    )
  }

  /// A bridge with a MAC of its own: well, unless what was before still hurts or has hurt.
  func pinned(_ bridge: BridgeView) -> Judgement {
    let stale = staleEntries(bridge)
    if !stale.isEmpty {
      return finding(
        bridge.subject,
        severity: .warning,
        summary: "\(bridge.name) has a MAC of its own, but containers still send to another one.",
        consequence:
          "Their next packets to the gateway are lost, until the entry has been probed in vain: about 8 s.",
        evidence: stale,
        remedies: [
          Remedy(
            .runtime,
            "Announce the MAC: setting it again, even to the same, does so with arp_notify.",
            commands: BridgeMacRemedies.announcing(
              "ip link set dev \(bridge.name) address $(cat /sys/class/net/\(bridge.name)/address)",
              on: bridge
            )
          )
        ]
      )
    }
    // A bridge that an engine made had its MAC before it had ports, so its counters tell of something else.
    let scars = Scars(of: bridge)
    guard bridge.carriesContainers, !bridge.isMadeByEngine, scars.isCorroborated,
      scars.datagrams >= Self.noticeable
    else { return .passed("its MAC was set (addr_assign_type 3) and stays") }
    return finding(
      bridge.subject,
      severity: .info,
      confidence: .likely,
      summary: "\(bridge.name) has a MAC of its own now, but it likely changed before: \(scars.amount).",
      consequence:
        "Nothing needs to be done. Failed lookups in \(bridge.containersInWords) from before that are likely explained.",
      evidence: scars.evidence(on: bridge),
      remedies: []
    )
  }

  /// Fewer lost datagrams than this aren't worth telling of on a bridge that is well now.
  private static let noticeable: UInt64 = 10

  /// Why this host is exposed: what udev does to new bridges here, and what a file says.
  private func exposure(_ bridge: BridgeView, _ host: HostView) -> [Evidence] {
    var evidence: [Evidence] = []
    do throws(Missing) {
      let (policy, why) = try host.udev("bridge", name: bridge.name, in: bridge.namespace)
      evidence.append(
        Evidence(
          "udev",
          why,
          policy?.effect == .sets
            ? "it should have set the MAC, so the bridge was made before udev or its policy was there, or its ports"
              + " were faster than udev"
            : "so nobody sets the MAC of a bridge that is made without one"
        )
      )
    } catch {
      evidence.append(Evidence("udev", error.what, "whether udev sets the MAC of a new bridge can't be told"))
    }
    if let file = bridge.configured.first(where: { $0.settings["mac"] == nil }) {
      evidence.append(
        Evidence("\(file.file):\(file.line)", "\(bridge.name), no MAC", "what makes the bridge gives it none")
      )
    }
    return evidence
  }

  /// Containers that hold another MAC for their gateway than the bridge has, and than any container has.
  private func staleEntries(_ bridge: BridgeView) -> [Evidence] {
    let gateways = Set(bridge.gateways.map(\.address))
    let others = Set(bridge.containers.compactMap(\.linkAddress))
    return bridge.containers.flatMap { container -> [Evidence] in
      ((try? container.neighbours()) ?? []).compactMap { entry in
        guard gateways.contains(entry.address), entry.isUsed, let held = entry.linkAddress,
          held != bridge.link.address, !others.contains(held), entry.state != "PERMANENT",
          // The container behind a port may send to that port's MAC: the host takes it for its own.
          held != container.port.address
        else { return nil }
        return Evidence(
          "\(container.name), neighbour table",
          "\(entry.address) lladdr \(held) \(entry.state)",
          "it sends to a MAC that its gateway, \(bridge.link.address?.description ?? bridge.name), doesn't have"
        )
      }
    }
  }
}
