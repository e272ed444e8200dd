internal import NetworkTypes
internal import Observation

/// How often containers start on a bridge, by two estimators that err in opposite directions.
struct StartRate: Hashable {
  /// Starts a day: at least, and at most.
  let perDay: ClosedRange<Double>
  /// What it is from, for a person.
  let sources: [String]

  /// A rate.
  init(perDay: ClosedRange<Double>, sources: [String]) {
    self.perDay = perDay
    self.sources = sources
  }

  private static let day = 86_400.0

  /// The rate on a bridge; nil if nothing tells.
  init?(on bridge: BridgeView, in host: HostView) {
    let survivors = Self.survivors(on: bridge, in: host)
    let made = Self.linksMade(on: bridge, in: host)
    guard survivors != nil || made != nil else { return nil }
    let isAlone = host.bridges.count { $0.namespace.id == bridge.namespace.id && $0.carriesContainers } == 1
    let least = max(survivors?.range.lowerBound ?? 0, isAlone ? made?.rate ?? 0 : 0)
    let most = max(least, made?.rate ?? survivors?.range.upperBound ?? 0)
    self.init(perDay: least...most, sources: [survivors?.source, made?.source].compactMap(\.self))
  }

  /// Running containers by when they were started. Those that have ended are missing, so it is a lower limit.
  private static func survivors(
    on bridge: BridgeView,
    in host: HostView
  ) -> (range: ClosedRange<Double>, source: String)? {
    guard let now = MomentText.seconds(host.snapshot.origin.time) else { return nil }
    let ages = bridge.containers.compactMap(\.container?.started).compactMap(MomentText.seconds).map {
      now - $0
    }
    .filter { $0 >= 0 }
    guard let oldest = ages.max() else { return nil }
    let window = max(3600, min(day, oldest))
    let count = ages.count { $0 <= window }
    let limits = poissonLimits(count)
    return (
      (limits.lowerBound * day / window)...(limits.upperBound * day / window),
      "\(count) of the containers that run were started in the last \((window / 3600).inWords) h"
    )
  }

  /// Numbers that the namespace has given to interfaces. Each container start takes two where its veth pair is made
  /// here (dockerd), one where the pair is made inside; what else was made, and other bridges' containers, count too,
  /// so it is an upper limit. Only a machine's namespace is as old as the boot.
  private static func linksMade(on bridge: BridgeView, in host: HostView) -> (rate: Double, source: String)? {
    let uptime = host.snapshot.origin.uptime
    guard bridge.namespace.role == .machine, uptime >= 3600, let links = bridge.namespace.links.value,
      let last = links.map(\.index.rawValue).max()
    else { return nil }
    let standing = links.count { $0.kind != "veth" }
    let made = Double(max(0, Int(last) - standing))
    let engines = host.snapshot.engines.filter { $0.namespace == bridge.namespace.id }
    let perStart = !engines.isEmpty && engines.allSatisfy { $0.kind == .docker } ? 2.0 : 1.0
    let rate = made / perStart * day / uptime
    return (
      rate,
      "\(Int(made)) interfaces were made and deleted again, or are veths, in \((uptime / day).inWords) days"
    )
  }

  /// The mean of a Poisson distribution that a count is from, between 95 % limits (Byar's approximation).
  static func poissonLimits(_ count: Int) -> ClosedRange<Double> {
    func cube(_ value: Double) -> Double { value * value * value }
    let (below, above) = (Double(count), Double(count + 1))
    let low = count == 0 ? 0 : below * cube(1 - 1 / (9 * below) - 1.96 / (3 * below.squareRoot()))
    return max(0, low)...(above * cube(1 - 1 / (9 * above) + 1.96 / (3 * above.squareRoot())))
  }
}
