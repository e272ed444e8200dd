extension ExperimentDocument {
  /// The hosts of the experiment.
  public struct Topology: Encodable, Hashable, Sendable {
    /// The layout's name.
    public var name: String
    /// How many hosts there were at once.
    public var hosts: Int
    /// The containers of each.
    public var containers: [String]
    /// Where the resolver was, such as "upstream".
    public var resolver: String
    /// What answered: "kingpost", "dnsmasq" or "unbound".
    public var resolverProgram: String

    /// All of it.
    public init(name: String, hosts: Int, containers: [String], resolver: String, resolverProgram: String) {
      self.name = name
      self.hosts = hosts
      self.containers = containers
      self.resolver = resolver
      self.resolverProgram = resolverProgram
    }
  }

  /// Hosts that were treated alike.
  public struct Arm: Encodable, Hashable, Sendable {
    /// "baseline", "fault" or "cure".
    public var name: String
    /// What was done in all its forms together.
    public var tally: Tally
    /// The fault's forms, each on hosts of its own.
    public var parts: [Part]

    /// All of it.
    public init(name: String, tally: Tally, parts: [Part]) {
      self.name = name
      self.tally = tally
      self.parts = parts
    }
  }

  /// One form of the fault in one arm.
  public struct Part: Encodable, Hashable, Sendable {
    /// The form's name, such as "leave".
    public var name: String
    /// What happens in it.
    public var summary: String
    /// Whether the test counts it; an exception is shown and not counted.
    public var isCounted: Bool
    /// What happened.
    public var tally: Tally

    /// All of it.
    public init(name: String, summary: String, isCounted: Bool, tally: Tally) {
      self.name = name
      self.summary = summary
      self.isCounted = isCounted
      self.tally = tally
    }
  }

  /// Hosts and lookups that were counted.
  public struct Tally: Encodable, Hashable, Sendable {
    /// How many hosts there were.
    public var hosts: Int
    /// On how many of them a lookup failed.
    public var hostsHit: Int
    /// How many lookups there were.
    public var lookups: Int
    /// How many of them failed.
    public var failed: Int
    /// The share that failed with its 95 % interval (Wilson); descriptive, for lookups aren't independent.
    public var failureRate: Interval

    /// All of it.
    public init(hosts: Int, hostsHit: Int, lookups: Int, failed: Int, failureRate: Interval) {
      self.hosts = hosts
      self.hostsHit = hostsHit
      self.lookups = lookups
      self.failed = failed
      self.failureRate = failureRate
    }
  }

  /// An estimate between bounds.
  public struct Interval: Encodable, Hashable, Sendable {
    /// The estimate.
    public var estimate: Double
    /// The lower bound.
    public var low: Double
    /// The upper bound.
    public var high: Double

    /// All of it.
    public init(estimate: Double, low: Double, high: Double) {
      self.estimate = estimate
      self.low = low
      self.high = high
    }
  }

  /// Failed lookups by cause.
  public struct Attribution: Encodable, Hashable, Sendable {
    /// How many failed.
    public var failed: Int
    /// How many of them have a cause with evidence of their own.
    public var explained: Int
    /// How many have none.
    public var unexplained: Int
    /// How many each cause has.
    public var byCause: [String: Int]

    /// All of it.
    public init(failed: Int, explained: Int, unexplained: Int, byCause: [String: Int]) {
      self.failed = failed
      self.explained = explained
      self.unexplained = unexplained
      self.byCause = byCause
    }
  }

  /// What the experiment shows.
  public struct Verdict: Encodable, Hashable, Sendable {
    /// Whether the fault was shown to be the cause.
    public enum Status: String, Encodable, Hashable, Sendable {
      /// It was.
      case proven
      /// No host with the fault was hit.
      case notReproduced = "not-reproduced"
      /// Something happened that the fault alone doesn't account for.
      case inconclusive
    }

    /// The answer.
    public var status: Status
    /// The chance of such a difference, or a greater one, if the arms were alike.
    public var pValue: Double
    /// How that was computed.
    public var test: String
    /// Why the answer isn't "proven"; empty if it is.
    public var reasons: [String]

    /// All of it.
    public init(status: Status, pValue: Double, test: String, reasons: [String]) {
      self.status = status
      self.pValue = pValue
      self.test = test
      self.reasons = reasons
    }
  }

  /// Hosts that recovered.
  public struct Healing: Encodable, Hashable, Sendable {
    /// How many were tried.
    public var hosts: Int
    /// How many answered again, or still.
    public var healed: Int
    /// How many lookups they made then.
    public var lookups: Int
    /// How many of these failed.
    public var failed: Int

    /// All of it.
    public init(hosts: Int, healed: Int, lookups: Int, failed: Int) {
      self.hosts = hosts
      self.healed = healed
      self.lookups = lookups
      self.failed = failed
    }
  }
}
