/// What became of the requests in captures: `kingpost.trace/1`.
public struct TraceDocument: Hashable, Sendable {
  /// The document's kind and version.
  public static let schema = "kingpost.trace/1"

  /// A capture that was read.
  public struct File: Encodable, Hashable, Sendable {
    /// Its name.
    public var name: String
    /// How many frames it has.
    public var frames: Int
    /// The time of its earliest frame, and of its latest; nil if it has none.
    public var start: String?
    /// The latest.
    public var end: String?
    /// How many frames the capture lost, as the file says; nil if it says nothing.
    public var lost: UInt64?

    /// A file.
    public init(name: String, frames: Int, start: String?, end: String?, lost: UInt64?) {
      self.name = name
      self.frames = frames
      self.start = start
      self.end = end
      self.lost = lost
    }
  }

  /// How many requests came to which end.
  public struct Totals: Encodable, Hashable, Sendable {
    /// Requests whose end is known.
    public var requests: Int
    /// By outcome; all outcomes are there.
    public var byOutcome: [String: Int]
    /// Failures by the stage at which they ended.
    public var byStage: [String: Int]
    /// Failures by cause; those without one, or with several candidates, under "undecided".
    public var byCause: [String: Int]
    /// Requests that were open when the capture ended.
    public var open: Int
    /// Responses to no request that was seen.
    public var orphans: Int

    /// Totals.
    public init(
      requests: Int,
      byOutcome: [String: Int],
      byStage: [String: Int],
      byCause: [String: Int],
      open: Int,
      orphans: Int
    ) {
      self.requests = requests
      self.byOutcome = byOutcome
      self.byStage = byStage
      self.byCause = byCause
      self.open = open
      self.orphans = orphans
    }
  }

  /// An address whose MAC changed while the captures ran.
  public struct AddressChange: Encodable, Hashable, Sendable {
    /// When the new MAC was seen first: RFC 3339 UTC.
    public var time: String
    /// The Internet address.
    public var address: String
    /// The MAC that it had; nil if none was seen.
    public var from: String?
    /// The MAC that it has since.
    public var to: String
    /// Where it was seen, as the capture names it; nil if it isn't known.
    public var interface: String?

    /// A change.
    public init(time: String, address: String, from: String?, to: String, interface: String? = nil) {
      self.time = time
      self.address = address
      self.from = from
      self.to = to
      self.interface = interface
    }
  }

  /// Who says it, about where, and what could not be looked at.
  public var header: DocumentHeader
  /// The captures.
  public var files: [File]
  /// So long after a request its client was taken to have given up, in seconds.
  public var timeout: Double
  /// How many came to which end.
  public var totals: Totals
  /// Those that weren't answered in time and without an error, in the order in which they ended.
  public var failures: [JourneyDocument]
  /// How many more there were, which were counted only.
  public var furtherFailures: Int
  /// One answered journey for each client and server that failed, for comparison.
  public var answered: [JourneyDocument]
  /// Addresses whose MAC changed.
  public var addressChanges: [AddressChange]

  /// A document.
  public init(
    header: DocumentHeader,
    files: [File],
    timeout: Double,
    totals: Totals,
    failures: [JourneyDocument],
    furtherFailures: Int,
    answered: [JourneyDocument] = [],
    addressChanges: [AddressChange] = []
  ) {
    self.header = header
    self.files = files
    self.timeout = timeout
    self.totals = totals
    self.failures = failures
    self.furtherFailures = furtherFailures
    self.answered = answered
    self.addressChanges = addressChanges
  }
}

extension TraceDocument: Encodable {
  private enum Key: String, CodingKey {
    case schema, files, timeout, totals, failures, furtherFailures, answered, addressChanges
  }

  /// Encodes the header's members beside the document's own, as the schema has them.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(Self.schema, forKey: .schema)
    try header.encode(to: encoder)
    try container.encode(files, forKey: .files)
    try container.encode(timeout, forKey: .timeout)
    try container.encode(totals, forKey: .totals)
    try container.encode(failures, forKey: .failures)
    try container.encode(furtherFailures, forKey: .furtherFailures)
    try container.encode(answered, forKey: .answered)
    try container.encode(addressChanges, forKey: .addressChanges)
  }

  /// The document as JSON in ASCII, with sorted keys and a final line break.
  public func json() throws -> String { try HarmlessJSON.text(self) }
}

/// The JSON Schema of traces, which ships with the program.
public enum TraceSchema {
  /// The schema of `kingpost.trace/1`, in JSON.
  public static var text: String { String(decoding: PackageResources.trace_json, as: UTF8.self) }
}
