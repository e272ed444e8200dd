internal import NetworkTypes
internal import Observation

/// musl, which asks all servers at once, with servers that don't know the same.
struct MuslSemanticsCheck: Check {
  let entry = CatalogueEntry(
    number: 54,
    id: "musl-semantics",
    title: "musl asks all servers at once, and the first \"no such name\" wins",
    area: .resolver,
    severity: .critical,
    mechanism: [
      "Programs of Alpine images use musl's resolver. It sends each question to all servers of the file at the same"
        + " time, and takes the first answer, \"no such name\" included.",
      "With an internal server and a public one this is a race: internal names resolve when the internal server is"
        + " faster, and don't when the public one is. The same image under glibc never fails, because glibc asks the"
        + " second server only if the first doesn't answer.",
      "musl before 1.2.4 never asks by TCP, so that answers which don't fit a datagram are cut off; and an answer"
        + " SERVFAIL ends the search list.",
    ],
    why:
      "__res_msend_rc (musl, src/network/res_msend.c) sends to all nameservers and accepts the first reply with"
      + " rcode 0 or 3; TCP fallback came with 1.2.4.",
    byHand: [
      "docker exec CONTAINER ls /lib/ld-musl-*   # is it musl?",
      "docker exec CONTAINER cat /etc/resolv.conf   # more than one nameserver?",
      "for s in SERVERS; do dig +short NAME @$s; done   # do they all know the name?",
    ],
    sources: [
      "gliderlabs/docker-alpine#118, #203, #326", "m#45553", "musl wiki: functional differences from glibc",
      "musl 1.2.4 release notes",
    ]
  )

  private struct Race {
    let library: String
    let file: ResolverFile
    let isSplit: Bool
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Race> in
      let name = item.container.name
      guard let inside = item.container.inside else { throw Missing(what: "the inside of \(name)") }
      guard let library = try inside.systemLibrary.needed("the C library of \(name)") else {
        return .notApplicable("no container has a C library that was recognised")
      }
      guard library.hasPrefix("musl") else { return .fine("its programs use \(library)") }
      guard let use = try item.use() else {
        return .notApplicable("no container has a resolver configuration")
      }
      let servers = use.file.addresses
      if servers.count < 2 { return .fine("musl has one server to ask") }
      return .hit(
        Race(
          library: library,
          file: use.file,
          isSplit: servers.contains(where: \.isPrivate) && servers.contains { !$0.isPrivate }
        )
      )
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, race: Race)]) -> Judgement {
    let split = hits.filter(\.race.isSplit)
    let told = split.isEmpty ? hits : split
    guard let (item, race) = told.first else { return .unknown("no container was looked at") }
    let servers = race.file.addresses
    var evidence = [
      Evidence("/lib of \(item.container.name)", race.library, "its resolver asks all servers at once"),
      Evidence(
        "/etc/resolv.conf of \(item.container.name)",
        "nameserver \(servers.inWords)",
        race.isSplit
          ? "private and public servers, which don't know the same names"
          : "of one kind; they may know the same names"
      ),
    ]
    if let version = EngineVersion(String(race.library.drop { !$0.isNumber })),
      version < EngineVersion(1, 2, 4)
    {
      evidence.append(Evidence("/lib of \(item.container.name)", race.library, "never asks by TCP"))
    }
    let one = servers.first { $0.isPrivate } ?? servers.first
    let engine = item.container.engine ?? bridge.networks.first?.engine
    var remedies = [
      Remedy(
        .persistent,
        "Let such containers have one server, which knows all names (a forwarder on the host, if need be).",
        commands: ["docker run --dns \(one.map(\.description) ?? "SERVER") …"]
      )
    ]
    if let engine, let one {
      remedies.append(
        EngineRemedies.setting(
          "dns",
          json: EngineRemedies.json([one]),
          of: engine,
          "one server for all containers."
        )
      )
    }
    return finding(
      bridge.subject,
      severity: race.isSplit ? nil : .info,
      confidence: race.isSplit ? .likely : .possible,
      summary: race.isSplit
        ? "musl in \(told.map(\.item.container).inWords) asks private and public servers at once; the first \"no"
          + " such name\" wins."
        : "musl in \(told.map(\.item.container).inWords) asks \(servers.count) servers at once.",
      consequence: race.isSplit
        ? "Internal names fail there whenever a public server is faster. Whether the servers' answers differ can't be"
          + " seen without asking."
        : "It does no harm as long as all of them know the same names.",
      evidence: evidence,
      remedies: remedies
    )
  }
}
