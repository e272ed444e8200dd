internal import Observation

/// A table of connections that is full, nearly full, or was.
struct CtTableFullCheck: Check {
  let entry = CatalogueEntry(
    number: 37,
    id: "ct-table-full",
    title: "connection tracking's table is full, and new connections are dropped",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "Every connection through the host has an entry in connection tracking's table; a lookup's lives for 30 s after its"
        + " last packet, a TCP connection's up to five days.",
      "When as many exist as nf_conntrack_max allows, the kernel first throws out an entry that saw no answer yet, which"
        + " may be a lookup under way; if it finds none, it drops the new packet.",
      "Lookups are new connections each, so they are the first to suffer, and only under load: at night, when all builds"
        + " run.",
    ],
    why:
      "__nf_conntrack_alloc compares the namespace's count with nf_conntrack_max, calls early_drop, and else returns"
      + " -ENOMEM (\"nf_conntrack: table full, dropping packet\" in the kernel's log). early_drop and drop count it"
      + " per processor.",
    byHand: [
      "sysctl net.netfilter.nf_conntrack_count net.netfilter.nf_conntrack_max",
      "conntrack -S   # early_drop and drop must stay 0",
      "dmesg | grep 'table full'",
      "nft list ruleset | grep 'ct count'   # a limit that somebody set has the same effect",
    ],
    sources: [
      "k#71261", "nf_conntrack-sysctl.rst",
      "net/netfilter/nf_conntrack_core.c (__nf_conntrack_alloc, early_drop)",
    ]
  )

  /// From this share on the next burst fills the table.
  private static let nearlyFull = 0.9

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      guard let tracking = try namespace.tracking() else {
        return .notApplicable("the kernel tracks no connections here")
      }
      guard let count = tracking["count"], let max = tracking["max"] else {
        throw Missing(what: "how many connections are tracked, and how many may be: it was not read")
      }
      if max > 0, Double(count) >= Self.nearlyFull * Double(max) {
        return full(count, of: max, "net.netfilter.nf_conntrack_max = \(max)", namespace, raise(max))
      }
      if let limit = try limit(namespace, count) { return limit }
      let early = tracking["early_drop"] ?? 0
      guard early > 0 else {
        return .passed("\(count) of \(max) entries are in use, and none was ever thrown out for another")
      }
      return finding(
        namespace.subject,
        severity: .warning,
        confidence: .likely,
        summary:
          "Connection tracking's table was full: \(early) entries were thrown out for others since the boot.",
        consequence:
          "Each may have been a lookup under way, of the host or of any container. It will happen again under that load.",
        evidence: [
          Evidence(
            "/proc/net/stat/nf_conntrack",
            "early_drop = \(early)",
            "it grows only when the table is full"
          ),
          Evidence(
            "sysctl",
            "nf_conntrack_count = \(count), nf_conntrack_max = \(max)",
            "at present there is room"
          ),
        ],
        remedies: raise(max)
      )
    }
  }

  private func full(
    _ count: UInt64,
    of max: UInt64,
    _ limit: String,
    _ namespace: NamespaceView,
    _ remedies: [Remedy]
  ) -> Judgement {
    let bridges = namespace.bridges.filter(\.isForContainers)
    return finding(
      namespace.subject,
      summary:
        "Connection tracking has \(count) of at most \(max) entries: new connections are dropped, or soon will be.",
      consequence:
        "Lookups fail first, for the host and for all containers: \(bridges.isEmpty ? "none now" : bridges.affected).",
      evidence: [
        Evidence("sysctl", "net.netfilter.nf_conntrack_count = \(count)", "the entries that exist now"),
        Evidence("sysctl or rules", limit, "the most that are allowed"),
      ],
      remedies: remedies
    )
  }

  /// A rule that drops what is new above a number of connections ("ct count over N drop", connlimit).
  private func limit(_ namespace: NamespaceView, _ count: UInt64) throws(Missing) -> Judgement? {
    let ruleset = try namespace.rules()
    for chain in ruleset.chains {
      for rule in chain.rules where rule.verdict == .drop {
        let words = rule.text.split(separator: " ")
        guard let place = words.firstIndex(of: "over"), place >= 2, words[place - 1] == "count",
          words[place - 2] == "ct", place + 1 < words.count, let most = UInt64(words[place + 1]), most > 0,
          // A limit in a set counts each element (such as a source address) apart.
          !rule.text.contains("{ ip"), Double(count) >= Self.nearlyFull * Double(most)
        else { continue }
        let remedy = Remedy(
          .runtime,
          "Raise the limit in the chain \(chain.title), or take the rule out; its handle is shown by the first command.",
          commands: ["nft -a list chain \(chain.title)"]
        )
        return full(count, of: most, rule.text, namespace, [remedy])
      }
    }
    return nil
  }

  private func raise(_ max: UInt64) -> [Remedy] {
    let lines = [
      "net.netfilter.nf_conntrack_max=\(max * 4)", "net.netfilter.nf_conntrack_tcp_timeout_established=86400",
    ]
    return [
      Remedy(
        .runtime,
        "Allow four times as many (about 300 octets each), and forget idle TCP connections after a day.",
        commands: lines.map { "sysctl -w \($0)" }
      ),
      Remedy(
        .persistent,
        "systemd-sysctl: a file, and the module at boot, so that there is something to set.",
        files: [
          Remedy.File(path: "/etc/sysctl.d/90-conntrack.conf", content: lines.map { $0 + "\n" }.joined()),
          Remedy.File(path: "/etc/modules-load.d/conntrack.conf", content: "nf_conntrack\n"),
        ]
      ),
    ]
  }
}
