internal import NetworkTypes
internal import Observation

extension RuledOut {
  /// What a whole run clears: the suspects against whom everything that was observed on these hosts speaks.
  ///
  /// A suspect is left out as soon as one host speaks for it, or if it couldn't be looked at. Which hosts to ask is
  /// the caller's choice; all of them makes the strongest statement.
  public static func inRun(_ hosts: [HostDiagnosis]) -> [RuledOut] {
    guard !hosts.isEmpty else { return [] }
    let run = RunEvidence(hosts: hosts)
    return [
      run.resolver(), run.translationRules(), run.filterRules(), run.forwarding(), run.uplink(),
      run.spanningTree(), run.duplicateAddress(),
    ].compactMap(\.self)
  }
}

/// Computes what a run clears.
private struct RunEvidence {
  let hosts: [HostDiagnosis]

  private var states: [NamespaceState] { hosts.flatMap(\.history.host.states) }

  /// Every request that left a host correctly was answered in time.
  func resolver() -> RuledOut? {
    var (handedOver, answered) = (0, 0)
    for host in hosts {
      for lookup in host.lookups {
        if case .errorResponse = lookup.result.outcome { return nil }
        for attempt in host.cases(of: lookup) {
          guard let isAnswered = isAnswered(attempt) else { continue }
          handedOver += 1
          if isAnswered { answered += 1 }
        }
      }
    }
    guard handedOver > 0, answered == handedOver else { return nil }
    return RuledOut(
      suspect: "resolver",
      ids: [.resolverMute, .resolverLate, .resolverError, .resolverRefused],
      evidence: [
        Evidence(
          time: nil,
          source: "AF_PACKET, where requests leave the host",
          value: "\(answered) of \(handedOver)",
          meaning: "requests that were handed over correctly were answered in time"
        )
      ]
    )
  }

  /// Whether an answer came in time from where a request was handed over to; nil if it wasn't, or not correctly.
  private func isAnswered(_ attempt: LookupCase) -> Bool? {
    let journey = attempt.journey
    let sources = journey.requestAtUplink.map(\.source.address)
    if !sources.isEmpty {
      let isLost = sources.contains { source in attempt.host.subnets.contains { $0.contains(source) } }
      return isLost ? nil : journey.answerAtUplink.contains { $0.sighting.time <= attempt.lookup.end }
    }
    // A resolver in a container on the same bridge.
    let isDelivered = journey.requestAtOtherPorts.contains { sighting in
      sighting.linkDestination.flatMap { attempt.container(with: $0) }?.port == sighting.interface
    }
    return isDelivered ? !journey.answerAtOtherPorts.isEmpty : nil
  }

  /// The rulesets of a host, if they were read each time and are the same.
  private func ruleset(of host: HostDiagnosis) -> Ruleset? {
    let texts = host.history.host.states.map(RulesText.init)
    guard let first = texts.first, let text = first, texts.allSatisfy({ $0 == text }) else {
      return nil
    }
    return text.ruleset
  }

  private var unchanged: Evidence {
    Evidence(
      time: nil,
      source: "nft list ruleset",
      value: "equal in \(states.count) of \(states.count) looks",
      meaning: "nobody changed the rules"
    )
  }

  /// A request from each container of each host to each server that it asked.
  private func packets(of host: HostDiagnosis) -> Set<PacketKey> {
    Set(
      host.lookups.flatMap { lookup in
        lookup.result.attempts.map {
          PacketKey(
            client: $0.client.address,
            server: lookup.result.server,
            transport: lookup.result.transport
          )
        }
      }
    ).filter { key in !host.history.host.subnets.contains { $0.contains(key.server.address) } }
  }

  private struct PacketKey: Hashable {
    let client: IPAddress
    let server: SocketAddress
    let transport: DNSTransport

    func packet(_ history: HostHistory) -> Ruleset.Packet {
      Ruleset.Packet(
        inInterface: history.name(history.host.bridge),
        outInterface: history.name(history.host.uplink),
        // Any port that is no service's: rules about such ports would be unusual.
        source: SocketAddress(client, port: 40_000),
        destination: server,
        upperProtocol: Ruleset.UpperProtocol(transport),
        state: .new
      )
    }
  }

