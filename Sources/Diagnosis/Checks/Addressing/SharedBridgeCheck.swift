internal import NetworkTypes
internal import Observation

/// Several engines that hand out addresses on one bridge, or share what must be their own.
struct SharedBridgeCheck: Check {
  let entry = CatalogueEntry(
    number: 24,
    id: "multi-dockerd-shared-bridge",
    title: "two engines hand out the same addresses on one bridge",
    area: .addressing,
    severity: .critical,
    mechanism: [
      "Each dockerd keeps a list of its own of the addresses that it has given. Two of them on one bridge, or with one"
        + " pool, give the same address to two containers: the first free one is the same for both.",
      "By default all take docker0 and 172.17.0.0/16. A second daemon therefore needs a bridge of its own, or a part of"
        + " the subnet (fixed-cidr) that the other doesn't use.",
      "Daemons that share their data, execution state or pidfile damage more than addresses.",
    ],
    why:
      "The allocator's state (IPAM) is in the daemon's data-root and nobody else reads it. The kernel lets any number of"
      + " machines on an Ethernet have one address; see ip-duplicate for what happens then.",
    byHand: [
      "pgrep -a dockerd           # --bridge, --bip, --fixed-cidr, --data-root, --exec-root, --pidfile of each",
      "docker -H unix:///run/docker2.sock network inspect bridge",
    ],
    sources: ["m#19441", "dockerd(8), \"Run multiple daemons\"", "moby/libnetwork#1740"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    let results = host.namespaces.compactMap { namespace -> CheckResult? in
      let engines = namespace.engines.filter { $0.kind != .libvirt }
      guard engines.count > 1 else { return nil }
      return result(namespace.subject) { () throws(Missing) in try judge(engines) }
    }
    return results.isEmpty
      ? [result(.host, .notApplicable("fewer than two engines run in any namespace"))] : results
  }

  /// An engine's part of a bridge.
  private struct Share {
    let engine: EngineSnapshot
    let bridge: String
    /// Where it takes addresses from.
    let ranges: [IPPrefix]
  }

  private func judge(_ engines: [EngineSnapshot]) throws(Missing) -> Judgement {
    var shares: [Share] = []
    var missing: Missing?
    for engine in engines {
      do throws(Missing) { shares += try self.shares(of: engine) } catch { missing = missing ?? error }
    }
    var evidence: [Evidence] = []
    var bridges: Set<String> = []
    for (bridge, sharers) in Dictionary(grouping: shares, by: \.bridge).sorted(by: { $0.key < $1.key }) {
      guard Set(sharers.map(\.engine.id)).count > 1, !Self.areApart(sharers) else { continue }
      bridges.insert(bridge)
      evidence += sharers.map { share in
        Evidence(
          share.engine.configurationFile ?? share.engine.id,
          "\(bridge), \(share.ranges.isEmpty ? "its whole subnet" : share.ranges.map(\.description).joined(separator: ", "))",
          "\(share.engine.id) gives addresses there"
        )
      }
    }
    let places = Self.sharedPlaces(engines.filter { $0.kind == .docker && $0.process != nil })
    evidence += places
    guard !evidence.isEmpty else {
      if let missing { throw missing }
      return .passed("its \(engines.count) engines use different bridges, or parts of one that don't overlap")
    }
    return finding(
      .host,
      summary: bridges.isEmpty
        ? "Two daemons share \(places[0].value)."
        : "Several engines give addresses on \(bridges.sorted().joined(separator: ", ")) without knowing of each other.",
      consequence:
        "Sooner or later two containers have one address, and lookups of both fail in turns (ip-duplicate).",
      evidence: evidence,
      remedies: [
        Remedy(
          .persistent,
          "Give each daemon a bridge and a subnet of its own, or at least a range (\"fixed-cidr\") that doesn't overlap; and"
            + " its own data-root, exec-root, pidfile and socket. Example for the second one's daemon.json:",
          files: [
            Remedy.File(
              path: "/etc/docker/second.json",
              content: """
                {
                  "bridge": "brci0",
                  "fixed-cidr": "10.201.0.0/24",
                  "data-root": "/var/lib/docker-ci",
                  "exec-root": "/run/docker-ci-exec",
                  "pidfile": "/run/docker-ci.pid"
                }

                """
            )
          ]
        )
      ]
    )
  }

  /// The bridges that an engine gives addresses on; what it doesn't say is what dockerd does by default.
  private func shares(of engine: EngineSnapshot) throws(Missing) -> [Share] {
    if let networks = engine.networks.value {
      return networks.compactMap { network in
        network.bridge.map { bridge in
          Share(engine: engine, bridge: bridge, ranges: network.pools.map { $0.range ?? $0.subnet })
        }
      }
    }
    guard engine.kind == .docker else { return [] }
    guard let settings = try engine.settings.needed("the networks and settings of \(engine.id)") else {
      return []
    }
    let bridge = settings["bridge"].map { $0.filter { $0 != "\"" } } ?? "docker0"
    guard bridge != "none", bridge != "" || settings["bridge"] == nil else { return [] }
    let range = settings["fixed-cidr"].flatMap { IPPrefix($0.filter { $0 != "\"" }) }
    return [Share(engine: engine, bridge: bridge, ranges: range.map { [$0] } ?? [])]
  }

  /// Whether all have ranges, and none overlaps with another engine's.
  private static func areApart(_ shares: [Share]) -> Bool {
    guard shares.allSatisfy({ !$0.ranges.isEmpty }) else { return false }
    for (position, left) in shares.enumerated() {
      for right in shares[(position + 1)...] where right.engine.id != left.engine.id {
        if left.ranges.contains(where: { mine in right.ranges.contains { mine.overlaps($0) } }) {
          return false
        }
      }
    }
    return true
  }

  /// Directories and files that two daemons have in common.
  private static func sharedPlaces(_ daemons: [EngineSnapshot]) -> [Evidence] {
    let standard = [
      "data-root": "/var/lib/docker", "exec-root": "/var/run/docker", "pidfile": "/var/run/docker.pid",
    ]
    return standard.keys.sorted().flatMap { setting -> [Evidence] in
      let places = daemons.compactMap { daemon -> (String, String)? in
        guard let settings = daemon.settings.value, !daemon.isNested, !daemon.isRootless else { return nil }
        let place = settings[setting]?.filter { $0 != "\"" } ?? standard[setting] ?? ""
        return (place, daemon.id)
      }
      return Dictionary(grouping: places) { $0.0 }.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
        .map {
          Evidence(
            $0.value.map(\.1).sorted().joined(separator: ", "),
            "\(setting) \($0.key)",
            "it must be one daemon's alone"
          )
        }
    }
  }
}
