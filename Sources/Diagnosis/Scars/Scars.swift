internal import NetworkTypes
internal import Observation

/// What counters still know of frames that were sent to a bridge's former MACs, when nobody was watching.
///
/// After a change by *leave* nobody has the old MAC: each frame to it is flooded, and every container but its sender
/// counts it in its interface's `rx_otherhost_dropped`. After a change by *join* the host takes such frames in and
/// counts them in the bridge's own `rx_otherhost_dropped`. A container's counter begins with it and ends with it.
public struct Scars: Hashable, Sendable {
  /// What a container on the bridge can tell.
  public struct Witness: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// When it was started (RFC 3339 UTC), if its engine says.
    public let started: String?
    /// Packets that came to its interface and were addressed to another MAC.
    public let seen: UInt64
    /// UDP datagrams that it sent beyond those that it received: about what it lost itself, for a client. Nil if
    /// it couldn't be read.
    public let deficit: UInt64?

    /// What it saw and what it lost: no more was flooded while it was there.
    var limit: UInt64? { deficit.map { seen + $0 } }

    /// A witness.
    public init(name: String, started: String? = nil, seen: UInt64, deficit: UInt64?) {
      self.name = name
      self.started = started
      self.seen = seen
      self.deficit = deficit
    }
  }

  /// A number that counters allow a range for.
  public struct Estimate: Hashable, Sendable {
    /// At least.
    public let least: UInt64
    /// About.
    public let about: UInt64
    /// At most.
    public let most: UInt64
  }

  /// The containers that can tell something, those that have seen most first.
  public let witnesses: [Witness]
  /// Datagrams that were flooded.
  public let flooded: Estimate
  /// Datagrams that the host took in and dropped; nil if the kernel has no such counter (before Linux 5.19).
  public let refused: UInt64?
  /// Whether the bridge is promiscuous now: then it counts flooded frames as well.
  public let isPromiscuous: Bool
  /// Whether what containers lost themselves fits to what the others saw.
  public let isCorroborated: Bool
  /// Containers whose counters couldn't be read.
  public let blindSpots: [String]

  /// Reads the scars of a bridge.
  public init(of bridge: BridgeView) {
    var witnesses: [Witness] = []
    var blind: [String] = []
    // The later an interface was made, the greater its number.
    for container in bridge.containers.sorted(by: { $0.port.index < $1.port.index }) {
      guard let seen = container.interface?.statistics["rx_otherhost_dropped"] else {
        blind.append(container.name)
        continue
      }
      witnesses.append(
        Witness(
          name: container.name,
          started: container.container?.started,
          seen: seen,
          deficit: container.inside?.counters.value.flatMap(Self.deficit)
        )
      )
    }
    self.init(
      witnesses: witnesses,
      refused: bridge.link.statistics["rx_otherhost_dropped"],
      isPromiscuous: bridge.link.flags.contains("PROMISC"),
      blindSpots: blind
    )
  }

  /// The scars that witnesses, in the order in which they came to the bridge, and the bridge's own counter tell of.
  public init(
    witnesses: [Witness],
    refused: UInt64?,
    isPromiscuous: Bool = false,
    blindSpots: [String] = []
  ) {
    self.witnesses = witnesses.sorted { ($1.seen, $0.name) < ($0.seen, $1.name) }
    self.refused = refused
    self.isPromiscuous = isPromiscuous
    self.blindSpots = blindSpots
    flooded = Self.flooded(witnesses, refused: isPromiscuous ? nil : refused ?? 0)
    isCorroborated = Self.isCorroborated(witnesses, flooded: flooded.about, refused: refused ?? 0)
  }

  /// About how many datagrams were lost.
  public var datagrams: UInt64 {
    // A promiscuous bridge passes every flooded frame up too, and counts it a second time.
    isPromiscuous ? max(flooded.about, refused ?? 0) : flooded.about + (refused ?? 0)
  }

  /// How sure it is that the bridge's MAC is why: never certain, for other things flood frames as well.
  public var confidence: Confidence { isCorroborated ? .likely : .possible }

  /// UDP datagrams sent that nobody answered, from /proc/net/snmp and snmp6: answers that came too late count as
  /// received (NoPorts).
  private static func deficit(_ counters: [String: UInt64]) -> UInt64? {
    guard let sent = counters["Udp.OutDatagrams"], let received = counters["Udp.InDatagrams"] else {
      return nil
    }
    func sum(_ names: String...) -> UInt64 { names.reduce(0) { $0 + (counters[$1] ?? 0) } }
    let out = sent + sum("Udp6.OutDatagrams")
    let back =
      received + sum("Udp6.InDatagrams", "Udp.NoPorts", "Udp6.NoPorts", "Udp.InErrors", "Udp6.InErrors")
    return out > back ? out - back : 0
  }

  /// Part of a count that may be missing at one witness without its having come later.
  private static let tolerance = 0.95

  /// How many datagrams were flooded.
  ///
  /// A container that was there all the time has seen all but its own: `seen = total - own`. So the total is at least
  /// what any has seen; at most what one has seen together with all that it lost itself; and at most the sum of what
  /// n of them have seen, divided by n - 1 (equal if all that was lost is theirs). A container whose seen and lost
  /// together are less than another has seen came later, and doesn't limit the total. One that came later and has
  /// seen enough not to be noticed makes this too small; what all lost together tells then.
  ///
  /// - Parameters:
  ///   - witnesses: in the order in which they came.
  ///   - refused: what the host took in and dropped; nil if flooded datagrams are among that.
  private static func flooded(_ witnesses: [Witness], refused: UInt64?) -> Estimate {
    guard let least = witnesses.map(\.seen).max(), least > 0 else {
      return Estimate(least: 0, about: 0, most: 0)
    }
    let steady = witnesses.filter { witness in
      guard let limit = witness.limit else { return true }
      return Double(limit) >= tolerance * Double(least)
    }
    var limits = steady.compactMap(\.limit)
    if steady.count > 1 { limits.append(shared(steady[...])) }
    // Alone, a witness's own losses may have any other reason: they limit the total, they don't make it likely.
    let most = max(least, limits.min() ?? least)
    let balance = refused.flatMap { Self.balance(witnesses, refused: $0) } ?? 0
    let about = steady.count > 1 ? max(most, balance) : least
    return Estimate(least: least, about: about, most: max(most, about))
  }

  /// What all lost together, without what the host refused: what was flooded, if nothing was lost elsewhere and
  /// nobody who lost something is gone. Nil if those who came first can't have missed so much.
  private static func balance(_ witnesses: [Witness], refused: UInt64) -> UInt64? {
    let deficits = witnesses.compactMap(\.deficit)
    let lost = deficits.reduce(0, +)
    guard deficits.count == witnesses.count, witnesses.count > 1, lost > refused else { return nil }
    // Of the first so many the greatest total that fits; at least two have to have been there from the beginning.
    let ceiling = (2...witnesses.count).reduce(UInt64(0)) { greatest, count in
      let first = witnesses.prefix(count)
      return max(greatest, min(shared(first), first.compactMap(\.limit).min() ?? 0))
    }
    let balance = lost - refused
    return Double(balance) * tolerance <= Double(ceiling) ? min(balance, ceiling) : nil
  }

  /// The total, if these saw each datagram but their own, and all were theirs.
  private static func shared(_ witnesses: ArraySlice<Witness>) -> UInt64 {
    let others = UInt64(max(1, witnesses.count - 1))
    return (witnesses.map(\.seen).reduce(0, +) + others / 2) / others
  }

  /// Whether at least half of the total was lost by containers whose own balance shows just that.
  private static func isCorroborated(_ witnesses: [Witness], flooded: UInt64, refused: UInt64) -> Bool {
    let total = flooded + refused
    guard total > 0 else { return false }
    let matched = witnesses.reduce(0.0) { sum, witness in
      guard let deficit = witness.deficit else { return sum }
      let own = Double(flooded > witness.seen ? flooded - witness.seen : 0)
      let possible = own + Double(refused)
      // Few other losses may be among them: an eighth more, or five.
      guard Double(deficit) >= 0.75 * own, Double(deficit) <= 1.125 * possible + 5 else { return sum }
      return sum + min(Double(deficit), possible)
    }
    return matched >= Double(total) / 2
  }
}
