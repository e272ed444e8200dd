internal import NetworkTypes
internal import Observation

/// Writes down what was seen of one attempt.
struct TimelineBuilder {
  let lookup: LookupCase

  /// How far back a change of the bridge's address is still shown: an outage lasts less (FAILED after 53 s).
  static let memory = Duration.seconds(60)

  func entries() -> [TimelineEntry] {
    var entries = changes() + [program(.sent, at: lookup.sent, kind: .sent)]
    entries += lookup.journey.sightings.map(message)
    entries += lookup.journey.resolution.map { resolution($0.sighting, isReply: $0.isReply) }
    entries.append(program(.ended, at: lookup.lookup.end, kind: .ended))
    // A stable order: what was seen at the same time stays in the order of the way.
    return entries.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
  }

  private func changes() -> [TimelineEntry] {
    let history = lookup.history.bridgeAddress.changes
    return history.indices.dropFirst().compactMap { index in
      let (time, address) = history[index]
      guard time >= lookup.sent - Self.memory, time <= lookup.lookup.end else { return nil }
      return entry(
        time,
        .bridgeAddress(from: history[index - 1].value, to: address),
        lookup.history.name(lookup.host.bridge),
        Step(
          kind: .context,
          place: .bridge,
          isOutgoing: false,
          packetType: nil,
          isAddressedRight: true
        )
      )
    }
  }

  private func program(_ what: TimelineEntry.What, at time: Timestamp, kind: Step.Kind)
    -> TimelineEntry
  {
    entry(
      time,
      what,
      nil,
      Step(kind: kind, place: .program, isOutgoing: false, packetType: nil, isAddressedRight: true),
      source: lookup.attempt?.client,
      destination: lookup.lookup.server
    )
  }

  private func message(_ sighting: Sighting) -> TimelineEntry {
    let message: Sighting.Message? =
      if case .dns(let message) = sighting.content { message } else { nil }
    let isAnswer = message?.isResponse ?? false
    let place = place(of: sighting)
    let step = Step(
      kind: isAnswer ? .answer : .request,
      place: place,
      isOutgoing: sighting.packetType == .outgoing,
      packetType: place == .bridge ? sighting.packetType : nil,
      isAddressedRight: isAddressedRight(sighting, place, isAnswer: isAnswer)
    )
    return entry(
      sighting.time,
      isAnswer ? .answer : .request,
      lookup.history.name(sighting.interface),
      step,
      source: message?.source,
      destination: message?.destination,
      sighting: sighting
    )
  }

  private func resolution(_ sighting: Sighting, isReply: Bool) -> TimelineEntry {
    let step = Step(
      kind: .resolution,
      place: place(of: sighting),
      isOutgoing: isReply,
      packetType: nil,
      isAddressedRight: true
    )
    return entry(
      sighting.time,
      isReply ? .advertisement : .solicitation,
      lookup.history.name(sighting.interface),
      step,
      sighting: sighting
    )
  }

  private func entry(
    _ time: Timestamp,
    _ what: TimelineEntry.What,
    _ interface: String?,
    _ step: Step,
    source: SocketAddress? = nil,
    destination: SocketAddress? = nil,
    sighting: Sighting? = nil
  ) -> TimelineEntry {
    TimelineEntry(
      time: time,
      offset: time - lookup.sent,
      what: what,
      interface: interface,
      source: source,
      destination: destination,
      linkDestination: sighting?.linkDestination,
      packetType: sighting?.packetType,
      isFirstDifference: false,
      step: step
    )
  }

  private func place(of sighting: Sighting) -> Step.Place {
    switch sighting.interface {
    case lookup.host.bridge: .bridge
    case lookup.host.uplink: .uplink
    case lookup.container.port: .port
    default: .otherPort
    }
  }

  /// On the bridge and its ports a request is for the bridge, or for the resolver's container, and an answer for
  /// the client; on the uplink, requests have a source that answers can return to.
  private func isAddressedRight(_ sighting: Sighting, _ place: Step.Place, isAnswer: Bool) -> Bool {
    if place == .uplink {
      guard !isAnswer, case .dns(let message) = sighting.content else { return true }
      return !lookup.host.subnets.contains { $0.contains(message.source.address) }
    }
    guard let destination = sighting.linkDestination else { return true }
    if isAnswer { return destination == lookup.container.linkAddress }
    return lookup.history.bridgeAddress.values(around: sighting.time, lag: .zero).contains(
      destination
    )
      || lookup.container(with: destination) != nil
  }
}

extension TimelineEntry {
  /// The same entry as the first that differs.
  var marked: TimelineEntry {
    TimelineEntry(
      time: time,
      offset: offset,
      what: what,
      interface: interface,
      source: source,
      destination: destination,
      linkDestination: linkDestination,
      packetType: packetType,
      isFirstDifference: true,
      step: step
    )
  }
}
