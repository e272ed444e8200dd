internal import Observation

/// How one cause is recognised.
///
/// To add a cause: a file in this folder with a type that conforms, its `CauseID`, and a line in `CauseRules.all`.
/// A rule looks at one lookup at a time. That something happened near it in time explains nothing: it must be in
/// this lookup's frames, or in what the kernel says about them.
protocol CauseRule: Sendable {
  /// The catalogue's name.
  var id: CauseID { get }
  /// Who is suspected, in plain words, such as "resolver".
  var suspect: String { get }
  /// Where requests end that this cause stops.
  var stages: Set<Stage> { get }
  /// Whether it explains the lookup, and by which evidence; asked only if the lookup ended at one of the stages.
  func explain(_ lookup: LookupCase) -> Explanation?
}

/// What a rule has to say for its cause.
struct Explanation {
  var form: String?
  var confidence: Confidence
  var evidence: [Evidence]
  /// What would decide it, if it isn't certain.
  var decidedBy: String

  init(form: String? = nil, confidence: Confidence, evidence: [Evidence], decidedBy: String) {
    self.form = form
    self.confidence = confidence
    self.evidence = evidence
    self.decidedBy = decidedBy
  }
}

/// All causes that can be recognised. Of two that explain a lookup equally well, the earlier one is named.
enum CauseRules {
  static let all: [any CauseRule] = [
    VethMacRewritten(), BridgeMacUnstable(), BridgeMacCloned(), StpForwardDelay(), PortIsolated(),
    BrNetfilter(), StaleArpIpReuse(), GatewayIpHijack(), IpDuplicate(), BridgeIpLost(),
    UserBridgeMismatch(), IpForwardReset(), PolicyRouteVpn(), SubnetOverlap(), DhcpClientRouteHijack(),
    UplinkDown(), NftLegacyMix(), ForwardPolicyDrop(), ForeignTableDrop(), InputDropResolver(), RpFilter(),
    SnatPortExhaustion(),
    CtFloodedEntry(), MasqMissing(), ResolverError(), ResolverRefused(),
    ResolverLate(),
    ResolverMute(), AnswerDropped(), NeighbourUnresolved(),
  ]
}
