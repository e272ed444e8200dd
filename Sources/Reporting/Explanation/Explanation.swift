/// The long story of one cause of the catalogue.
public struct Explanation: Hashable, Sendable {
  /// Its number in the catalogue.
  public var number: Int
  /// The catalogue's id.
  public var id: String
  /// What it is, in a line.
  public var title: String
  /// The catalogue's part, such as "Bridges, ports and neighbours"; nil if it isn't in the catalogue.
  public var area: String?
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
  /// Why no lab makes it; nil if one does.
  public var unmade: String?

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
    /// Why no lookup shows it, but its check alone; nil if lookups do.
    public var checkOnly: String?
    /// Which other checks fire while it is there, and why.
    public var sideEffects: [SideEffect]

    /// A fault.
    public init(
      parts: [String],
      outage: String,
      cure: String,
      lasting: [LastingCure],
      checkOnly: String? = nil,
      sideEffects: [SideEffect] = []
    ) {
      self.checkOnly = checkOnly
      self.sideEffects = sideEffects
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

  /// Another check that fires while a fault is there.
  public struct SideEffect: Hashable, Sendable {
    /// The other check's id.
    public var id: String
    /// Why, as what could follow "because", without a full stop.
    public var because: String

    /// A side effect.
    public init(id: String, because: String) {
      self.id = id
      self.because = because
    }
  }

  /// A story.
  public init(
    number: Int,
    id: String,
    title: String,
    area: String? = nil,
    severity: String,
    mechanism: [String],
    why: String,
    byHand: [String] = [],
    sources: [String] = [],
    unchecked: String? = nil,
    fault: Fault? = nil,
    unmade: String? = nil
  ) {
    self.area = area
    self.unmade = unmade
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
