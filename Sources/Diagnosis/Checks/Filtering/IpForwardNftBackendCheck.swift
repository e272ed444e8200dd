internal import Observation

/// dockerd's nftables backend, which doesn't switch forwarding on.
struct IpForwardNftBackendCheck: Check {
  let entry = CatalogueEntry(
    number: 26,
    id: "ip-forward-nft-backend",
    title: "dockerd's nftables backend needs forwarding, and doesn't switch it on",
    area: .filtering,
    severity: .warning,
    mechanism: [
      "With \"firewall-backend\": \"nftables\" (29 and later) dockerd leaves the host's forwarding as it is. With iptables it"
        + " switched it on itself.",
      "On a host that relied on that, forwarding stays 0 after the next boot: dockerd refuses to make its bridge networks,"
        + " or fails to start, because the default one can't be made.",
    ],
    why:
      "Switching forwarding on opens a host between all its interfaces, and dockerd with nftables makes no FORWARD policy"
      + " of drop to go with it; so its bridge driver checks ip_forward (and IPv6's forwarding) and returns an error"
      + " instead of writing it.",
    byHand: [
      "docker info --format '{{.FirewallBackend.Driver}}'   # nftables?",
      "sysctl net.ipv4.ip_forward net.ipv6.conf.all.forwarding; grep -rs forward /etc/sysctl.d /etc/sysctl.conf",
    ],
    sources: ["m#50646", "docker/docs, network/firewall-nftables.md", "dockerd(8), --firewall-backend"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    var results: [CheckResult] = []
    for namespace in host.namespaces {
      for engine in namespace.engines where engine.kind == .docker {
        results.append(
          result(.engine(engine.id)) { () throws(Missing) in try judge(engine, namespace, host) }
        )
      }
    }
    return results.isEmpty ? [result(.host, .notApplicable("there is no dockerd"))] : results
  }

  private func judge(
    _ engine: EngineSnapshot,
    _ namespace: NamespaceView,
    _ host: HostView
  ) throws(Missing) -> Judgement {
    let settings = try engine.settings.needed("the settings of \(engine.id)") ?? [:]
    guard settings["firewall-backend"] == "\"nftables\"" else {
      return .notApplicable("it uses iptables, with which dockerd switches forwarding on itself")
    }
    let forwarding = try namespace.setting("net.ipv4.ip_forward").needed("net.ipv4.ip_forward")
    let lines = try host.snapshot.management.bootSettings.needed("the files of sysctl.d") ?? []
    let boot = lines.last { $0.name == "net.ipv4.ip_forward" || $0.name == "net.ipv4.conf.all.forwarding" }
    guard forwarding == "0" else {
      return .passed(
        boot?.value == "1"
          ? "forwarding is on, and \(boot?.file ?? "a file") keeps it so"
          : "forwarding is on; no file of sysctl.d says so, so see to it that it is on before dockerd starts"
      )
    }
    return finding(
      .engine(engine.id),
      summary: "dockerd uses nftables and forwarding is off: it can't make or serve bridge networks.",
      consequence: "The networks of \(engine.id) have no way out, and it may not start again.",
      evidence: [
        Evidence(
          engine.configurationFile ?? engine.id,
          "firewall-backend: nftables",
          "with this backend dockerd doesn't switch forwarding on"
        ),
        Evidence("sysctl", "net.ipv4.ip_forward = 0", "nobody else has"),
      ],
      remedies: [
        Remedy(
          .runtime,
          "Switch it on, then start dockerd.",
          commands: ["sysctl -w net.ipv4.ip_forward=1", "systemctl restart docker"]
        ),
        Remedy(
          .persistent,
          "systemd-sysctl: a file that sorts after the others.",
          files: [
            Remedy.File(
              path: "/etc/sysctl.d/99-z-container-forwarding.conf",
              content: "net.ipv4.ip_forward = 1\n"
            )
          ]
        ),
      ]
    )
  }
}
