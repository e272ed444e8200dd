/// Something that is wrong on a host, how it is known, and what to do.
public struct Finding: Hashable, Sendable {
  /// The catalogue's id.
  public let id: String
  /// How bad it is here.
  public let severity: Severity
  /// How sure it is.
  public let confidence: Confidence
  /// What it is about.
  public let subject: Subject
  /// What was found, in a sentence.
  public let summary: String
  /// What it means on this host: which containers, which daemon.
  public let consequence: String
  /// What was seen, where.
  public let evidence: [Evidence]
  /// What to do, the best first.
  public let remedies: [Remedy]

  /// A finding.
  public init(
    id: String,
    severity: Severity,
    confidence: Confidence = .certain,
    subject: Subject,
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

/// What a check or a finding is about, as a scope of the command line.
public struct Subject: Hashable, Sendable, CustomStringConvertible {
  /// `host`, `bridge:NAME`, `container:NAME`, `netns:NAME`, `engine:SOCKET`, `interface:NAME`, with `@NAMESPACE` for
  /// what isn't in the machine's own namespace.
  public let description: String

  private init(_ description: String) { self.description = description }

  /// The whole machine.
  public static let host = Subject("host")
  /// A bridge; `namespace` is nil in the machine's own.
  public static func bridge(_ name: String, in namespace: String? = nil) -> Subject {
    named("bridge", name, namespace)
  }
  /// An interface; `namespace` is nil in the machine's own.
  public static func interface(_ name: String, in namespace: String? = nil) -> Subject {
    named("interface", name, namespace)
  }
  /// A container.
  public static func container(_ name: String) -> Subject { named("container", name, nil) }
  /// A network namespace.
  public static func namespace(_ name: String) -> Subject { named("netns", name, nil) }
  /// An engine.
  public static func engine(_ id: String) -> Subject { named("engine", id, nil) }

  private static func named(_ kind: String, _ name: String, _ namespace: String?) -> Subject {
    Subject("\(kind):\(name)" + (namespace.map { "@" + $0 } ?? ""))
  }
}

/// One way to cure a finding.
public struct Remedy: Hashable, Sendable {
  /// When it takes effect.
  public enum Kind: String, Codable, Hashable, Sendable {
    /// At once, until the next boot.
    case runtime
    /// From the next start of whoever reads the file on.
    case persistent
  }

  /// A file to be added. The user's own files aren't edited.
  public struct File: Hashable, Sendable {
    /// Where.
    public let path: String
    /// Its text.
    public let content: String

    /// A file.
    public init(path: String, content: String) {
      self.path = path
      self.content = content
    }
  }

  /// When it takes effect.
  public let kind: Kind
  /// What it does, in a sentence, and for whom ("systemd-networkd: …").
  public let text: String
  /// The commands, to be copied.
  public let commands: [String]
  /// The files.
  public let files: [File]

  /// A remedy.
  public init(_ kind: Kind, _ text: String, commands: [String] = [], files: [File] = []) {
    self.kind = kind
    self.text = text
    self.commands = commands
    self.files = files
  }
}
