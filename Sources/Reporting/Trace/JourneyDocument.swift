internal import FoundationEssentials

/// One request's way and its answer's: `kingpost.journey/1`.
///
/// Times are RFC 3339 UTC with nanoseconds, durations are seconds.
public struct JourneyDocument: Hashable, Sendable {
  /// The document's kind and version.
  public static let schema = "kingpost.journey/1"

  /// What was asked.
  public struct Question: Encodable, Hashable, Sendable {
    /// The name in lower case without the final dot.
    public var name: String
    /// The type's mnemonic, such as "AAAA", or TYPE and its number (RFC 3597).
    public var type: String

    /// A question.
    public init(name: String, type: String) {
      self.name = name
      self.type = type
    }
  }

  /// An address with a port.
  public struct Endpoint: Encodable, Hashable, Sendable {
    /// The Internet address.
    public var address: String
    /// The port.
    public var port: UInt16

    /// An endpoint.
    public init(address: String, port: UInt16) {
      self.address = address
      self.port = port
    }
  }

  /// The DNS id.
  public var transaction: UInt16
  /// What was asked; nil if it couldn't be read.
  public var question: Question?
  /// Who asked.
  public var client: Endpoint
  /// Who was asked.
  public var server: Endpoint
  /// "udp" or "tcp".
  public var transport: String
  /// When the request was seen first.
  public var start: String
  /// "answered", "error-response", "late" or "unanswered".
  public var outcome: String
  /// The response's code; nil if no response was seen.
  public var rcode: String?
  /// From the request to the response at the client, in seconds; nil without one.
  public var latency: Double?
  /// What was seen of it, in order of time.
  public var hops: [Hop]
  /// Where it ended, such as "bridge"; nil if it was answered.
  public var stage: String?
  /// Why; nil if nothing explains it, or several things do.
  public var cause: Cause?
  /// What fits, where the frames can't tell.
  public var candidates: [Candidate]

  /// A journey.
  public init(
    transaction: UInt16,
    question: Question?,
    client: Endpoint,
    server: Endpoint,
    transport: String,
    start: String,
    outcome: String,
    rcode: String?,
    latency: Double?,
    hops: [Hop],
    stage: String? = nil,
    cause: Cause? = nil,
    candidates: [Candidate] = []
  ) {
    self.transaction = transaction
    self.question = question
    self.client = client
    self.server = server
    self.transport = transport
    self.start = start
    self.outcome = outcome
    self.rcode = rcode
    self.latency = latency
    self.hops = hops
    self.stage = stage
    self.cause = cause
    self.candidates = candidates
  }
}

extension JourneyDocument {
  /// Why it failed.
  public struct Cause: Encodable, Hashable, Sendable {
    /// The catalogue's id.
    public var id: String
    /// How far the evidence goes: "certain" or "likely".
    public var confidence: String
    /// What shows it.
    public var evidence: [ExperimentDocument.Evidence]

    /// A cause.
    public init(id: String, confidence: String, evidence: [ExperimentDocument.Evidence]) {
      self.id = id
      self.confidence = confidence
      self.evidence = evidence
    }
  }

  /// Something that fits, where the frames can't tell.
  public struct Candidate: Encodable, Hashable, Sendable {
    /// The catalogue's id.
    public var id: String
    /// How far the evidence goes.
    public var confidence: String
    /// What would decide it.
    public var decidedBy: String

    /// A candidate.
    public init(id: String, confidence: String, decidedBy: String) {
      self.id = id
      self.confidence = confidence
      self.decidedBy = decidedBy
    }
  }

  /// One frame of it, where it was seen.
  public struct Hop: Hashable, Sendable {
    /// The interface, as the capture names it.
    public var interface: String
    /// "in" or "out"; nil where the format doesn't say.
    public var direction: String?
    /// When.
    public var time: String
    /// The sender at this point.
    public var source: Endpoint
    /// The receiver at this point.
    public var destination: Endpoint
    /// The frame's link source; nil where the format has none.
    public var linkSource: String?
    /// The frame's link destination; nil in cooked captures.
    public var linkDestination: String?
    /// What the kernel took it for, such as "host" or "otherhost"; nil where the format doesn't say.
    public var packetType: String?
    /// The frame's number in its file.
    public var frame: Int
    /// Whether it carries the response.
    public var isResponse: Bool

    /// A hop.
    public init(
      interface: String,
      direction: String?,
      time: String,
      source: Endpoint,
      destination: Endpoint,
      linkSource: String?,
      linkDestination: String?,
      packetType: String?,
      frame: Int,
      isResponse: Bool
    ) {
      self.interface = interface
      self.direction = direction
      self.time = time
      self.source = source
      self.destination = destination
      self.linkSource = linkSource
      self.linkDestination = linkDestination
      self.packetType = packetType
      self.frame = frame
      self.isResponse = isResponse
    }
  }
}

extension JourneyDocument: Encodable {
  private enum Key: String, CodingKey {
    case schema, transaction, question, client, server, transport, start, outcome, rcode, latency, hops
    case stage, cause, candidates
  }

  /// Encodes what isn't known as null, so that every line has the same members.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encode(transaction, forKey: .transaction)
    try container.encode(question, forKey: .question)
    try container.encode(client, forKey: .client)
    try container.encode(server, forKey: .server)
    try container.encode(transport, forKey: .transport)
    try container.encode(start, forKey: .start)
    try container.encode(outcome, forKey: .outcome)
    try container.encode(rcode, forKey: .rcode)
    try container.encode(latency, forKey: .latency)
    try container.encode(hops, forKey: .hops)
    try container.encode(stage, forKey: .stage)
    try container.encode(cause, forKey: .cause)
    try container.encode(candidates, forKey: .candidates)
  }

  /// The document as one line of JSON in ASCII, with sorted keys and a final line break.
  public func line() throws -> String { try HarmlessJSON.line(self) }
}

extension JourneyDocument.Hop: Encodable {
  private enum Key: String, CodingKey {
    case interface, direction, time, source, destination, linkSource, linkDestination, packetType, frame, kind
  }

  /// Encodes what a format lacks as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(interface, forKey: .interface)
    try container.encode(direction, forKey: .direction)
    try container.encode(time, forKey: .time)
    try container.encode(source, forKey: .source)
    try container.encode(destination, forKey: .destination)
    try container.encode(linkSource, forKey: .linkSource)
    try container.encode(linkDestination, forKey: .linkDestination)
    try container.encode(packetType, forKey: .packetType)
    try container.encode(frame, forKey: .frame)
    try container.encode(isResponse ? "response" : "request", forKey: .kind)
  }
}

/// The JSON Schema of journeys, which ships with the program.
public enum JourneySchema {
  /// The schema of `kingpost.journey/1`, in JSON.
  public static var text: String { String(decoding: PackageResources.journey_json, as: UTF8.self) }
}
