internal import NetworkTypes
internal import Observation

/// Large answers that can't come: fragments or TCP's port 53 are dropped.
struct FragmentLossCheck: Check {
  let entry = CatalogueEntry(
    number: 43,
    id: "frag-edns-tcp53",
    title: "large DNS answers are lost: fragments or TCP port 53 are dropped",
    area: .path,
    severity: .warning,
    mechanism: [
      "An answer that is larger than the path's MTU comes in fragments. Only the first has the UDP header, and many"
        + " firewalls drop the others. The resolver waits for an answer that is never complete.",
      "An answer that is larger than the client said it can take comes cut off, with the bit TC set. The client then"
        + " asks again by TCP. A firewall that allows UDP port 53 only makes this second question fail.",
      "Names with small answers resolve, names with many addresses or signatures don't: the same names, each time.",
    ],
    why:
      "RFC 7766 demands TCP for all answers that don't fit; RFC 6891's buffer size of 4096 octets lets servers send"
      + " answers that need fragments. The kernel counts what it couldn't put together in ip_expire"
      + " (net/ipv4/ip_fragment.c) as ReasmFails.",
    byHand: [
      "nstat -az IpReasmReqds IpReasmFails   # failures grow when fragments don't come",
      "dig +tcp NAME @SERVER   # in a container: does TCP work?",
      "dig +dnssec +bufsize=4096 DNSKEY org. @SERVER   # a large answer",
    ],
    sources: ["RFC 7766", "RFC 6891", "RFC 9715 (no fragments in DNS)", "DNS flag day 2020"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in try judge(namespace) }
  }

  private func judge(_ namespace: NamespaceView) throws(Missing) -> Judgement {
    let scan = RuleScan(namespace)
    let fragments = scan.rulesDroppingFragments()
    let legacy = scan.rules.filter {
      $0.chain.hasSuffix(", FORWARD") && $0.drops && $0.isAboutDNSQuestions && $0.names("tcp")
        && !$0.names("udp") && !scan.isForStrangers($0)
    }
    let tcp =
      try legacy.map { Evidence($0.chain, $0.text, "drops lookups by TCP") }
      + dropsByTCP(namespace, scan)
    var evidence = fragments.map { Evidence($0.chain, $0.text, "drops fragments") } + tcp
    let counters = try reassembly(namespace, required: evidence.isEmpty)
    if let counters, counters.isTelling {
      evidence.append(
        Evidence(
          "/proc/net/snmp of \(namespace.state.name)",
          "Ip.ReasmReqds \(counters.requests), Ip.ReasmFails \(counters.failures)",
          "since the namespace was made, this share of the fragments that came was in vain; when, the counter"
            + " doesn't say"
        )
      )
    }
    if evidence.isEmpty {
      if let missing = scan.missing { throw missing }
      let seen = counters.map { "\($0.failures) failures of \($0.requests) fragments" } ?? "no counters"
      return .passed("no rule drops fragments or TCP port 53 (reassembly: \(seen))")
    }
    let isByRule = !fragments.isEmpty || !tcp.isEmpty
    return finding(
      namespace.subject,
      severity: isByRule ? nil : .info,
      confidence: isByRule ? .likely : .possible,
      summary: isByRule
        ? "Rules of this host drop \(fragments.isEmpty ? "lookups by TCP" : "fragments"), so that large answers"
          + " are lost."
        : "Fragments that came to this host couldn't be put together.",
      consequence:
        "Lookups of names with large answers fail for \(Self.containers(of: namespace)), each time, while others"
        + " succeed.",
      evidence: Array(evidence.prefix(6)),
      remedies: [
        Remedy(
          .runtime,
          "Take the rules away that are named above, or let DNS pass before them.",
          commands: ["nft -a list ruleset; iptables-save   # look for them, with their handles and counters"]
        ),
        Remedy(
          .persistent,
          "glibc: don't invite answers that need fragments; in the image, or through the engine's dns-opts.",
          commands: [
            "docker run --dns-option edns0 --dns-option use-vc …   # asks by TCP if only UDP is hurt"
          ]
        ),
      ]
    )
  }

  /// What the nftables rules do with a container's lookup by TCP, if one by UDP passes.
  private func dropsByTCP(_ namespace: NamespaceView, _ scan: RuleScan) throws(Missing) -> [Evidence] {
    guard let ruleset = namespace.ruleset.value else { return [] }
    let lookup = try namespace.routeLookup()
    for bridge in namespace.bridges {
      let sources = bridge.containers.lazy.flatMap(\.addresses).map(\.address)
      guard let source = sources.first(where: { $0.family == .v4 }), let anywhere = IPAddress("203.0.113.1")
      else {
        continue
      }
      let outcome = lookup.way(.init(to: anywhere, from: source, arrivingAt: bridge.name))
      guard let output = namespace.links(of: outcome).first else { continue }
      func decision(_ transport: Ruleset.UpperProtocol) -> Ruleset.Decision {
        let packet = Ruleset.Packet(
          inInterface: bridge.name,
          outInterface: output.name,
          source: SocketAddress(source, port: 40000),
          destination: SocketAddress(anywhere, port: 53),
          upperProtocol: transport,
          state: .new
        )
        return ruleset.filter(packet, hook: "forward")
      }
      guard decision(.udp) == .accepted else { continue }
      switch decision(.tcp) {
      case .accepted, .undecided: continue
      case .droppedByPolicy(let chain):
        return [Evidence(chain, "policy drop", "lets lookups by UDP pass, and drops those by TCP")]
      case .droppedByRule(let chain):
        let rule = scan.rules.first {
          $0.chain == chain && $0.drops && $0.isAboutDNSQuestions && $0.names("tcp")
        }
        return [Evidence(chain, rule?.text ?? "a rule drops TCP port 53", "drops lookups by TCP")]
      }
    }
    return []
  }

  private struct Reassembly {
    let requests: UInt64
    let failures: UInt64
    /// A few lost fragments in months are nothing; a share of the whole is.
    var isTelling: Bool { failures >= 20 && failures * 50 >= requests }
  }

  private func reassembly(_ namespace: NamespaceView, required: Bool) throws(Missing) -> Reassembly? {
    let what = "the protocol counters of \(namespace.state.name)"
    let counters = required ? try namespace.state.counters.needed(what) : namespace.state.counters.value
    guard let counters else { return nil }
    return Reassembly(
      requests: counters["Ip.ReasmReqds"] ?? 0,
      failures: counters["Ip.ReasmFails"] ?? 0
    )
  }

  private static func containers(of namespace: NamespaceView) -> String {
    let all = namespace.bridges.flatMap(\.containers)
    return all.isEmpty ? "its containers" : all.inWords
  }
}
