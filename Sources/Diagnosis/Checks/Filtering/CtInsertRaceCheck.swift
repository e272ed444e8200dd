internal import Observation

/// Old kernels that drop one of two lookups sent at once.
struct CtInsertRaceCheck: Check {
  let entry = CatalogueEntry(
    number: 38,
    id: "ct-insert-race",
    title: "two lookups from one socket race for an entry, and one is dropped",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "glibc sends its questions for A and AAAA at once, from one socket. Both packets find no connection yet, on two"
        + " processors, and each gets an entry with a translation of its own.",
      "When the second one's entry is to be confirmed, one for the same addresses and ports is there already; before"
        + " Linux 5.7 the packet is dropped if the translations differ.",
      "The program waits five seconds for the lost half of its answer, then asks again.",
    ],
    why:
      "__nf_conntrack_confirm finds the tuple in the table and calls nf_ct_resolve_clash; since 5.7"
      + " nf_ct_resolve_clash_harder lets both entries stand unless the answers' tuples clash. insert_failed and drop"
      + " count what is lost, clash_resolve what is rescued.",
    byHand: [
      "uname -r   # before 5.7?",
      "conntrack -S   # insert_failed and drop grow together with the lookups that take five seconds",
    ],
    sources: [
      "k#56903", "weaveworks/weave#3287", "Launchpad bug 1836816", "resolv.conf(5), single-request-reopen",
      "net/netfilter/nf_conntrack_core.c (nf_ct_resolve_clash)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      guard let tracking = try namespace.tracking() else {
        return .notApplicable("the kernel tracks no connections here")
      }
      guard let version = host.kernelVersion else {
        throw Missing(what: "the kernel's version: \"\(host.snapshot.origin.kernel)\" has none")
      }
      let kernel = host.snapshot.origin.kernel
      let failed = tracking["insert_failed"] ?? 0
      guard version < (5, 7) else {
        return .passed("Linux \(kernel) resolves such clashes (5.7 and later do)")
      }
      guard failed > 0 else {
        return .passed("Linux \(kernel) may drop one of two lookups, but no entry was refused since the boot")
      }
      return finding(
        namespace.subject,
        confidence: .likely,
        summary:
          "Linux \(kernel) drops one of two lookups sent at once: \(failed) entries were refused since the boot.",
        consequence:
          "Lookups now and then take five seconds or fail: \(namespace.bridges.filter(\.isForContainers).affected).",
        evidence: [
          Evidence("uname -r", kernel, "before 5.7 a clash of two translated lookups drops one"),
          Evidence(
            "/proc/net/stat/nf_conntrack",
            "insert_failed = \(failed), drop = \(tracking["drop"] ?? 0)",
            "entries that could not be confirmed; their packets were dropped"
          ),
        ],
        remedies: [
          Remedy(
            .persistent,
            "Boot a kernel of 5.7 or later. Until then make containers with glibc ask one after the other (docker run"
              + " --dns-opt), or give them a resolver on the host, which needs no translation.",
            commands: ["docker run --dns-opt single-request-reopen …"]
          )
        ]
      )
    }
  }
}
