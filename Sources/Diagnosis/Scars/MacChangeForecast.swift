internal import NetworkTypes
internal import Observation

/// How often a bridge without a MAC of its own will change it, and what that costs at most.
struct MacChangeForecast: Hashable {
  /// MAC changes by a container that starts and ends: at least, and at most.
  let perContainer: ClosedRange<Double>
  /// MAC changes a day; nil if the rate of starts isn't known.
  let changesPerDay: ClosedRange<Double>?

  /// The longest outage of a container that talks, in seconds: its neighbour entry is reachable for at most 45 s, is
  /// waited for 5 s and probed for 3 s.
  static let longestOutage = 53.0

  /// Seconds a day that a container is cut off, at most; nil if the rate of starts isn't known.
  var lostSecondsPerDay: Double? {
    changesPerDay.map { min(86_400, $0.upperBound * Self.longestOutage) }
  }

  /// A forecast for a bridge with `ports` ports.
  ///
  /// Among ports with random MACs each is equally likely to have the smallest. So one that joins `ports` others changes
  /// the bridge's MAC with 1/(ports + 1), and one of `ports` that leaves with 1/ports. If those that are there stay and
  /// only newcomers come and go, it depends on how small the smallest is, and a newcomer that takes the MAC takes it
  /// away when it leaves. Both are given, as an interval.
  init(ports: Int, smallest: MACAddress?, rate: StartRate?) {
    let ports = Double(max(1, ports))
    let exchanged = 1 / (ports + 1) + 1 / ports
    let steady = smallest.map { 2 * Self.chance(below: $0) } ?? exchanged
    perContainer = min(exchanged, steady)...max(exchanged, steady)
    let (least, most) = (perContainer.lowerBound, perContainer.upperBound)
    changesPerDay = rate.map { ($0.perDay.lowerBound * least)...($0.perDay.upperBound * most) }
  }

  /// The chance that a random MAC, unicast and locally administered as `eth_random_addr` makes them, is smaller.
  static func chance(below address: MACAddress) -> Double {
    let first = address.rawValue >> 40
    // First octets with the bits 10 at the end: 0x02, 0x06, and so on, 64 in all.
    let smaller = Double((first + 1) / 4)
    let within = first % 4 == 2 ? Double(address.rawValue & 0xff_ffff_ffff) / Double(1 << 40) : 0
    return (smaller + within) / 64
  }

  /// What to expect, as evidence; `rate` tells what it is from.
  func evidence(ports: Int, rate: StartRate?) -> Evidence {
    let source =
      "forecast from \(ports) ports" + (rate.map { "; \($0.sources.joined(separator: "; "))" } ?? "")
    guard let changes = changesPerDay, let seconds = lostSecondsPerDay else {
      return Evidence(
        source,
        "\(Self.words(perContainer)) MAC changes by each container that starts and ends",
        "how often containers start here isn't known"
      )
    }
    return Evidence(
      source,
      "\(Self.words(changes)) MAC changes a day, up to \(seconds.inWords) s a day lost by each container",
      "an upper limit: a bridge heals at once if the host happens to send something to a container just then"
    )
  }

  private static func words(_ range: ClosedRange<Double>) -> String {
    let (low, high) = (range.lowerBound.inWords, range.upperBound.inWords)
    return low == high ? "about \(high)" : "\(low) to \(high)"
  }
}
