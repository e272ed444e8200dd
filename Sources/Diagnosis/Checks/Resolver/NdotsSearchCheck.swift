internal import NetworkTypes
internal import Observation

/// Search lists that multiply each lookup.
struct NdotsSearchCheck: Check {
  let entry = CatalogueEntry(
    number: 52,
    id: "ndots-search-amplification",
    title: "a search list with a high ndots multiplies every lookup",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "A name with fewer dots than \"ndots\" is tried with each search domain first, and as it is last. With ndots:5"
        + " and three domains registry.example.com is asked for four times, for A and AAAA each: eight questions.",
      "Each question can be lost, and the answers that say \"no such name\" fill caches, rate limits and the table of"
        + " connections. A slow or lost answer to a name that nobody wanted delays the one that counts.",
    ],
    why:
      "res_search (glibc) and name_from_dns_search (musl) try the search list before the name itself if the name has"
      + " fewer dots than ndots. ndots:5 is what Kubernetes writes; copied elsewhere it does harm only.",
    byHand: [
      "docker exec CONTAINER grep -E 'search|ndots' /etc/resolv.conf",
      "tcpdump -ni docker0 port 53   # bursts of questions with NXDomain as the answer",
    ],
    sources: ["resolv.conf(5)", "gliderlabs/docker-alpine#255", "Kubernetes documentation: Pod's DNS config"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<(ndots: Int, search: Int)> in
      guard let use = try item.use() else {
        return .notApplicable("no container has a resolver configuration")
      }
      let ndots = use.file.value(of: "ndots") ?? 1
      guard ndots >= 2, !use.file.search.isEmpty else {
        return .fine("names with a dot are asked for as they are")
      }
      return .hit((ndots, use.file.search.count))
    } found: { bridge, hits in
      guard let (item, worst) = hits.max(by: { $0.detail.search < $1.detail.search }) else {
        return .unknown("no container was looked at")
      }
      let questions = 2 * (worst.search + 1)
      // Kubernetes means it so: its own names need it.
      let isMeant = hits.allSatisfy { hit in
        hit.case.container.engine?.kind == .containerd || ((try? hit.case.use())?.isKubernetes ?? false)
      }
      return finding(
        bridge.subject,
        severity: isMeant ? .info : nil,
        summary:
          "Each lookup of a name with fewer than \(worst.ndots) dots asks \(questions) questions instead of 2.",
        consequence:
          "In \(hits.map(\.case.container).inWords) a lookup fails or waits if one of \(questions) is lost, and the"
          + " resolver has \(worst.search + 1) times the load.",
        evidence: [
          Evidence(
            "/etc/resolv.conf of \(item.container.name)",
            "options ndots:\(worst.ndots), \(worst.search) search domains",
            "(search domains + 1) × 2 families = \(questions) questions"
          )
        ],
        remedies: [
          Remedy(
            .persistent,
            "Ask for whole names with a dot at the end, or take the option away: 1 is the default.",
            commands: ["docker run --dns-option ndots:1 …"]
          )
        ]
      )
    }
  }
}
