internal import NetworkTypes
internal import Observation

extension CauseID {
  /// The host no longer forwards packets.
  static let ipForwardReset = CauseID(rawValue: "ip-forward-reset")
}

/// Somebody switched forwarding off after the containers' engine had switched it on.
struct IpForwardReset: CauseRule {
  let id = CauseID.ipForwardReset
  let suspect = "forwarding"
  let stages: Set<Stage> = [.forwarding]

  /// The settings that must be 1 for packets of a family from an interface to be forwarded.
  static func settings(_ family: IPFamily) -> String {
    family == .v4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding"
  }

  func explain(_ lookup: LookupCase) -> Explanation? {
    guard let frame = lookup.journey.requestAtBridge.last else { return nil }
    let name = Self.settings(lookup.family)
    let setting: String
    let isHeld: Bool
    switch lookup.history.setting(name, at: frame.time) {
    case .held("0"):
      setting = "\(name) = 0"
      isHeld = true
    case .changed(let before, let after) where before == "0" || after == "0":
      setting = "\(name): \(before) -> \(after)"
      isHeld = false
    default: return nil
    }
    var evidence = [
      lookup.evidence(frame, meaning: "the host took the request, and never sent it on"),
      Evidence(
        time: nil,
        source: "sysctl",
        value: setting,
        meaning: isHeld
          ? "the host forwards nothing"
          : "forwarding was switched between the looks before and after"
      ),
    ]
    // The kernel drops what it may not forward as wrongly addressed (ip_route_input_slow, ip6_forward).
    let counter = lookup.family == .v4 ? "Ip.InAddrErrors" : "Ip6.InAddrErrors"
    let growth = lookup.history.growth(of: counter, around: frame.time) ?? 0
    let grew = growth > 0
    if grew {
      evidence.append(
        Evidence(
          time: nil,
          source: lookup.family == .v4 ? "/proc/net/snmp" : "/proc/net/snmp6",
          value: "\(counter) +\(growth)",
          meaning: "packets for other hosts were dropped, because this one doesn't forward"
        )
      )
    }
    guard isHeld || grew else { return nil }
    return Explanation(
      confidence: isHeld && grew ? .certain : .likely,
      evidence: evidence,
      decidedBy: "the setting at the moment of the lookup, and the growth of InAddrErrors"
    )
  }
}
