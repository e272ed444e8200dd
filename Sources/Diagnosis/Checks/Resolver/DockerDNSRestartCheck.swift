internal import NetworkTypes
internal import Observation

/// Containers whose rules lead to a port at which dockerd listens no more.
struct DockerDNSRestartCheck: Check {
  let entry = CatalogueEntry(
    number: 58,
    id: "docker-dns-restart",
    title: "a restart of dockerd left containers without 127.0.0.11",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "In each container on its own networks dockerd listens at 127.0.0.11 on a port that the kernel chooses, and a"
        + " rule in the container's namespace leads port 53 there.",
      "With live-restore containers survive a restart of the daemon. It listens anew on another port, and has to"
        + " replace the rule. Where that fails (\"Chain already exists\"), the rule leads to the old port.",
      "Questions are refused at once, in these containers only, until they are started anew.",
    ],
    why:
      "The chains DOCKER_OUTPUT and DOCKER_POSTROUTING in the container's table nat are made by dockerd's"
      + " setupResolver; before 24.0.3 it didn't clean up what an earlier daemon had left there.",
    byHand: [
      "nsenter -t PID -n iptables -t nat -S DOCKER_OUTPUT   # the port after --to-destination",
      "nsenter -t PID -n ss -lunp   # the port at 127.0.0.11",
    ],
    sources: ["m#45646", "m#34660", "moby: daemon/libnetwork/resolver_unix.go (setupResolver)"]
  )

  private struct Mismatch {
    let rulePorts: [UInt16]
    let openPorts: [UInt16]
  }

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (item) throws(Missing) -> ContainerVerdict<Mismatch> in
      guard let use = try item.use() else {
        return .notApplicable("no container has a resolver configuration")
      }
      guard use.isByDocker else { return .fine("it doesn't ask dockerd") }
      let name = item.container.name
      guard let inside = item.container.inside else { throw Missing(what: "the inside of \(name)") }
      let scan = RuleScan(inside)
      let ports = Self.ports(of: scan)
      if ports.isEmpty {
        if let missing = scan.missing { throw missing }
        return .notApplicable("no rule of dockerd was seen in a container")
      }
      let listeners = try inside.listeners.required("the listening sockets of \(name)")
      let open = listeners.filter { $0.address == ResolverFile.docker && $0.transport == "udp" }.map(\.port)
      if open.contains(where: ports.contains) { return .fine("port 53 leads to where dockerd listens") }
      // A socket of dockerd's is another process's; a collector that shows none may not look for it.
      if open.isEmpty, item.container.engine?.process != nil {
        throw Missing(what: "dockerd's socket at 127.0.0.11 in \(name)")
      }
      return .hit(Mismatch(rulePorts: ports, openPorts: open))
    } found: { bridge, hits in
      report(bridge, hits.map { ($0.case, $0.detail) })
    }
  }

  /// Where UDP's port 53 at 127.0.0.11 is led to.
  private static func ports(of scan: RuleScan) -> [UInt16] {
    scan.rules.compactMap { rule in
      guard rule.names("udp"), rule.isAboutDNSQuestions else { return nil }
      return rule.words.first { $0.hasPrefix("127.0.0.11:") }.flatMap {
        UInt16($0.dropFirst("127.0.0.11:".count))
      }
    }
  }

  private func report(_ bridge: BridgeView, _ hits: [(item: ContainerCase, mismatch: Mismatch)]) -> Judgement
  {
    guard let (item, mismatch) = hits.first else { return .unknown("no container was looked at") }
    let name = item.container.name
    func words(_ ports: [UInt16]) -> String { ports.map { String($0) }.joined(separator: ", ") }
    return finding(
      bridge.subject,
      confidence: mismatch.openPorts.isEmpty ? .likely : .certain,
      summary: "In \(hits.map(\.item.container).inWords) 127.0.0.11 leads to a port where nobody listens.",
      consequence: "Every lookup there is refused until the container is started anew.",
      evidence: [
        Evidence(
          "table nat of \(name)",
          "127.0.0.11:53 -> 127.0.0.11:\(words(mismatch.rulePorts))",
          "dockerd's rule"
        ),
        Evidence(
          "/proc/net/udp of \(name)",
          mismatch.openPorts.isEmpty ? "no socket at 127.0.0.11" : "127.0.0.11:\(words(mismatch.openPorts))",
          "where dockerd listens"
        ),
      ],
      remedies: [
        Remedy(
          .runtime,
          "Start the containers anew.",
          commands: hits.prefix(10).map { "docker restart \(shellQuoted($0.item.container.name))" }
        ),
        Remedy(.persistent, "Docker 24.0.3 and later clean up what an earlier daemon left; upgrade."),
      ]
    )
  }
}
