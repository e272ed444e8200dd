extension ExperimentDocument {
  /// Attribution against truth: the resolver's own log says which requests it ignored.
  public struct Scoring: Encodable, Hashable, Sendable {
    /// Failed lookups whose request the resolver ignored.
    public var ignored: Int
    /// How many of these were attributed to the resolver.
    public var ignoredNamedResolver: Int
    /// The other failed lookups.
    public var others: Int
    /// How many of these were attributed to the fault.
    public var othersNamedFault: Int

    /// All of it.
    public init(ignored: Int, ignoredNamedResolver: Int, others: Int, othersNamedFault: Int) {
      self.ignored = ignored
      self.ignoredNamedResolver = ignoredNamedResolver
      self.others = others
      self.othersNamedFault = othersNamedFault
    }
  }

  /// Something that the fault must leave behind.
  public struct Mark: Encodable, Hashable, Sendable {
    /// What.
    public var mark: String
    /// On how many hosts that were hit it was looked for.
    public var hosts: Int
    /// On how many it was seen.
    public var seen: Int

    /// All of it.
    public init(mark: String, hosts: Int, seen: Int) {
      self.mark = mark
      self.hosts = hosts
      self.seen = seen
    }
  }

  /// A suspect that was cleared.
  public struct RuledOut: Encodable, Hashable, Sendable {
    /// The catalogue's id.
    public var id: String
    /// What clears it.
    public var evidence: [Evidence]

    /// All of it.
    public init(id: String, evidence: [Evidence]) {
      self.id = id
      self.evidence = evidence
    }
  }

  /// Something that was seen, and what it means.
  public struct Evidence: Encodable, Hashable, Sendable {
    /// When, if at a moment.
    public var time: String?
    /// Where it was seen.
    public var source: String
    /// What was seen.
    public var value: String
    /// What it means.
    public var meaning: String

    /// All of it.
    public init(time: String?, source: String, value: String, meaning: String) {
      self.time = time
      self.source = source
      self.value = value
      self.meaning = meaning
    }
  }

  /// Two lookups of the same kind, one of which failed.
  public struct Timelines: Encodable, Hashable, Sendable {
    /// The failed one.
    public var failed: Timeline
    /// The answered one.
    public var answered: Timeline
    /// The position of the first entry in which they differ.
    public var firstDifference: Int?

    /// All of it.
    public init(failed: Timeline, answered: Timeline, firstDifference: Int?) {
      self.failed = failed
      self.answered = answered
      self.firstDifference = firstDifference
    }
  }

  /// One lookup's way.
  public struct Timeline: Encodable, Hashable, Sendable {
    /// The name that was asked for.
    public var name: String
    /// When it was asked for.
    public var start: String
    /// What happened, in order.
    public var entries: [Entry]

    /// One step of the way.
    public struct Entry: Encodable, Hashable, Sendable {
      /// Seconds since the request.
      public var offset: Double
      /// Where.
      public var place: String
      /// What.
      public var event: String

      /// All of it.
      public init(offset: Double, place: String, event: String) {
        self.offset = offset
        self.place = place
        self.event = event
      }
    }

    /// All of it.
    public init(name: String, start: String, entries: [Entry]) {
      self.name = name
      self.start = start
      self.entries = entries
    }
  }

  /// The fault's text.
  public struct Explanation: Encodable, Hashable, Sendable {
    /// What happened, in order.
    public var story: [String]
    /// Why the kernel does so.
    public var why: String
    /// How long an outage lasts by default, and why.
    public var outage: String
    /// What the cure does.
    public var cure: String
    /// The cure as commands.
    public var commands: [String]
    /// How to make it last, by manager.
    public var lasting: [Lasting]
    /// What to do next.
    public var next: String

    /// A cure in somebody's file.
    public struct Lasting: Encodable, Hashable, Sendable {
      /// Whose.
      public var manager: String
      /// The lines.
      public var lines: [String]

      /// All of it.
      public init(manager: String, lines: [String]) {
        self.manager = manager
        self.lines = lines
      }
    }

    /// All of it.
    public init(
      story: [String],
      why: String,
      outage: String,
      cure: String,
      commands: [String],
      lasting: [Lasting],
      next: String
    ) {
      self.story = story
      self.why = why
      self.outage = outage
      self.cure = cure
      self.commands = commands
      self.lasting = lasting
      self.next = next
    }
  }
}
