internal import NetworkTypes
internal import Observation

/// A dockerd whose own resolver refuses beyond a hundred questions.
struct DockerDNSOverloadCheck: Check {
  let entry = CatalogueEntry(
    number: 57,
    id: "docker-dns-overload",
    title: "Docker's own resolver has a limit of questions in flight",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "On networks other than the default one dockerd answers at 127.0.0.11 and asks the host's servers. It has at"
        + " most 1,024 questions in flight for a container (100 before), and refuses more.",
      "It waits up to four seconds for each of three servers. One slow or dead server fills the limit, and then"
        + " lookups fail that have nothing to do with it.",
    ],
    why:
      "maxConcurrent in libnetwork's resolver.go was 100 and is 1,024; extIOTimeout is four seconds. dockerd has no"
      + " cache: each question goes out.",
    byHand: [
      "journalctl -u docker | grep 'concurrent queries'",
      "docker version --format '{{.Server.Version}}'",
    ],
    sources: ["fl#1165", "moby/libnetwork#2082, #2214", "moby: daemon/libnetwork/resolver.go"]
  )

  /// The first version that is known to have the higher limit; 18.05 still had the lower.
  private static let higherLimit = EngineVersion(19, 3)

  func examine(_ host: HostView) -> [CheckResult] {
    eachDocker(of: host) { (engine) throws(Missing) in
      let containers = host.bridges.flatMap(\.containers).filter { $0.engine?.id == engine.id }
      let users = containers.filter { container in
        container.inside?.resolver.value.map { ResolverFile($0).asksDocker } ?? false
      }
      let networks = try engine.networks.needed("the networks of \(engine.id)") ?? []
      let isUsed = !users.isEmpty || networks.contains { $0.driver == "bridge" && !$0.isDefault }
      guard isUsed else { return .passed("no container of it asks dockerd: all are on its default network") }
      let version = try engine.knownVersion()
      guard version < Self.higherLimit else {
        return .passed(
          "dockerd takes 1,024 questions at once for a container; whether that was ever reached, only"
            + " its log tells"
        )
      }
      return finding(
        .engine(engine.id),
        confidence: .possible,
        summary: "dockerd refuses more than a hundred questions at once for a container.",
        consequence:
          "\(users.isEmpty ? "Containers on its own networks" : users.inWords): lookups of many names at once fail,"
          + " sooner if a server is slow. Whether it happened, only the daemon's log tells.",
        evidence: [
          Evidence(engine.id, engine.version.value ?? "", "before 19.03, with the limit of 100"),
          Evidence(engine.id, "\(users.count) containers with 127.0.0.11", "those that it applies to"),
        ],
        remedies: [
          Remedy(
            .runtime,
            "See whether it happened.",
            commands: ["journalctl -u docker | grep -i 'concurrent queries'"]
          ),
          Remedy(.persistent, "Upgrade Docker; and let containers ask a cache on the host instead."),
        ]
      )
    }
  }
}
