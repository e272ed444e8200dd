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
    let tcp = scan.rules.filter { $0.drops && $0.isAboutDNSQuestions && $0.names("tcp") && !$0.names("udp") }
    var evidence =
      fragments.map { Evidence.noted($0.chain, $0.text, "drops fragments") }
      + tcp.map { Evidence.noted($0.chain, $0.text, "drops lookups by TCP") }
    let counters = try reassembly(namespace, required: evidence.isEmpty)
    if let counters, counters.isTelling {
      evidence.append(
        .noted(
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
          commands: (fragments + tcp).prefix(2).map { "nft -a list ruleset | grep -F '\($0.shellText)'" }
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

extension RuleScan.Rule {
  /// The text for single quotes in a shell.
  var shellText: String {
    text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
  }
}
