import Journeys
import NetworkTypes
import Observation

/// A host with two containers on a bridge and a resolver beyond the uplink, as sightings of a capture of all its
/// interfaces.
struct Scene: ~Copyable {
  static let port = InterfaceIndex(0)
  static let bridge = InterfaceIndex(1)
  static let uplink = InterfaceIndex(2)
  static let otherPort = InterfaceIndex(3)

  static let client = SocketAddress(.v4(IPv4Address(172, 18, 0, 2)), port: 40_000)
  static let neighbour = SocketAddress(.v4(IPv4Address(172, 18, 0, 3)), port: 40_000)
  static let translated = SocketAddress(.v4(IPv4Address(198, 18, 0, 1)), port: 40_000)
  static let server = SocketAddress(.v4(IPv4Address(192, 0, 2, 53)), port: 53)

  static let clientLink = MACAddress(0x02_0000_0000_02)
  static let neighbourLink = MACAddress(0x02_0000_0000_03)
  static let gatewayLink = MACAddress(0x02_0000_0000_01)
  static let uplinkLink = MACAddress(0x02_0000_0000_10)
  static let upstreamLink = MACAddress(0x02_0000_0000_20)

  private(set) var tracker: JourneyTracker
  private var frame = 0
  /// Whether frames have packet types and no link destinations, as in cooked captures.
  var isCooked = false

  init(_ options: JourneyTracker.Options = JourneyTracker.Options(keepsAnswered: true)) {
    tracker = JourneyTracker(options)
  }

  /// So many milliseconds after the scene's beginning.
  static func at(_ milliseconds: Double) -> Timestamp {
    Timestamp(nanoseconds: 1_764_000_000_000_000_000 + Int64((milliseconds * 1e6).rounded()))
  }

  /// What is asked, and its answer's code.
  struct Question {
    var name = "registry.example"
    var type: UInt16 = 1
    var transaction: UInt16 = 0xbeef
    var code: UInt16 = 0
    var transport = DNSTransport.udp
  }

  /// A request, seen at a place.
  mutating func request(
    _ question: Question = Question(),
    at milliseconds: Double,
    _ place: InterfaceIndex,
    from source: SocketAddress = client,
    to destination: SocketAddress = server
  ) {
    let isOut = place == Self.uplink || place == Self.otherPort
    let link =
      place == Self.uplink ? (Self.uplinkLink, Self.upstreamLink) : (linkOf(source), Self.gatewayLink)
    see(question, milliseconds, place, source, destination, isResponse: false, link, isOut)
  }

  /// A response, seen at a place.
  mutating func response(
    _ question: Question = Question(),
    at milliseconds: Double,
    _ place: InterfaceIndex,
    from source: SocketAddress = server,
    to destination: SocketAddress = client
  ) {
    let isIn = place == Self.uplink
    let link = isIn ? (Self.upstreamLink, Self.uplinkLink) : (Self.gatewayLink, linkOf(destination))
    see(question, milliseconds, place, source, destination, isResponse: true, link, !isIn)
  }

  /// A request's whole way to the resolver.
  mutating func wayOut(
    _ question: Question = Question(),
    at milliseconds: Double,
    from source: SocketAddress = client,
    as translated: SocketAddress = translated
  ) {
    request(question, at: milliseconds, source == Self.neighbour ? Self.otherPort : Self.port, from: source)
    request(question, at: milliseconds, Self.bridge, from: source)
    request(question, at: milliseconds + 0.05, Self.uplink, from: translated)
  }

  /// An answer's whole way back.
  mutating func wayBack(
    _ question: Question = Question(),
    at milliseconds: Double,
    to destination: SocketAddress = client,
    as translated: SocketAddress = translated
  ) {
    response(question, at: milliseconds, Self.uplink, to: translated)
    response(question, at: milliseconds + 0.02, Self.bridge, to: destination)
    response(question, at: milliseconds + 0.03, Self.port, to: destination)
  }

  /// Time passes without frames.
  mutating func wait(until milliseconds: Double) { tracker.pass(to: Self.at(milliseconds)) }

  /// The end, and all that was handed over.
  mutating func end() -> [Journey] {
    tracker.end()
    return tracker.takeFinished()
  }

  private func linkOf(_ address: SocketAddress) -> MACAddress {
    address.address == Self.neighbour.address ? Self.neighbourLink : Self.clientLink
  }

  private mutating func see(
    _ question: Question,
    _ milliseconds: Double,
    _ place: InterfaceIndex,
    _ source: SocketAddress,
    _ destination: SocketAddress,
    isResponse: Bool,
    _ link: (source: MACAddress, destination: MACAddress),
    _ isOut: Bool
  ) {
    frame += 1
    let message = Sighting.Message(
      source: source,
      destination: destination,
      transaction: question.transaction,
      isResponse: isResponse,
      responseCode: isResponse ? question.code : 0,
      question: NameDigest.of(question.name),
      type: question.type,
      transport: question.transport
    )
    let sighting = Sighting(
      time: Self.at(milliseconds),
      interface: place,
      packetType: isCooked ? (isOut ? .outgoing : place == Self.port ? .otherHost : .host) : nil,
      linkSource: link.source,
      linkDestination: isCooked ? nil : link.destination,
      content: .dns(message)
    )
    if let number = tracker.take(sighting, frame: frame) {
      tracker.setName(Array("\u{8}registry\u{7}example".utf8), of: number)
    }
  }
}
