extension ExperimentDocument {
  /// One failed lookup.
  public struct Failure: Encodable, Hashable, Sendable {
    /// "baseline", "fault" or "cure".
    public var arm: String
    /// The fault's form.
    public var part: String
    /// The host's number within the lab.
    public var host: Int
    /// The container that asked.
    public var container: String
    /// The name that was asked for.
    public var name: String
    /// When it was asked for.
    public var start: String
    /// Where its request ended, by the names of the contract.
    public var stage: String
    /// What it died of; nil if that couldn't be told.
    public var cause: String?
    /// "certain" or "likely".
    public var confidence: String?
    /// How that is known.
    public var evidence: [Evidence]

    /// All of it.
    public init(
      arm: String,
      part: String,
      host: Int,
      container: String,
      name: String,
      start: String,
      stage: String,
      cause: String?,
      confidence: String?,
      evidence: [Evidence]
    ) {
      self.arm = arm
      self.part = part
      self.host = host
      self.container = container
      self.name = name
      self.start = start
      self.stage = stage
      self.cause = cause
      self.confidence = confidence
      self.evidence = evidence
    }
  }
}
