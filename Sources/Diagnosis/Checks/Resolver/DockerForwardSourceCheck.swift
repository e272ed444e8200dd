internal import NetworkTypes
internal import Observation

/// Builders that don't ask the servers that the daemon was given.
struct DockerForwardSourceCheck: Check {
  let entry = CatalogueEntry(
    number: 67,
    id: "docker-fwd-source",
    title: "a builder asks other servers than the daemon was told to use",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "\"docker buildx create\" makes a builder in a container of its own (driver docker-container). The steps of a"
        + " build run inside that container, and buildkit chooses their servers, not the daemon.",
      "What the daemon's setting \"dns\" says doesn't reach them. With a loopback in the builder's file, 127.0.0.11"
        + " included, buildkit may fall back to 8.8.8.8.",
      "docker run resolves names, RUN in a Dockerfile doesn't.",
    ],
    why:
      "buildkit's executor makes a resolv.conf of its own from the builder container's, without loopbacks, unless"
      + " buildkitd.toml has a section [dns]; with the network mode host it takes the file as it is.",
    byHand: [
      "docker buildx ls   # DRIVER docker-container",
      "printf 'FROM busybox\\nRUN cat /etc/resolv.conf; nslookup example.com\\n'"
        + " | docker buildx build --no-cache --progress plain -",
    ],
    sources: ["docker/buildx#1459", "moby/buildkit#5009", "BuildKit documentation: buildkitd.toml, [dns]"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachDocker(of: host) { (engine) throws(Missing) in try judge(host, engine) }
  }

  private func judge(_ host: HostView, _ engine: EngineSnapshot) throws(Missing) -> Judgement {
    let containers = try engine.containers.needed("the containers of \(engine.id)") ?? []
    let builders = containers.filter { $0.name.hasPrefix("buildx_buildkit_") }
    if builders.isEmpty { return .passed("no builder runs in a container of its own") }
    let settings = try engine.settings.needed("the settings of \(engine.id)") ?? [:]
    var missing: Missing?
    for builder in builders {
      let inside = host.snapshot.namespaces.first { $0.id == builder.namespace && $0.role == .container }
      let file: ResolverFile?
      do throws(Missing) {
        file = try inside?.resolver.needed("the resolver configuration of \(builder.name)").map {
          ResolverFile($0)
        }
      } catch {
        missing = missing ?? error
        continue
      }
      guard let file, !file.addresses.isEmpty else { continue }
      if file.addresses.allSatisfy(\.isLoopback) {
        return report(engine, builder, file, "a loopback, which buildkit strips for the steps of a build")
      }
      let told = engine.dnsServers
      if settings["dns"] != nil, !told.isEmpty, Set(file.addresses).isDisjoint(with: told) {
        return report(engine, builder, file, "not what the daemon was told (\(told.inWords))")
      }
    }
    if let missing { throw missing }
    return .passed("its builders have the servers that its containers have")
  }

  private func report(
    _ engine: EngineSnapshot,
    _ builder: EngineContainer,
    _ file: ResolverFile,
    _ why: String
  ) -> Judgement {
    let servers =
      engine.dnsServers.isEmpty ? "\"SERVER\"" : engine.dnsServers.map { "\"\($0)\"" }.joined(separator: ", ")
    let name = builder.name.dropFirst("buildx_buildkit_".count)
    return finding(
      .engine(engine.id),
      confidence: .possible,
      summary: "The builder \(builder.name) asks \(file.addresses.inWords), \(why).",
      consequence: "RUN steps of its builds may not resolve names that docker run resolves.",
      evidence: [
        Evidence("/etc/resolv.conf of \(builder.name)", "nameserver \(file.addresses.inWords)", why)
      ],
      remedies: [
        Remedy(
          .persistent,
          "buildkitd: tell it the servers, and make the builder anew.",
          commands: [
            "docker buildx create --name with-dns --driver docker-container --buildkitd-config"
              + " /etc/buildkit/buildkitd.toml --use",
            "docker buildx ls   # then remove the one that \(shellQuoted(String(name))) belongs to",
          ],
          files: [
            Remedy.File(
              path: "/etc/buildkit/buildkitd.toml",
              content: "[dns]\n  nameservers = [\(servers)]\n"
            )
          ]
        )
      ]
    )
  }
}
