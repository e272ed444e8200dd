import NetworkTypes
import Observation

/// The frames of one lookup, made up.
struct Frames {
  let start: Timestamp
  let client: SocketAddress
  let name: String
  let question: String
  let transaction: UInt16
  /// What the container takes for its gateway's link address.
  let gateway: MACAddress
  var server = World.server
  private(set) var sightings: [Sighting] = []

  init(
    start: Timestamp,
    client: SocketAddress,
    name: String,
    question: String,
    transaction: UInt16,
    gateway: MACAddress
  ) {
    self.start = start
    self.client = client
    self.name = name
    self.question = question
    self.transaction = transaction
    self.gateway = gateway
  }

  private var own: MACAddress { World.mac(name) }
  private var translated: SocketAddress { SocketAddress(World.hostAddress, port: client.port) }

  mutating func follow(_ way: World.Way) {
    switch way {
    case .neighbourSilent, .unseen: return
    case .toPeer(let peer, let isDelivered, let isAnswered):
      server = SocketAddress(World.client(peer), port: 53)
      request(at: World.port(name), .otherHost, to: World.mac(peer))
      guard isDelivered else { return }
      request(at: World.port(peer), .outgoing, to: World.mac(peer))
      guard isAnswered else { return }
      answer(at: World.port(peer), .otherHost, to: own, after: 1)
      answer(at: World.port(name), .outgoing, to: own, after: 1)
      return
    case .toHostInVain: server = SocketAddress(World.gateway, port: 53)
    default: break
    }
    request(at: World.port(name), .otherHost, to: gateway)
    switch way {
    case .lostOnBridge: return
    case .flooded:
      for other in World.names where other != name { request(at: World.port(other), .outgoing, to: gateway) }
      return
    case .refused:
      request(at: World.bridge, .otherHost, to: gateway)
      return
    default: request(at: World.bridge, .host, to: gateway)
    }
    switch way {
    case .lostInForwarding, .toHostInVain: return
    case .untranslated:
      request(at: World.uplink, .outgoing, to: World.upstream)
      return
    default: request(at: World.uplink, .outgoing, to: World.upstream, from: translated)
    }
    switch way {
    case .mute: return
    case .answered(let delay), .late(let delay): deliver(after: delay)
    case .answerIgnored: deliver(after: 2)
    case .error(let code): deliver(after: 2, code: code)
    case .answerDropped: answer(at: World.uplink, .host, to: nil, after: 2, for: translated)
    case .answerAstray(let other):
      answer(at: World.uplink, .host, to: nil, after: 2, for: translated)
      answer(at: World.bridge, .outgoing, to: other, after: 2)
    default: return
    }
  }

  private mutating func deliver(after delay: Int, code: UInt16 = 0) {
    answer(at: World.uplink, .host, to: nil, after: delay, code: code, for: translated)
    answer(at: World.bridge, .outgoing, to: own, after: delay, code: code)
    answer(at: World.port(name), .outgoing, to: own, after: delay, code: code)
  }

  private mutating func request(
    at interface: InterfaceIndex,
    _ type: Sighting.PacketType,
    to destination: MACAddress,
    from source: SocketAddress? = nil
  ) {
    add(
      start,
      interface,
      type,
      from: interface == World.uplink ? nil : own,
      to: destination,
      message(from: source ?? client, to: server, code: nil)
    )
  }

  private mutating func answer(
    at interface: InterfaceIndex,
    _ type: Sighting.PacketType,
    to destination: MACAddress?,
    after delay: Int,
    code: UInt16 = 0,
    for receiver: SocketAddress? = nil
  ) {
    let time = start + .milliseconds(delay)
    add(
      time,
      interface,
      type,
      from: nil,
      to: destination,
      message(from: server, to: receiver ?? client, code: code)
    )
  }

  private func message(from source: SocketAddress, to destination: SocketAddress, code: UInt16?)
    -> Sighting.Message
  {
    Sighting.Message(
      source: source,
      destination: destination,
      transaction: transaction,
      isResponse: code != nil,
      responseCode: code ?? 0,
      question: NameDigest.of(question),
      type: 1,
      transport: .udp
    )
  }

  private mutating func add(
    _ time: Timestamp,
    _ interface: InterfaceIndex,
    _ type: Sighting.PacketType,
    from source: MACAddress?,
    to destination: MACAddress?,
    _ message: Sighting.Message
  ) {
    sightings.append(
      Sighting(
        time: time + .microseconds(10 * (sightings.count + 1)),
        interface: interface,
        packetType: type,
        linkSource: source,
        linkDestination: destination,
        content: .dns(message)
      )
    )
  }
}
