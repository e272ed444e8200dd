/// Which checks fire on lab hosts without each fault, with it, and after its cure: `kingpost.matrix/1`.
public struct MatrixDocument: Hashable, Sendable {
  /// The document's kind and version.
  public static let schema = "kingpost.matrix/1"

  /// How one check ended, over all its subjects.
  public enum Status: String, Encodable, Hashable, Sendable {
    case passed, failed, unknown
    case notApplicable = "not-applicable"
    /// There is no check of the fault's id.
    case missing
  }

  /// What the fault's own check says about a host.
  public struct Own: Encodable, Hashable, Sendable {
    /// How it ended; the worst of its subjects decides.
    public var status: Status
    /// The severity of what it found, if it failed.
    public var severity: String?
    /// What it found, or why it says so.
    public var why: String

    /// A word of the fault's own check.
    public init(status: Status, severity: String?, why: String) {
      self.status = status
      self.severity = severity
      self.why = why
    }
  }

  /// What another check found on a host.
  public struct Finding: Encodable, Hashable, Sendable {
    /// The check's id.
    public var check: String
    /// "info", "warning" or "critical".
    public var severity: String
    /// What it is about, as a scope.
    public var subject: String
    /// What was found.
    public var summary: String
    /// Why the fault's definition expects it; nil if it doesn't.
    public var because: String?

    /// A finding.
    public init(check: String, severity: String, subject: String, summary: String, because: String?) {
      self.check = check
      self.severity = severity
      self.subject = subject
      self.summary = summary
      self.because = because
    }
  }

  /// A check that could not tell.
  public struct Unknown: Encodable, Hashable, Sendable {
    /// The check's id.
    public var check: String
    /// What is missing.
    public var why: String

    /// A check that could not tell.
    public init(check: String, why: String) {
      self.check = check
      self.why = why
    }
  }

  /// One host.
  public struct Arm: Encodable, Hashable, Sendable {
    /// "baseline", "fault" or "cure".
    public var name: String
    /// What the fault's own check says.
    public var own: Own
    /// What other checks found, of any severity.
    public var others: [Finding]
    /// The checks that could not tell.
    public var unknown: [Unknown]

    /// A host.
    public init(name: String, own: Own, others: [Finding], unknown: [Unknown]) {
      self.name = name
      self.own = own
      self.others = others
      self.unknown = unknown
    }
  }

  /// One fault.
  public struct Row: Encodable, Hashable, Sendable {
    /// The fault's id.
    public var fault: String
    /// How bad the catalogue says it is; nil without a check.
    public var severity: String?
    /// How the fault is shown: "lookups", or "check" where no lookup fails within a lab's means.
    public var proof: String
    /// Why no lookup fails, if none does.
    public var because: String?
    /// The three hosts.
    public var arms: [Arm]
    /// What is not as it must be; nothing if all is.
    public var reasons: [String]

    /// A fault.
    public init(
      fault: String,
      severity: String?,
      proof: String,
      because: String?,
      arms: [Arm],
      reasons: [String]
    ) {
      self.fault = fault
      self.severity = severity
      self.proof = proof
      self.because = because
      self.arms = arms
      self.reasons = reasons
    }

    /// Whether all is as it must be.
    public var holds: Bool { reasons.isEmpty }
  }

  /// Who says it, about where.
  public var header: DocumentHeader
  /// Repeats the addresses.
  public var seed: UInt64
  /// When it began: RFC 3339 UTC.
  public var started: String
  /// How long it took, in seconds.
  public var duration: Double
  /// The faults, in the order of `prove --list`; fewer if it was ended early.
  public var rows: [Row]

  /// A matrix.
  public init(header: DocumentHeader, seed: UInt64, started: String, duration: Double, rows: [Row]) {
    self.header = header
    self.seed = seed
    self.started = started
    self.duration = duration
    self.rows = rows
  }

  /// Whether every fault's checks are as they must be.
  public var holds: Bool { header.complete && !rows.isEmpty && rows.allSatisfy(\.holds) }
}
