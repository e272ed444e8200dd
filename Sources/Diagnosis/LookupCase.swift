internal import NetworkTypes
internal import Observation

/// One attempt of a failed lookup with everything that is known about it: what a cause is asked about.
struct LookupCase: Sendable {
  let history: HostHistory
  let container: HostObservation.Container
  let lookup: LookupResult
  /// The attempt; nil if none was sent.
  let attempt: LookupResult.Attempt?
  let nextHop: IPAddress?
  let journey: LookupWay
  /// Where it ended.
  let stage: Stage
  /// What would have to be known to be sure of the stage.
  let missing: [String]

  var host: HostObservation { history.host }
  /// When the request was handed to the kernel.
  var sent: Timestamp { attempt?.sent ?? lookup.start }
  /// IPv4 or IPv6.
  var family: IPFamily { lookup.server.address.family }

  /// The request as it came in at the client's port.
  var request: Sighting? { journey.requestAtPort.first }

  /// The moment at which the cause acted, as near as it is known: the last sighting of the request on its way.
  var lastSeen: Timestamp {
    journey.requestAtUplink.last?.sighting.time ?? journey.requestAtBridge.last?.time ?? request?
      .time ?? sent
  }

  /// The other container whose interface has a link address.
  func container(with address: MACAddress) -> HostObservation.Container? {
    host.containers.first { $0.linkAddress == address && $0.port != container.port }
  }

  /// The container's entry for its next hop that was last told before a moment.
  func neighbourEntry(at time: Timestamp) -> (time: Timestamp, entry: NeighbourEntry)? {
    var latest: (time: Timestamp, entry: NeighbourEntry)?
    func take(_ time: Timestamp, _ entry: NeighbourEntry) {
      if entry.address == nextHop, latest.map({ $0.time <= time }) ?? true {
        latest = (time, entry)
      }
    }
    if let state = HostHistory.states(container.states, around: time).before {
      for entry in state.neighbours { take(state.time, entry) }
    }
    let end = container.events.partitioningIndex { $0.time > time }
    for event in container.events[..<end].reversed() {
      if case .neighbour(let entry) = event.kind, entry.address == nextHop {
        take(event.time, entry)
        break
      }
    }
    return latest
  }

  /// A frame as evidence.
  func evidence(_ sighting: Sighting, meaning: String) -> Evidence {
    Evidence(
      time: sighting.time,
      source: "\(history.name(sighting.interface)), AF_PACKET",
      value: sighting.summary,
      meaning: meaning
    )
  }

  /// The kernel's drops near a moment as evidence, at most one: that there are more adds nothing.
  func dropEvidence(_ reason: String, near time: Timestamp, meaning: String) -> [Evidence] {
    guard let event = history.drops(reason, near: time).first,
      case .drop(let reason, let function, let interface) = event.kind
    else { return [] }
    let place = interface.map { ", received at \($0)" } ?? ""
    return [
      Evidence(
        time: event.time,
        source: "skb:kfree_skb",
        value: "\(reason) in \(function ?? "an unnamed function")\(place)",
        meaning: meaning
      )
    ]
  }

  /// What the packet filter is asked about for the request.
  func packet(out interface: InterfaceIndex) -> Ruleset.Packet {
    Ruleset.Packet(
      inInterface: history.name(host.bridge),
      outInterface: history.name(interface),
      source: attempt?.client ?? SocketAddress(container.addresses.first ?? .v4(.any), port: 0),
      destination: lookup.server,
      upperProtocol: Ruleset.UpperProtocol(lookup.transport),
      state: .new
    )
  }
}

extension Sighting {
  /// The frame in one line: addresses, link addresses and the kernel's packet type.
  var summary: String {
    var parts: [String] = []
    switch content {
    case .dns(let message):
      parts.append(
        "\(message.isResponse ? "answer" : "request") \(message.source) > \(message.destination)"
      )
    case .resolution(let packet):
      parts.append(
        packet.isReply
          ? "\(packet.sender) answers \(packet.target)"
          : "\(packet.sender) asks for \(packet.target)"
      )
    }
    if let linkSource { parts.append("from \(linkSource)") }
    if let linkDestination { parts.append("to \(linkDestination)") }
    if let packetType { parts.append(packetType.kernelName) }
    return parts.joined(separator: ", ")
  }
}

extension Sighting.PacketType {
  /// The kernel constant's name without its prefix (`linux/if_packet.h`).
  var kernelName: String {
    switch self {
    case .host: "HOST"
    case .broadcast: "BROADCAST"
    case .multicast: "MULTICAST"
    case .otherHost: "OTHERHOST"
    case .outgoing: "OUTGOING"
    }
  }
}
