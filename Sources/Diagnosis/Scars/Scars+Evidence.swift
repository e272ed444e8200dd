internal import NetworkTypes
internal import Observation

extension Scars {
  /// What was counted, and what else could explain it; empty if nothing was.
  func evidence(on bridge: BridgeView) -> [Evidence] {
    guard datagrams > 0 else { return [] }
    var evidence: [Evidence] = []
    if let first = witnesses.first, first.seen > 0 {
      evidence.append(
        Evidence(
          "\(first.name), its interface, rtnl_link_stats64",
          "rx_otherhost_dropped \(first.seen)",
          "since \(first.started.map { "it started at \($0)" } ?? "it started"), so many packets came to it that were"
            + " addressed to another MAC: frames to a MAC that nobody has are flooded"
        )
      )
    }
    for victim in victims.prefix(3) {
      evidence.append(
        Evidence(
          "\(victim.name), /proc/net/snmp",
          "Udp.OutDatagrams exceeds InDatagrams by \(victim.deficit ?? 0)",
          "so many of its own were never answered, and its interface hasn't seen those among the flooded ones"
        )
      )
    }
    if let refused, refused > 0 {
      evidence.append(
        Evidence(
          "\(bridge.name), rtnl_link_stats64",
          "rx_otherhost_dropped \(refused)",
          "so many packets were addressed to a MAC that the bridge no longer had, and the host dropped them"
        )
      )
    }
    evidence.append(
      Evidence(
        "estimate",
        amount,
        "this has \(confidence == .likely ? "likely" : "possibly") happened here;"
          + " what else counts so: \(alternatives(on: bridge).joined(separator: "; "))"
      )
    )
    return evidence
  }

  /// The containers whose own balance shows what they lost.
  var victims: [Witness] {
    witnesses.filter { $0.seen < flooded.about || refused ?? 0 > 0 }.filter { ($0.deficit ?? 0) > 0 }.sorted {
      ($1.deficit ?? 0, $0.name) < ($0.deficit ?? 0, $1.name)
    }
  }

  /// "about 480 datagrams lost", with the range where the counters leave one.
  var amount: String {
    let range =
      flooded.most > flooded.least
      ? " (\(total(flooded.least)) to \(total(flooded.most)))" : ""
    return "about \(datagrams) datagrams lost\(range)"
  }

  private func total(_ flooded: UInt64) -> UInt64 {
    isPromiscuous ? max(flooded, refused ?? 0) : flooded + (refused ?? 0)
  }

  /// What else makes these counters grow.
  func alternatives(on bridge: BridgeView) -> [String] {
    var found: [String] = []
    if flooded.about > 0 {
      found.append("answers to containers that had ended")
      found.append(
        "traffic to a container that was silent for longer than the bridge remembers it, or that changed its MAC"
      )
      if let out = bridge.outwardPorts.first {
        found.append("frames that came flooded from beyond \(out.name)")
      }
      if bridge.ports.contains(where: { $0.port?["learning"] == "0" })
        || bridge.link.bridge?["ageing_time"] == "0"
      {
        found.append("a bridge that is set to learn nothing")
      }
    }
    if refused ?? 0 > 0 {
      found.append(
        isPromiscuous
          ? "the bridge is promiscuous now, so it counts traffic between containers too"
          : "a capture that made the bridge promiscuous (tcpdump without -p)"
      )
    }
    return found
  }
}