  /// The rules translate every container's requests, and weren't changed.
  func translationRules() -> RuledOut? {
    var asked = 0
    for host in hosts {
      guard let ruleset = ruleset(of: host) else { return nil }
      for key in packets(of: host) {
        guard ruleset.translatesSource(of: key.packet(host.history)) == true else { return nil }
        asked += 1
      }
    }
    guard asked > 0 else { return nil }
    let translated = Evidence(
      time: nil,
      source: "nft list ruleset",
      value: "masquerade or snat on hook postrouting",
      meaning: "a rule translates the requests of every container"
    )
    return RuledOut(
      suspect: "translation rules",
      ids: [.masqMissing],
      evidence: [unchanged, translated]
    )
  }

  /// The rules let every container's requests through, and weren't changed.
  func filterRules() -> RuledOut? {
    var asked = 0
    for host in hosts {
      guard let ruleset = ruleset(of: host) else { return nil }
      for key in packets(of: host) {
        guard ruleset.filter(key.packet(host.history), hook: "forward") == .accepted else {
          return nil
        }
        asked += 1
      }
    }
    guard asked > 0 else { return nil }
    let accepted = Evidence(
      time: nil,
      source: "nft list ruleset",
      value: "accepted on hook forward",
      meaning: "the requests of every container are let through"
    )
    return RuledOut(
      suspect: "filter rules",
      ids: [.forwardPolicyDrop],
      evidence: [unchanged, accepted]
    )
  }

  /// Forwarding was on at every look.
  func forwarding() -> RuledOut? {
    let families = Set(hosts.flatMap { $0.lookups.map(\.result.server.address.family) })
    var evidence: [Evidence] = []
    for family in IPFamily.allCases where families.contains(family) {
      let name = IpForwardReset.settings(family)
      guard states.allSatisfy({ $0.settings[name]?.value == "1" }) else { return nil }
      evidence.append(
        Evidence(
          time: nil,
          source: "sysctl",
          value: "\(name) = 1 in \(states.count) of \(states.count) looks",
          meaning: "the host forwards throughout"
        )
      )
    }
    guard !evidence.isEmpty, !states.isEmpty else { return nil }
    return RuledOut(suspect: "forwarding", ids: [.ipForwardReset], evidence: evidence)
  }

  /// No uplink was ever down.
  func uplink() -> RuledOut? {
    guard hosts.allSatisfy({ $0.history.uplinkIsUp.changes.map(\.value) == [true] }) else {
      return nil
    }
    let up = Evidence(
      time: nil,
      source: "rtnetlink",
      value: "up on \(hosts.count) of \(hosts.count) hosts",
      meaning: "no uplink went down"
    )
    return RuledOut(suspect: "uplink", ids: [.uplinkDown], evidence: [up])
  }

  /// No container's port was ever kept from forwarding.
  func spanningTree() -> RuledOut? {
    var ports = 0
    for host in hosts {
      for container in host.history.host.containers {
        guard let history = host.history.portStates[container.port], !history.changes.isEmpty,
          history.changes.allSatisfy({ $0.value == .forwarding || $0.value == .disabled })
        else { return nil }
        ports += 1
      }
    }
    guard ports > 0 else { return nil }
    let forwarding = Evidence(
      time: nil,
      source: "rtnetlink",
      value: "no port listening or learning, of \(ports)",
      meaning: "spanning tree held nothing back"
    )
    return RuledOut(suspect: "spanning tree", ids: [.stpForwardDelay], evidence: [forwarding])
  }

  /// No container's address was claimed by two link addresses.
  func duplicateAddress() -> RuledOut? {
    var addresses = 0
    for host in hosts {
      let observation = host.history.host
      var claims: [IPAddress: Set<MACAddress>] = [:]
      for container in observation.containers {
        for address in container.addresses {
          claims[address, default: []].insert(container.linkAddress)
        }
      }
      addresses += claims.count
      for sighting in observation.sightings where sighting.interface != observation.uplink {
        guard case .resolution(let packet) = sighting.content, claims[packet.sender] != nil,
          let link = packet.senderLink ?? sighting.linkSource
        else { continue }
        claims[packet.sender]?.insert(link)
      }
      guard claims.values.allSatisfy({ $0.count == 1 }) else { return nil }
    }
    guard addresses > 0 else { return nil }
    let single = Evidence(
      time: nil,
      source: "AF_PACKET, interfaces",
      value: "one link address for each of \(addresses) addresses",
      meaning: "no two interfaces claimed the same address"
    )
    return RuledOut(suspect: "duplicate address", ids: [.ipDuplicate], evidence: [single])
  }
}
