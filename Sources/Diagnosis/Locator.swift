internal import NetworkTypes
internal import Observation

/// Finds out where a request ended.
struct Locator {
  let history: HostHistory
  let container: HostObservation.Container
  let lookup: LookupResult
  let attempt: LookupResult.Attempt?
  let journey: LookupWay

  private var host: HostObservation { history.host }
  private var deadline: Timestamp { lookup.end }
  private var sent: Timestamp { attempt?.sent ?? lookup.start }

  /// The stage, and what would have to be known to be sure of it.
  func locate() -> (stage: Stage, missing: [String]) {
    if case .errorResponse = lookup.outcome { return (.upstream, []) }
    let found = stage()
    guard host.sightingsLost > 0, !found.isShown else { return (found.stage, found.missing) }
    let lost =
      "\(host.sightingsLost) frames were lost by the capture: what wasn't seen may have been there"
    return (.unknown, found.missing + [lost])
  }

  /// The stage, and whether frames that were seen show it, not only the absence of others.
  private func stage() -> (stage: Stage, isShown: Bool, missing: [String]) {
    if !journey.answerAtPort.isEmpty || !journey.answerAtUplink.isEmpty
      || !journey.answerAtBridge.isEmpty
    {
      return answeredStage()
    }
    if let way = journey.requestAtUplink.last {
      let isUntranslated = host.subnets.contains { $0.contains(way.source.address) }
      return (isUntranslated ? .translation : .upstream, isUntranslated, [])
    }
    guard let request = journey.requestAtPort.first else { return stageBeforePort() }
    if isHeld(request), !journey.unansweredSolicitations(until: heldUntil).isEmpty {
      return (.neighbour, true, [])
    }
    return stage(of: request)
  }

  /// A request that was seen at the client's port and not on the uplink.
  private func stage(of request: Sighting) -> (stage: Stage, isShown: Bool, missing: [String]) {
    if journey.requestAtBridge.contains(where: isTaken) {
      return (host.gateways.contains(lookup.server.address) ? .input : .forwarding, false, [])
    }
    if let destination = request.linkDestination,
      let peer = host.containers.first(where: {
        $0.linkAddress == destination && $0.port != container.port
      })
    {
      if !journey.answerAtOtherPorts.isEmpty { return (.return, true, []) }
      let isDelivered = journey.requestAtOtherPorts.contains { $0.interface == peer.port }
      return (isDelivered ? .upstream : .bridge, isDelivered, [])
    }
    // What the kernel took for somebody else's, or what isn't addressed to the bridge, can't reach the host:
    // seen, not merely missing.
    let isRefused = journey.requestAtBridge.contains { $0.packetType == .otherHost }
    let addresses = history.bridgeAddress.values(around: request.time, lag: HostHistory.lag)
    let isMisaddressed =
      request.linkDestination.map { !addresses.contains($0) && !addresses.isEmpty } ?? false
    return (.bridge, isRefused || isMisaddressed, [])
  }

  /// No request was seen at the client's port.
  private func stageBeforePort() -> (stage: Stage, isShown: Bool, missing: [String]) {
    if !journey.unansweredSolicitations(until: heldUntil).isEmpty { return (.neighbour, true, []) }
    if lookup.transport == .tcp, journey.sightings.isEmpty {
      return (
        .unknown, false, ["whether the connection came about: only DNS messages were captured"]
      )
    }
    return (
      .container, false,
      ["what kept the request in the container: it was not seen at \(history.name(container.port))"]
    )
  }

  /// An answer was seen somewhere on this host.
  private func answeredStage() -> (stage: Stage, isShown: Bool, missing: [String]) {
    let delivered = journey.answerAtPort.filter {
      $0.linkDestination.map { $0 == container.linkAddress } ?? true
    }
    let isInTime = delivered.contains { $0.time < deadline }
    if isInTime, lookup.outcome != .late {
      return (
        .container, true, ["why the program didn't take the answer, which reached its port in time"]
      )
    }
    if journey.requestAtPort.contains(where: isHeld),
      !journey.unansweredSolicitations(until: heldUntil).isEmpty
    {
      return (.neighbour, true, [])
    }
    // Late: either the answer came late to the host, or the host kept it.
    if lookup.outcome == .late, !delivered.isEmpty { return (.upstream, true, []) }
    let cameInTime = journey.answerAtUplink.contains { $0.sighting.time < deadline }
    return (
      cameInTime || journey.answerAtUplink.isEmpty ? .return : .upstream,
      !delivered.isEmpty || !cameInTime || isAstray, []
    )
  }

  /// Whether the answer left towards somebody else.
  private var isAstray: Bool {
    (journey.answerAtPort + journey.answerAtBridge).contains {
      $0.linkDestination.map { $0 != container.linkAddress && !$0.isMulticast } ?? false
    }
  }

  /// Whether the kernel took a frame on the bridge for one that is for this host. Where a capture doesn't say,
  /// the address decides.
  private func isTaken(_ sighting: Sighting) -> Bool {
    if let type = sighting.packetType { return type == .host }
    guard let destination = sighting.linkDestination else { return true }
    return history.bridgeAddress.values(around: sighting.time, lag: HostHistory.lag).contains(
      destination
    )
  }

  /// Whether a request left the container so late that it could hardly be answered in time: its next hop's
  /// link address wasn't known until then.
  private func isHeld(_ sighting: Sighting) -> Bool {
    let patience = deadline - sent
    return sighting.time >= deadline || sighting.time - sent > patience / 2
  }

  private var heldUntil: Timestamp { min(deadline, journey.requestAtPort.first?.time ?? deadline) }
}
