/// What an audit of a host found: `kingpost.findings/1`.
public struct FindingsDocument: Hashable, Sendable {
  /// The document's kind and version.
  public static let schema = "kingpost.findings/1"

  /// How bad a finding is, or would be.
  public enum Severity: String, Encodable, Hashable, Sendable, CaseIterable, Comparable {
    case info, warning, critical

    /// From harmless to bad.
    public static func < (left: Severity, right: Severity) -> Bool {
      switch (left, right) {
      case (.info, .warning), (.info, .critical), (.warning, .critical): true
      default: false
      }
    }
  }

  /// How a check went.
  public enum Status: String, Encodable, Hashable, Sendable, CaseIterable {
    case passed, failed, unknown
    case notApplicable = "not-applicable"
  }

  /// Something that is wrong, how it is known, and what to do.
  public struct Finding: Encodable, Hashable, Sendable {
    /// The catalogue's id.
    public var id: String
    /// How bad it is here.
    public var severity: Severity
    /// How sure it is: "certain", "likely" or "possible".
    public var confidence: String
    /// What it is about, as a scope of the command line.
    public var subject: String
    /// What was found, in a sentence.
    public var summary: String
    /// What it means on this host.
    public var consequence: String
    /// What was seen, where.
    public var evidence: [Evidence]
    /// What to do, the best first.
    public var remedies: [Remedy]

    /// A finding.
    public init(
      id: String,
      severity: Severity,
      confidence: String,
      subject: String,
      summary: String,
      consequence: String,
      evidence: [Evidence],
      remedies: [Remedy]
    ) {
      self.id = id
      self.severity = severity
      self.confidence = confidence
      self.subject = subject
      self.summary = summary
      self.consequence = consequence
      self.evidence = evidence
      self.remedies = remedies
    }
  }

  /// One observation.
  public struct Evidence: Encodable, Hashable, Sendable {
    /// Where it comes from.
    public var source: String
    /// What was seen, as that source has it.
    public var value: String
    /// What it means, in plain words.
    public var meaning: String
    /// When: RFC 3339 UTC; nil for what held throughout.
    public var time: String?

    /// An observation.
    public init(source: String, value: String, meaning: String, time: String? = nil) {
      self.source = source
      self.value = value
      self.meaning = meaning
      self.time = time
    }
  }

  /// One way to cure a finding.
  public struct Remedy: Encodable, Hashable, Sendable {
    /// When it takes effect.
    public enum Kind: String, Encodable, Hashable, Sendable { case runtime, persistent }

    /// A file to be added.
    public struct File: Encodable, Hashable, Sendable {
      /// Where.
      public var path: String
      /// Its text.
      public var content: String

      /// A file.
      public init(path: String, content: String) {
        self.path = path
        self.content = content
      }
    }

    /// When it takes effect.
    public var kind: Kind
    /// What it does.
    public var text: String
    /// Commands to be copied.
    public var commands: [String]
    /// Files to be added.
    public var files: [File]

    /// A remedy.
    public init(_ kind: Kind, _ text: String, commands: [String] = [], files: [File] = []) {
      self.kind = kind
      self.text = text
      self.commands = commands
      self.files = files
    }
  }

  /// What a check says about one subject.
  public struct Check: Encodable, Hashable, Sendable {
    /// The catalogue's id.
    public var id: String
    /// What was looked at.
    public var subject: String
    /// How it went.
    public var status: Status
    /// How bad a failure is, or would be.
    public var severity: Severity
    /// Why it passed, what is missing to tell, or why it doesn't apply.
    public var why: String

    /// A result.
    public init(id: String, subject: String, status: Status, severity: Severity, why: String) {
      self.id = id
      self.subject = subject
      self.status = status
      self.severity = severity
      self.why = why
    }
  }

  /// Who says it, about where, and what could not be looked at.
  public var header: DocumentHeader
  /// When the host was looked at: RFC 3339 UTC.
  public var time: String
  /// What was asked for, as scopes of the command line.
  public var scopes: [String]
  /// What was looked at, such as "2 bridges", for a person.
  public var lookedAt: [String]
  /// What was found, the worst first.
  public var findings: [Finding]
  /// Every check's results.
  public var checks: [Check]
  /// The one command that helps next.
  public var next: String

  /// A document.
  public init(
    header: DocumentHeader,
    time: String,
    scopes: [String],
    lookedAt: [String],
    findings: [Finding],
    checks: [Check],
    next: String
  ) {
    self.header = header
    self.time = time
    self.scopes = scopes
    self.lookedAt = lookedAt
    self.findings = findings
    self.checks = checks
    self.next = next
  }

  /// How many results have this status.
  public func count(_ status: Status) -> Int { checks.count { $0.status == status } }

  /// How many findings are of this severity.
  public func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

  /// The results that are unknown and would be critical if they failed.
  public var criticalUnknowns: [Check] { checks.filter { $0.status == .unknown && $0.severity == .critical } }
}
