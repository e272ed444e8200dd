public import Lab
public import NetworkTypes

/// What is to be tried, on how many hosts, under which load.
public struct ExperimentConfiguration: Sendable {
  /// Changes that make the experiment come out otherwise on purpose.
  public struct Variations: OptionSet, Sendable {
    /// The bits.
    public let rawValue: Int
    /// A set of these bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Every bridge is given a link address of its own beforehand.
    public static let pinned = Variations(rawValue: 1)
    /// Nothing happens at the change.
    public static let withoutChurn = Variations(rawValue: 2)
  }

  /// The fault.
  public var fault: Fault
  /// Determines assignment, addresses and schedules.
  public var seed: UInt64
  /// What the lookups are sent over.
  public var family: IPFamily = .v4
  /// How many hosts an arm has that the test counts; divided evenly among the forms that are counted.
  public var hostsPerArm: Int = 12
  /// How many hosts an arm has for each exception that is shown.
  public var hostsPerException: Int = 3
  /// How many hosts show the self-healing.
  public var selfHealingHosts: Int = 3
  /// Lookups per second of each container that asks.
  public var rate: Double = 12
  /// How long the load lasts.
  public var duration: Duration = .seconds(11)
  /// How long a lookup waits for its answer.
  public var timeout: Duration = .seconds(1)
  /// The share of requests that the resolver ignores at random.
  public var muteShare: Double = 0
  /// What answers.
  public var resolver: ResolverProgram = .kingpost
  /// What makes it come out otherwise.
  public var variations: Variations = []

  /// The default experiment for a fault.
  public init(fault: Fault, seed: UInt64) {
    self.fault = fault
    self.seed = seed
  }

  /// What answers the lookups.
  public enum ResolverProgram: String, Sendable, CaseIterable {
    /// The lab's own resolver.
    case kingpost
    /// dnsmasq(8)
    case dnsmasq
    /// unbound(8)
    case unbound
  }
}
