public import NetworkTypes
public import Observation
public import Statistics

/// One cause of the catalogue as something that can be made, cured and recognised in a lab.
///
/// A fault is a value and has a folder of its own: what makes it, what cures it, what it must leave behind, and
/// its text. Nothing here looks for causes; whether diagnosis finds this one is for others to see.
public struct Fault: Sendable {
  /// When the fault comes over a host.
  public enum Onset: Hashable, Sendable {
    /// Before the first lookup: it waits for the disturbance.
    case beforehand
    /// In the middle of the lookups, at the moment of the disturbance.
    case atTheChange
  }

  /// How the fault is shown.
  public enum Proof: Hashable, Sendable {
    /// Lookups fail while it is there: an experiment with its arms.
    case lookups
    /// Its check fails while it is there, and passes before and after: what it does to lookups takes more time,
    /// more hosts or another kernel than a lab has. Why.
    case checkOnly(String)
  }

  /// A check of another id that fails while this fault is there, because what makes this fault is that one's
  /// subject too.
  public struct SideEffect: Hashable, Sendable {
    /// The other check's id.
    public let check: String
    /// Why it fails.
    public let because: String

    init(_ check: String, because: String) {
      self.check = check
      self.because = because
    }
  }

  /// One form of the fault, shown on hosts of its own.
  public struct Part: Sendable {
    /// Its name, such as "leave".
    public let name: String
    /// What happens in it, in a line.
    public let summary: String
    /// The containers whose lookups are counted.
    public let askers: [String]
    /// The containers that ask as well, uncounted, from the change on.
    public let talkers: [String]
    /// Whether the fault reaches the askers in this form. An exception is shown, and kept out of the test.
    public let isReached: Bool
    /// What happens to every host at the change, in all arms.
    public let disturbance: @Sendable (HostPlan, inout SeededGenerator) -> [Action]

    init(
      _ name: String,
      _ summary: String,
      askers: [String] = ["build"],
      talkers: [String] = [],
      isReached: Bool = true,
      disturbance: @escaping @Sendable (HostPlan, inout SeededGenerator) -> [Action] = { _, _ in [] }
    ) {
      self.name = name
      self.summary = summary
      self.askers = askers
      self.talkers = talkers
      self.isReached = isReached
      self.disturbance = disturbance
    }
  }

  /// The catalogue's id.
  public let id: String
  /// What a person reads.
  public let text: FaultText
  /// The hosts that it is shown on.
  public let topology: Topology
  /// The families of lookups that it can hit.
  public let families: Set<IPFamily>
  /// Its forms.
  public let parts: [Part]
  /// When it comes.
  public let onset: Onset
  /// How hosts of all arms are built differently for this fault to be possible.
  public let ground: @Sendable (inout HostPlan) -> Void
  /// How a host that has the fault, or had it before its cure, is built differently.
  public let shape: @Sendable (inout HostPlan) -> Void
  /// What makes the fault on a host built so.
  public let apply: @Sendable (HostPlan, IPFamily) -> [Action]
  /// What cures it, in order.
  public let cure: @Sendable (HostPlan, IPFamily) -> [Action]
  /// What it must leave behind for others to see.
  public let marks: [EvidenceMark]
  /// The form, by name, that doesn't hurt a host with an answer in flight, if there is such a form.
  public let selfHealingPart: String?
  /// How it is shown.
  public let proof: Proof
  /// Which other checks fail while it is there.
  public let sideEffects: [SideEffect]
  /// What the fault's check reads besides and a namespace can't hold, made up in a host's snapshot: that programs
  /// run, how busy the machine is. The same in all arms.
  public let surroundings: @Sendable (inout Snapshot) -> Void

  init(
    id: String,
    text: FaultText,
    topology: Topology = .founding,
    families: Set<IPFamily> = [.v4, .v6],
    parts: [Part],
    onset: Onset = .atTheChange,
    marks: [EvidenceMark],
    selfHealingPart: String? = nil,
    proof: Proof = .lookups,
    sideEffects: [SideEffect] = [],
    surroundings: @escaping @Sendable (inout Snapshot) -> Void = { _ in },
    ground: @escaping @Sendable (inout HostPlan) -> Void = { _ in },
    shape: @escaping @Sendable (inout HostPlan) -> Void = { _ in },
    apply: @escaping @Sendable (HostPlan, IPFamily) -> [Action],
    cure: @escaping @Sendable (HostPlan, IPFamily) -> [Action]
  ) {
    self.id = id
    self.text = text
    self.topology = topology
    self.families = families
    self.parts = parts
    self.onset = onset
    self.ground = ground
    self.shape = shape
    self.apply = apply
    self.cure = cure
    self.marks = marks
    self.selfHealingPart = selfHealingPart
    self.proof = proof
    self.sideEffects = sideEffects
    self.surroundings = surroundings
  }

  /// All faults, the founding one first.
  public static let all: [Fault] = [
    .bridgeMACUnstable, .masqueradeMissing, .ipForwardReset, .forwardPolicyDrop, .stpForwardDelay,
    .ipDuplicate,
    .bridgeNetfilter, .foreignTableDrop, .inputDropResolver, .rpFilter, .snatPortExhaustion, .policyRouteVPN,
    .nftLegacyMix,
    .vethMACRewritten, .bridgeMACCloned, .staleARP, .gatewayHijack, .portIsolated, .bridgeIPLost,
    .routeHijack, .subnetOverlap, .userBridgeMismatch, .containerMACDuplicate, .proxyARP, .arpLocktime,
    .multicastSnooping, .bridgePortLimit, .floodBacklog, .l2Loop,
    .upstreamRateLimit, .mtuBlackhole, .ipv6RALost, .fragmentLoss, .glibcPairing, .isolationInternal,
    .linkLocalResolver,
    .loopbackFallback, .resolvLimits, .ndotsSearch, .v6NameserverUnreachable, .resolverReceiveBuffer,
    .muslSemantics, .dnsmasqScope, .hairpinSource, .bridgeMACPolicyGap, .dockerDNSRestart, .dnsmasqForwardMax,
    .resolvedDegraded,
  ]

  /// Whether its check alone shows it.
  public var isCheckOnly: Bool { if case .checkOnly = proof { true } else { false } }

  /// The fault of this id.
  public static func named(_ id: String) -> Fault? { all.first { $0.id == id } }
}

/// What a person reads about a fault, in paragraphs without line breaks.
public struct FaultText: Sendable {
  /// What it is, in a line of at most 70 characters.
  public let title: String
  /// What happened, in order.
  public let story: [String]
  /// Why the kernel does so.
  public let why: String
  /// How long an outage lasts by default, and why.
  public let outage: String
  /// What the cure does.
  public let cure: String
  /// How to make the cure last: whose file, and what to write into it.
  public let lasting: [LastingCure]
  /// The next step for a person whose host may have it.
  public let next: String

  /// A cure in the file of whoever manages the network.
  public struct LastingCure: Sendable {
    /// Whose it is, such as "systemd-networkd".
    public let manager: String
    /// The lines.
    public let lines: [String]

    init(_ manager: String, _ lines: String...) {
      self.manager = manager
      self.lines = lines
    }
  }
}
