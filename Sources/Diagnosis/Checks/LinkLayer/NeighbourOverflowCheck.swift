internal import NetworkTypes
internal import Observation

/// A neighbour table that is full, or nearly.
struct NeighbourOverflowCheck: Check {
  let entry = CatalogueEntry(
    number: 11,
    id: "neigh-overflow",
    title: "the kernel's neighbour table is full",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "The neighbour tables (one for IPv4, one for IPv6) are the whole kernel's: entries of all network namespaces"
        + " together count against one limit, 1024 by default. A host with hundreds of containers, each with entries of"
        + " its own, reaches it.",
      "When the table is full, addresses that aren't in it can't be resolved: sending fails with ENOBUFS, which"
        + " programs show as \"No buffer space available\" or as a failed lookup, at random and in any container.",
    ],
    why:
      "neigh_alloc frees old entries when there are more than gc_thresh2 and refuses a new one at gc_thresh3; it counts"
      + " that in table_fulls and writes \"neighbour: arp_cache: neighbor table overflow!\" to the log. The thresholds"
      + " exist in the first namespace only.",
    byHand: [
      "cat /proc/net/stat/arp_cache           # the column table_fulls must be 0",
      "sysctl net.ipv4.neigh.default.gc_thresh3",
      "dmesg | grep 'table overflow'",
    ],
    sources: [
      "e2b-dev/infra#3508", "lxc/lxd#4799", "ethpandaops/ethereum-package#913",
      "net/core/neighbour.c (neigh_alloc)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    [result(.host) { () throws(Missing) in try judge(host) }]
  }

  private func judge(_ host: HostView) throws(Missing) -> Judgement {
    var evidence: [Evidence] = []
    var said: [String] = []
    for (family, table, name) in [(IPFamily.v4, "arp", "IPv4"), (.v6, "ndisc", "IPv6")] {
      let key = "net.\(name.lowercased()).neigh.default.gc_thresh3"
      guard let text = try host.snapshot.machine.settings[key].needed(key), let limit = Int(text) else {
        continue
      }
      let entries = count(family, host)
      said.append("\(entries) of \(limit) entries of \(name)")
      if let fulls = try fulls(table, host), fulls > 0 {
        evidence.append(
          Evidence(
            "/proc/net/stat/\(table)_cache",
            "table_fulls \(fulls)",
            "so often an entry was refused since the boot"
          )
        )
      }
      // Nine tenths: the kernel frees what it can above gc_thresh2, so more than this is in use.
      if entries * 10 >= limit * 9 {
        evidence.append(
          Evidence(
            "neighbour tables of all namespaces",
            "\(entries) entries, \(key) \(limit)",
            "the table is nearly full"
          )
        )
      }
    }
    guard !said.isEmpty else {
      return .notApplicable("the thresholds aren't here: not the machine's first namespace")
    }
    guard !evidence.isEmpty else {
      return .passed("\(said.joined(separator: ", ")), and none was ever refused")
    }
    return finding(
      .host,
      summary: "The kernel's neighbour table is, or was, full.",
      consequence: "Now and then an address can't be resolved, in any container and on the host itself.",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Raise the limits: they cost a few hundred octets for each entry that is used.",
          commands: Self.limits.map { "sysctl -w \($0)" }
        ),
        Remedy(
          .persistent,
          "The same at boot.",
          files: [
            Remedy.File(
              path: "/etc/sysctl.d/90-neighbours.conf",
              content: Self.limits.map { $0 + "\n" }.joined()
            )
          ]
        ),
      ]
    )
  }

  private static let limits = ["ipv4", "ipv6"].flatMap { family in
    ["1=4096", "2=8192", "3=16384"].map { "net.\(family).neigh.default.gc_thresh\($0)" }
  }

  /// Entries that count: permanent ones don't (`neigh_alloc`, gc_entries).
  private func count(_ family: IPFamily, _ host: HostView) -> Int {
    host.snapshot.namespaces.reduce(0) { sum, namespace in
      sum
        + (namespace.neighbours.value ?? []).count {
          $0.address.family == family && !$0.isProxy && !["PERMANENT", "NOARP"].contains($0.state)
        }
    }
  }

  /// How often an entry was refused. Only the machine's own namespace can say.
  private func fulls(_ table: String, _ host: HostView) throws(Missing) -> UInt64? {
    for namespace in host.snapshot.namespaces where namespace.role == .machine {
      let counters = try namespace.neighbourCounters.needed("the neighbour tables' counters")
      if let fulls = counters?["\(table).table_fulls"] { return fulls }
    }
    return nil
  }
}
