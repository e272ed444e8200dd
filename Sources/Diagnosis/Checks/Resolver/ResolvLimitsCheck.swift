internal import NetworkTypes
internal import Observation

/// More servers or search domains than a resolver uses.
struct ResolvLimitsCheck: Check {
  let entry = CatalogueEntry(
    number: 51,
    id: "resolv-limits",
    title: "a container's resolver configuration has more than is used",
    area: .resolver,
    severity: .info,
    mechanism: [
      "glibc and musl use three servers; a fourth is never asked, although it stands in the file. Docker's own"
        + " resolver tries three as well.",
      "glibc up to 2.25, and so old images, uses six search domains with 256 characters in all; the rest is cut off,"
        + " and short names of those domains don't resolve.",
    ],
    why: "MAXNS is 3 and MAXDNSRCH was 6 (resolv.h); since glibc 2.26 the search list has no limit.",
    byHand: ["docker exec CONTAINER cat /etc/resolv.conf   # count"],
    sources: ["resolv.conf(5)", "glibc 2.26 release notes", "musl: MAXNS in lookup.h"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<[String]> in
      guard let use = try item.use() else {
        return .notApplicable("no container has a resolver configuration")
      }
      var excess: [String] = []
      if use.file.servers.count > 3 {
        excess.append(
          "\(use.file.servers.count) servers; \(use.file.addresses.dropFirst(3).first.map(\.description) ?? "") is never asked"
        )
      }
      if let upstream = use.file.upstream, upstream.count > 3 {
        excess.append("\(upstream.count) servers behind 127.0.0.11; dockerd tries three")
      }
      let length = use.file.search.map(\.utf8.count).reduce(0) { $0 + $1 + 1 } - 1
      if use.file.search.count > 6 || length > 256 {
        excess.append(
          "\(use.file.search.count) search domains with \(length) characters; old images use six and 256"
        )
      }
      return excess.isEmpty ? .fine("three servers and six search domains at the most") : .hit(excess)
    } found: { bridge, hits in
      guard let (item, excess) = hits.first else { return .unknown("no container was looked at") }
      return finding(
        bridge.subject,
        summary: "Containers on \(bridge.name) have more in their resolver configuration than is used.",
        consequence: "In \(hits.map(\.case.container).inWords) the rest is ignored without a word.",
        evidence: excess.map {
          Evidence("/etc/resolv.conf of \(item.container.name)", $0, "more than resolvers use")
        },
        remedies: [
          Remedy(
            .persistent,
            "Take from the host's configuration what isn't needed, or give the containers their own list.",
            commands: ["docker run --dns SERVER --dns-search DOMAIN …"]
          )
        ]
      )
    }
  }
}
