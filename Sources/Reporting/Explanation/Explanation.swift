/// The long story of one cause of the catalogue.
public struct Explanation: Hashable, Sendable {
  /// Its number in the catalogue.
  public var number: Int
  /// The catalogue's id.
  public var id: String
  /// What it is, in a line.
  public var title: String
  /// "critical", "warning" or "info": how bad it is where it is found.
  public var severity: String
  /// What happens, in order; a paragraph each.
  public var mechanism: [String]
  /// Why the kernel or the engine does so.
  public var why: String
  /// How to look by hand: commands with a word about what they should show.
  public var byHand: [String]
  /// Where it occurred, and sources.
  public var sources: [String]
  /// Why `doctor` doesn't look for it; nil if it does.
  public var unchecked: String?
  /// The lab fault that proves it, if there is one.
  public var fault: Fault?

  /// What the lab knows about it.
  public struct Fault: Hashable, Sendable {
    /// Its forms with what happens in each.
    public var parts: [String]
    /// How long an outage lasts by default, and why.
    public var outage: String
    /// What the cure does.
    public var cure: String
    /// How to make the cure last: whose file, and what to write into it.
    public var lasting: [LastingCure]

    /// A fault.
    public init(parts: [String], outage: String, cure: String, lasting: [LastingCure]) {
      self.parts = parts
      self.outage = outage
      self.cure = cure
      self.lasting = lasting
    }
  }

  /// A cure in the file of whoever manages the network.
  public struct LastingCure: Hashable, Sendable {
    /// Whose it is, such as "systemd-networkd".
    public var manager: String
    /// The lines.
    public var lines: [String]

    /// A cure.
    public init(manager: String, lines: [String]) {
      self.manager = manager
      self.lines = lines
    }
  }

  /// A story.
  public init(
    number: Int,
    id: String,
    title: String,
    severity: String,
    mechanism: [String],
    why: String,
    byHand: [String] = [],
    sources: [String] = [],
    unchecked: String? = nil,
    fault: Fault? = nil
  ) {
    self.number = number
    self.id = id
    self.title = title
    self.severity = severity
    self.mechanism = mechanism
    self.why = why
    self.byHand = byHand
    self.sources = sources
    self.unchecked = unchecked
    self.fault = fault
  }
}
