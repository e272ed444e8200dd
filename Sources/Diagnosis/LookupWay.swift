internal import NetworkTypes
internal import Observation

/// One request's way through a host, and its answer's, as far as they were seen.
struct LookupWay: Sendable {
  typealias Seen = (sighting: Sighting, message: Sighting.Message)

  /// The request, coming in at the client's port.
  private(set) var requestAtPort: [Sighting] = []
  /// The request on the bridge itself, whatever the kernel took it for.
  private(set) var requestAtBridge: [Sighting] = []
  /// The request going out of other ports of the bridge.
  private(set) var requestAtOtherPorts: [Sighting] = []
  /// The request going out of the uplink, with its source there.
  private(set) var requestAtUplink: [(sighting: Sighting, source: SocketAddress)] = []
  /// The answer coming in at the uplink.
  private(set) var answerAtUplink: [(sighting: Sighting, code: UInt16)] = []
  /// The answer going out of the bridge.
  private(set) var answerAtBridge: [Sighting] = []
  /// The answer going out of the client's port.
  private(set) var answerAtPort: [Sighting] = []
  /// The answer at other ports: coming in from a resolver on this bridge, or going out to somebody else.
  private(set) var answerAtOtherPorts: [Sighting] = []
  /// The client's questions for the link address of its next hop, and what came back, in order.
  private(set) var resolution: [(sighting: Sighting, isReply: Bool)] = []

  /// All that was seen of it, in order of time.
  var sightings: [Sighting] {
    let all =
      requestAtPort + requestAtBridge + requestAtOtherPorts + requestAtUplink.map(\.sighting)
      + answerAtUplink.map(\.sighting) + answerAtBridge + answerAtPort + answerAtOtherPorts
    // A stable order: of frames with the same time, the earlier on the way comes first.
    return all.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
  }

  /// A way of which nothing was seen.
  init() {}

  /// Follows one attempt of a lookup.
  ///
  /// - Parameters:
  ///   - window: when its frames can have been seen.
  ///   - isAmbiguous: whether another client asks the same question with the same id meanwhile; behind the
  ///     translation only the port then tells whose request it is.
  init(
    of attempt: LookupResult.Attempt,
    lookup: LookupResult,
    container: HostObservation.Container,
    host: HostObservation,
    index: SightingIndex,
    window: Range<Timestamp>,
    isAmbiguous: Bool
  ) {
    let seen = index.messages(
      question: NameDigest.of(lookup.name),
      transaction: attempt.transaction,
      within: window
    )
    for (sighting, message) in seen where message.transport == lookup.transport {
      if message.isResponse {
        takeAnswer(sighting, message, attempt, lookup, container, host)
      } else if message.destination == lookup.server {
        takeRequest(sighting, message, attempt, container, host, isAmbiguous)
      }
    }
  }

  private mutating func takeRequest(
    _ sighting: Sighting,
    _ message: Sighting.Message,
    _ attempt: LookupResult.Attempt,
    _ container: HostObservation.Container,
    _ host: HostObservation,
    _ isAmbiguous: Bool
  ) {
    if sighting.interface == host.uplink {
      guard sighting.packetType == .outgoing || sighting.packetType == nil,
        message.source == attempt.client || !isAmbiguous
          || message.source.port == attempt.client.port
      else { return }
      requestAtUplink.append((sighting, message.source))
    } else if message.source != attempt.client
      || sighting.linkSource.map({ $0 != container.linkAddress }) == true
    {
      // Somebody else's: the same question and id, or the same address in two containers.
      return
    } else if sighting.interface == host.bridge {
      requestAtBridge.append(sighting)
    } else if sighting.interface == container.port {
      requestAtPort.append(sighting)
    } else {
      requestAtOtherPorts.append(sighting)
    }
  }

  private mutating func takeAnswer(
    _ sighting: Sighting,
    _ message: Sighting.Message,
    _ attempt: LookupResult.Attempt,
    _ lookup: LookupResult,
    _ container: HostObservation.Container,
    _ host: HostObservation
  ) {
    guard message.source == lookup.server else { return }
    if sighting.interface == host.uplink {
      guard requestAtUplink.contains(where: { $0.source == message.destination }) else { return }
      answerAtUplink.append((sighting, message.responseCode))
    } else if message.destination != attempt.client {
      return
    } else if sighting.interface == host.bridge {
      answerAtBridge.append(sighting)
    } else if sighting.interface == container.port {
      answerAtPort.append(sighting)
    } else {
      answerAtOtherPorts.append(sighting)
    }
  }

  /// Adds the address resolution between a client and its next hop, as seen at the client's port.
  mutating func addResolution(
    of nextHop: IPAddress,
    container: HostObservation.Container,
    index: SightingIndex,
    within window: Range<Timestamp>
  ) {
    for (sighting, packet) in index.resolutions(within: window)
    where sighting.interface == container.port {
      if packet.isReply {
        // ARP replies carry the answer as the sender, neighbour advertisements as the target.
        guard packet.sender == nextHop || packet.target == nextHop,
          sighting.linkSource != container.linkAddress
        else { continue }
        resolution.append((sighting, true))
      } else if packet.target == nextHop,
        packet.senderLink ?? sighting.linkSource == container.linkAddress
      {
        resolution.append((sighting, false))
      }
    }
  }

  /// The client's questions for its next hop that nobody answered until a moment.
  func unansweredSolicitations(until deadline: Timestamp) -> [Sighting] {
    let asked = resolution.filter { !$0.isReply && $0.sighting.time < deadline }.map(\.sighting)
    guard let first = asked.first,
      !resolution.contains(where: {
        $0.isReply && $0.sighting.time >= first.time && $0.sighting.time < deadline
      })
    else { return [] }
    return asked
  }
}
