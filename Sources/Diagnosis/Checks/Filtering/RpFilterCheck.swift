internal import NetworkTypes
internal import Observation

/// A strict reverse path filter where answers come back another way than the routes have it.
struct RpFilterCheck: Check {
  let entry = CatalogueEntry(
    number: 36,
    id: "rp-filter",
    title: "the reverse path filter drops answers that come back another way",
    area: .filtering,
    severity: .warning,
    mechanism: [
      "Containers' packets are sent out by another way than the main table's: a rule gives them a mark, and a routing rule"
        + " sends what has it to a second uplink or a VPN.",
      "The answers come in on that interface without a mark. With rp_filter 1 (strict) the kernel asks by which interface"
        + " it would send to their source; without the mark that is another one.",
      "So it drops every answer. Requests are seen going out and answers coming in, and nothing reaches the container.",
    ],
    why:
      "__fib_validate_source looks up the way back with the packet's mark only if src_valid_mark is 1, and drops"
      + " (IPReversePathFilter) if its interface is another one and the larger of conf/all/rp_filter and the interface's own"
      + " is 1. Rules by incoming interface do no harm: the lookup takes the interface that the packet will leave by.",
    byHand: [
      "sysctl net.ipv4.conf.all.rp_filter net.ipv4.conf.eth0.rp_filter   # the larger one counts; 1 is strict",
      "ip rule; ip route show table all   # a rule with fwmark?",
      "nstat -az TcpExtIPReversePathFilter   # grows with each answer that is dropped",
    ],
    sources: [
      "ip-sysctl.rst, rp_filter, src_valid_mark", "RFC 3704",
      "net/ipv4/fib_frontend.c (__fib_validate_source)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachRoutedBridge(of: host) { (bridge, namespace) throws(Missing) in
      let crossings = try namespace.crossings(of: bridge).filter { $0.family == .v4 }
      guard !crossings.isEmpty else { return .notApplicable("no IPv4 route leads out for its containers") }
      let routes = try namespace.routeLookup()
      var strict: Set<String> = []
      for crossing in crossings {
        let uplink = crossing.packet.outInterface
        guard try value("net/ipv4/conf/IF/rp_filter", uplink, namespace) == 1 else { continue }
        strict.insert(uplink)
        // With src_valid_mark the answer's own mark counts, which connection tracking may have restored.
        if try value("net/ipv4/conf/IF/src_valid_mark", uplink, namespace) == 1 { continue }
        let back = RouteLookup.Query(
          to: crossing.packet.destination.address,
          from: crossing.packet.source.address,
          arrivingAt: bridge.name
        )
        let outcome = routes.way(back)
        if case .undecided(let why) = outcome { throw Missing(what: "the way back to \(uplink): \(why)") }
        let ways = namespace.links(of: outcome).map(\.name)
        if ways.contains(uplink) { continue }
        return failure(crossing, ways, uplink, bridge, namespace)
      }
      if strict.isEmpty { return .passed("the filter isn't strict on any interface that answers come in by") }
      return .passed(
        "the filter is strict on \(strict.sorted().joined(separator: ", ")), and the way back is the way out"
      )
    }
  }

  /// The larger of "all" and the interface's own counts.
  private func value(
    _ pattern: String,
    _ interface: String,
    _ namespace: NamespaceView
  ) throws(Missing) -> Int {
    var largest = 0
    for name in ["all", interface] {
      let key = SnapshotSettings.key(pattern, interface: name)
      let text = try namespace.setting(pattern, of: name).needed(key)
      largest = max(largest, text.flatMap { Int($0) } ?? 0)
    }
    return largest
  }

  private func failure(
    _ crossing: Crossing,
    _ ways: [String],
    _ uplink: String,
    _ bridge: BridgeView,
    _ namespace: NamespaceView
  ) -> Judgement {
    let other = ways.isEmpty ? "no interface" : ways.joined(separator: ", ")
    var evidence = [
      Evidence(
        "sysctl",
        "rp_filter of \(uplink) or all = 1",
        "answers must come in by the interface of the way back"
      ),
      Evidence(
        "ip rule, ip route",
        "out by \(uplink), back by \(other)",
        "what \(bridge.name)'s containers send has a mark (\(crossing.packet.mark.value)); the way back to"
          + " \(crossing.packet.destination.address) is looked up without it"
      ),
    ]
    if let count = namespace.state.counters.value?["TcpExt.IPReversePathFilter"] {
      evidence.append(
        Evidence(
          "/proc/net/netstat",
          "IPReversePathFilter = \(count)",
          "each answer that is dropped for it counts here"
        )
      )
    }
    let key = SnapshotSettings.key("net/ipv4/conf/IF/rp_filter", interface: uplink)
    return finding(
      bridge.subject,
      summary: "\(uplink)'s strict reverse path filter drops the answers for \(bridge.name).",
      consequence:
        "Requests leave and no answer comes back to \(crossing.container ?? bridge.containersInWords).",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Make the filter loose there: any route back will do. (If conf/all is 1, the larger value counts: 2 wins.)",
          commands: ["sysctl -w \(key)=2"]
        ),
        Remedy(
          .persistent,
          "systemd-sysctl: a file that sorts after the distribution's (50-default.conf sets 2 or 1).",
          files: [Remedy.File(path: "/etc/sysctl.d/99-z-rp-filter.conf", content: "\(key) = 2\n")]
        ),
      ]
    )
  }
}
