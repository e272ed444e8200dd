public import NetworkTypes

/// Ports that join a bridge and leave it again, as the containers of builds do.
///
/// A value: the same generator gives the same visits. What they do to a host is for `LabHost.perform`.
public struct Churn: Hashable, Sendable {
  /// How the ports' link addresses are drawn.
  public enum LinkAddresses: Hashable, Sendable {
    /// At random, as the kernel draws those of Docker's ports. On a bridge without an address of its own and with
    /// N ports, one in N + 1 joins changes the bridge's address.
    case random
    /// At random, but such that a bridge finds them greater than this one: no join changes its address.
    case above(MACAddress)
    /// At random, but such that a bridge finds them smaller than this one: each join changes its address.
    case below(MACAddress)
    /// These, in turn.
    case chosen([MACAddress])
  }

  /// One container that comes and goes.
  public struct Visit: Hashable, Sendable {
    /// When its port joins, since the beginning.
    public let joins: Duration
    /// When its port leaves, since the beginning.
    public let leaves: Duration
    /// The container.
    public let container: ContainerPlan
  }

  /// How the ports' link addresses are drawn.
  public var linkAddresses: LinkAddresses
  /// How long a container stays.
  public var lifetime: ClosedRange<Duration>
  /// How long its place is empty, before the first one too.
  public var pause: ClosedRange<Duration>
  /// How many places there are: the most containers at once.
  public var parallel: Int

  /// A churn.
  public init(
    linkAddresses: LinkAddresses = .random,
    lifetime: ClosedRange<Duration>,
    pause: ClosedRange<Duration>,
    parallel: Int = 1
  ) {
    self.linkAddresses = linkAddresses
    self.lifetime = lifetime
    self.pause = pause
    self.parallel = parallel
  }

  /// The visits that begin within `duration`, in the order in which they begin. Their addresses are those of the
  /// positions from `firstPosition` on, one for each place.
  public func visits(
    within duration: Duration,
    in topology: Topology,
    firstPosition: Int = 40,
    using generator: inout some RandomNumberGenerator
  ) -> [Visit] {
    var visits: [Visit] = []
    for place in 0..<max(0, parallel) {
      var joins = Self.draw(pause, using: &generator)
      while joins < duration {
        let leaves = joins + Self.draw(lifetime, using: &generator)
        let container = topology.container(
          "visitor\(visits.count)",
          position: firstPosition + place,
          portAddress: address(of: visits.count, using: &generator),
          using: &generator
        )
        visits.append(Visit(joins: joins, leaves: leaves, container: container))
        // At least a nanosecond on, so that no churn is endless.
        joins = max(leaves + Self.draw(pause, using: &generator), joins + .nanoseconds(1))
      }
    }
    return visits.sorted { ($0.joins, $0.container.name) < ($1.joins, $1.container.name) }
  }

  private func address(of number: Int, using generator: inout some RandomNumberGenerator) -> MACAddress {
    switch linkAddresses {
    case .random: .random(using: &generator)
    case .above(let bound): .unicast(above: bound, using: &generator)
    case .below(let bound): .unicast(below: bound, using: &generator)
    case .chosen(let addresses):
      addresses.isEmpty ? .random(using: &generator) : addresses[number % addresses.count]
    }
  }

  private static func draw(
    _ range: ClosedRange<Duration>,
    using generator: inout some RandomNumberGenerator
  ) -> Duration {
    let (low, high) = (range.lowerBound.wholeNanoseconds, range.upperBound.wholeNanoseconds)
    return .nanoseconds(Int64.random(in: low...high, using: &generator))
  }
}
