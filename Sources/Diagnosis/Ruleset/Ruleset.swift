internal import NetworkTypes
internal import Observation

/// The packet filter's rules, as far as they decide what becomes of a packet: nftables' (nft(8)) and the legacy
/// tables' (iptables(8)) in one form, since the kernel runs both on the same hooks.
///
/// What isn't understood is kept as a condition that can't be judged, never dropped.
struct Ruleset: Hashable, Sendable {
  /// Which of the kernel's two packet filters a chain belongs to.
  enum Backend: Hashable, Sendable { case nftables, legacy }

  /// Packets and octets that a rule or a policy has seen.
  struct Counter: Hashable, Sendable {
    let packets: UInt64
    let bytes: UInt64
  }

  /// A chain with its rules.
  struct Chain: Hashable, Sendable {
    let backend: Backend
    /// "ip", "ip6", "inet", …
    let family: String
    let table: String
    let name: String
    /// The hook's name, in small letters; nil for a chain that only others jump to.
    var hook: String?
    /// "filter", "nat" or "route"; nil without a hook.
    var type: String?
    /// Smaller is asked first; 0 without a hook.
    var priority = 0
    /// Whether the policy is drop.
    var dropsByPolicy = false
    /// What the policy has decided, where the backend counts it.
    var policyCounter: Counter?
    var rules: [Rule] = []

    /// FAMILY TABLE CHAIN, as nft(8) names it.
    var title: String { "\(backend == .legacy ? "legacy " : "")\(family) \(table) \(name)" }
    /// Whether iptables made it, in either backend: its tables and base chains have fixed names.
    var isOfIptables: Bool {
      backend == .legacy || (["ip", "ip6"].contains(family) && Ruleset.iptablesTables.contains(table))
    }
  }

  /// A rule.
  struct Rule: Hashable, Sendable {
    /// All must hold.
    var conditions: [Condition] = []
    /// What it does to the packet before it decides.
    var effects: [Effect] = []
    /// What it decides.
    var verdict = Verdict.next
    /// What it has seen, where it counts.
    var counter: Counter?
    /// As its backend prints it.
    let text: String
  }

  /// What a rule does to a packet besides deciding.
  enum Effect: Hashable, Sendable {
    /// Sets the bits under the mask; nil if what is set can't be judged.
    case mark(UInt32?, mask: UInt32)
    /// Connection tracking doesn't see it.
    case untracked
  }

  /// What a rule decides.
  enum Verdict: Hashable, Sendable {
    /// It only counts, logs or changes something.
    case next
    case accept, drop
    /// Back to the chain that jumped here.
    case leave
    /// To a chain by its number, and back; nil if there is no such chain.
    case jump(Int?)
    /// To a chain by its number, and not back.
    case goto(Int?)
    /// The source is translated, to a range of ports where there is one.
    case translate(ports: ClosedRange<UInt16>?)
    /// The destination is translated.
    case redirect
    /// A verdict map: what it decides depends on fields.
    case map([Field], [MapEntry])
    /// A verdict that can't be judged.
    case unknown
  }

  /// An entry of a verdict map.
  struct MapEntry: Hashable, Sendable {
    let tests: [Test]
    let verdict: Verdict
  }

  static let iptablesTables: Set<String> = ["filter", "nat", "mangle", "raw", "security"]

  var chains: [Chain] = []

  /// No rules at all.
  static let empty = Ruleset()

  private init() {}

  /// Reads what `nft list ruleset` prints.
  init(_ text: String) {
    var reader = NftablesReader(text)
    chains = reader.read()
  }

  /// Reads what `nft list ruleset` prints, and what `iptables-legacy-save -c` and `ip6tables-legacy-save -c` do.
  init(nftables: String?, legacy: [(family: String, text: String)]) {
    if let nftables { self.init(nftables) } else { self.init() }
    for (family, text) in legacy {
      chains += LegacyReader.read(text, family: family, firstNumber: chains.count)
    }
  }

  /// The first chain of this name in tables of this name, of a family.
  func chain(_ table: String, _ name: String, family: String = "ip") -> Chain? {
    chains.first { $0.name == name && $0.table == table && $0.family == family }
  }
}
