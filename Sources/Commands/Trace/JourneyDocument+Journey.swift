internal import Diagnosis
internal import Frames
internal import Journeys
internal import NetworkTypes
internal import Observation
internal import Reporting
internal import Sensing

extension JourneyDocument {
  /// The document of a journey, with its interfaces' names and what it died of.
  init(_ journey: Journey, _ verdict: JourneyVerdict?, _ places: CapturePlaces) {
    self.init(
      transaction: journey.transaction,
      question: Self.name(journey).map {
        Question(name: $0, type: DNSRecordType(rawValue: journey.type).description)
      },
      client: Endpoint(journey.client),
      server: Endpoint(journey.server),
      transport: journey.transport.rawValue,
      start: journey.start.description,
      outcome: journey.outcome.rawValue,
      rcode: journey.responseCode.map { DNSResponseCode(rawValue: $0).description },
      latency: journey.latency?.inSeconds,
      hops: journey.hops.map { Hop($0, places) },
      stage: verdict?.stage?.rawValue,
      cause: verdict?.cause.map { Cause($0) },
      candidates: (verdict?.candidates ?? []).map {
        Candidate(id: $0.id.rawValue, confidence: $0.confidence.rawValue, decidedBy: $0.decidedBy)
      }
    )
  }

  private static func name(_ journey: Journey) -> String? {
    if journey.name.isEmpty, journey.question != NameDigest.of("") { return nil }
    return DNSName(wireForm: journey.name + [0])?.description.lowercased()
  }
}

extension JourneyDocument.Cause {
  fileprivate init(_ cause: Cause) {
    self.init(
      id: cause.id.rawValue,
      confidence: cause.confidence.rawValue,
      evidence: cause.evidence.map {
        ExperimentDocument.Evidence(
          time: $0.time?.description,
          source: $0.source,
          value: $0.value,
          meaning: $0.meaning
        )
      }
    )
  }
}

extension JourneyDocument.Endpoint {
  fileprivate init(_ address: SocketAddress) {
    self.init(address: address.address.description, port: address.port)
  }
}

extension JourneyDocument.Hop {
  fileprivate init(_ hop: Hop, _ places: CapturePlaces) {
    self.init(
      interface: places.name(of: hop.place),
      direction: hop.isOutgoing.map { $0 ? "out" : "in" },
      time: hop.time.description,
      source: JourneyDocument.Endpoint(hop.source),
      destination: JourneyDocument.Endpoint(hop.destination),
      linkSource: hop.linkSource?.description,
      linkDestination: hop.linkDestination?.description,
      packetType: hop.packetType?.word,
      frame: hop.frame,
      isResponse: hop.isResponse
    )
  }
}

extension Sighting.PacketType {
  fileprivate var word: String {
    switch self {
    case .host: "host"
    case .broadcast: "broadcast"
    case .multicast: "multicast"
    case .otherHost: "otherhost"
    case .outgoing: "outgoing"
    }
  }
}
