import Reporting

extension JourneyDocument {
  /// A place that a request of the sample passed.
  struct Sight {
    var interface: String
    var direction: String?
    var microseconds = 0
    var isResponse = false
    var isTranslated = false
    var to: String?
    var type: String?
  }

  /// A journey from 172.18.0.2 to 192.0.2.53 that began so many milliseconds after 04:05:06, and passed this.
  static func sample(_ sights: [Sight], id: UInt16, port: UInt16, milliseconds: Int = 0) -> JourneyDocument {
    func time(_ microseconds: Int) -> String {
      let digits = String(milliseconds * 1000 + microseconds)
      return "2026-11-23T04:05:06." + String(repeating: "0", count: 6 - digits.count) + digits + "000Z"
    }
    let client = Endpoint(address: "172.18.0.2", port: port)
    let translated = Endpoint(address: "10.0.0.5", port: port)
    let server = Endpoint(address: "192.0.2.53", port: 53)
    return JourneyDocument(
      transaction: id,
      question: Question(name: "registry.example", type: "A"),
      client: client,
      server: server,
      transport: "udp",
      start: time(0),
      outcome: "unanswered",
      rcode: nil,
      latency: nil,
      hops: sights.enumerated().map { index, sight in
        let end = sight.isTranslated ? translated : client
        return Hop(
          interface: sight.interface,
          direction: sight.direction,
          time: time(sight.microseconds),
          source: sight.isResponse ? server : end,
          destination: sight.isResponse ? end : server,
          linkSource: nil,
          linkDestination: sight.to,
          packetType: sight.type,
          frame: index + 1,
          isResponse: sight.isResponse
        )
      },
      stage: "unknown"
    )
  }

  /// How an answered one of the sample went.
  static let way = [
    Sight(interface: "veth1", to: "02:00:00:00:00:01"),
    Sight(interface: "br0", microseconds: 4, to: "02:00:00:00:00:01"),
    Sight(interface: "eth0", microseconds: 12, isTranslated: true, to: "02:00:00:00:00:fe"),
    Sight(
      interface: "eth0",
      microseconds: 1012,
      isResponse: true,
      isTranslated: true,
      to: "02:00:00:00:00:01"
    ),
    Sight(interface: "br0", microseconds: 1020, isResponse: true, to: "02:42:ac:12:00:02"),
    Sight(interface: "veth1", microseconds: 1024, isResponse: true, to: "02:42:ac:12:00:02"),
  ]

  /// An answered one of the sample.
  static var answeredSample: JourneyDocument {
    var journey = sample(way, id: 7, port: 40_000)
    (journey.outcome, journey.rcode, journey.latency, journey.stage) = ("answered", "NOERROR", 0.001024, nil)
    return journey
  }
}
