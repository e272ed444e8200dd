internal import Observation

/// dockerd's rules that somebody else removed.
struct FwFlushedCheck: Check {
  let entry = CatalogueEntry(
    number: 29,
    id: "fw-flushed",
    title: "something flushed the rules that dockerd had made",
    area: .filtering,
    severity: .critical,
    mechanism: [
      "dockerd makes its chains and rules when it starts, and a few more for each network and published port.",
      "Then another program loads the firewall anew: nftables.service (Debian's file begins with \"flush ruleset\"),"
        + " iptables-restore, ferm, ufw, a configuration management run. Everything that isn't in its file is gone.",
      "dockerd doesn't notice. Containers' packets are no longer translated or accepted, and published ports lead nowhere,"
        + " until dockerd is restarted.",
    ],
    why:
      "dockerd listens for firewalld's Reloaded signal only (firewalldInit, OnReloaded) and re-creates its rules then."
      + " For every other way to change the rules the kernel does send notifications (NFT_MSG_DELRULE), which dockerd"
      + " doesn't read.",
    byHand: [
      "iptables -S | grep DOCKER; iptables -t nat -S | grep -e DOCKER -e MASQUERADE   # must name each network's bridge",
      "nft monitor   # shows who flushes as it happens",
      "systemctl show -p ActiveEnterTimestamp docker nftables firewalld ufw   # what was started after dockerd?",
    ],
    sources: ["m#12294", "m#15254", "m#35043", "m#50445", "fl#361", "fl#1472", "systemd.unit(5), PartOf="]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    var results: [CheckResult] = []
    for namespace in host.namespaces {
      for engine in namespace.engines where engine.kind == .docker && engine.process != nil {
        results.append(
          result(.engine(engine.id)) { () throws(Missing) in try judge(engine, namespace) }
        )
      }
    }
    return results.isEmpty ? [result(.host, .notApplicable("no dockerd runs"))] : results
  }

  private func judge(_ engine: EngineSnapshot, _ namespace: NamespaceView) throws(Missing) -> Judgement {
    guard try DockerChains.keepsRules(engine) else {
      return .passed(
        "it was told to leave the firewall alone (iptables: false), so there is nothing of it to flush"
      )
    }
    for other in namespace.engines where other.id != engine.id {
      if try DockerChains.keepsRules(other) {
        return .notApplicable("\(other.id) makes the same chains here: see multi-dockerd-chains")
      }
    }
    let ruleset = try namespace.rules()
    let chains = try DockerChains(engine, in: namespace, ruleset)
    guard let first = chains.missing.first else {
      return .passed("all of its \(chains.expected) chains and rules that were looked for are there")
    }
    let isAll = chains.missing.count == chains.expected
    let containers = namespace.bridges.filter { bridge in
      bridge.networks.contains { $0.engine.id == engine.id }
    }
    return finding(
      .engine(engine.id),
      summary: isAll
        ? "None of dockerd's firewall rules is there any more: something flushed them after it had started."
        : "Some of dockerd's firewall rules are missing: \(first)"
          + (chains.missing.count > 1 ? " and \(chains.missing.count - 1) more." : "."),
      consequence:
        "Translation, forwarding and published ports of these no longer work as dockerd means them to: "
        + (containers.isEmpty ? "none now" : containers.affected) + ".",
      evidence: chains.missing.prefix(6).map {
        Evidence(
          chains.isNftables ? "nft list ruleset" : "nft list ruleset, iptables-legacy-save",
          "missing: \($0)",
          "dockerd makes it when it starts, and keeps no watch over it"
        )
      },
      remedies: Self.remedies
    )
  }

  private static let remedies = [
    Remedy(
      .runtime,
      "Let dockerd make its rules again. Containers are restarted unless live-restore is on.",
      commands: ["systemctl restart docker"]
    ),
    Remedy(
      .persistent,
      "systemd: dockerd is restarted whenever the firewall is; name the service that loads yours.",
      files: [
        Remedy.File(
          path: "/etc/systemd/system/docker.service.d/firewall.conf",
          content: "[Unit]\nPartOf=nftables.service\nAfter=nftables.service\n"
        )
      ]
    ),
  ]
}
