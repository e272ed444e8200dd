internal import NetworkTypes
internal import Observation

/// A systemd-resolved that insists on signatures.
struct ResolvedDegradedCheck: Check {
  let entry = CatalogueEntry(
    number: 61,
    id: "resolved-degraded",
    title: "systemd-resolved takes a server for worse than it is, until a restart",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "systemd-resolved tries what a server can do: EDNS, large datagrams, signatures (DNSSEC). When packets are"
        + " lost, it concludes that the server can't, and asks by less; it tells so in its log (\"Using degraded"
        + " feature set\").",
      "With DNSSEC on, a server that seems unable to give signatures makes lookups fail (\"no-signature\","
        + " \"failed-auxiliary\"), although it answers. That lasts until the next restart or change of servers.",
    ],
    why:
      "dns_server_packet_lost (resolved-dns-server.c) lowers the feature level after lost packets; DNSSEC="
      + " allow-downgrade or yes then validates with what is left.",
    byHand: [
      "resolvectl status; resolvectl statistics   # DNSSEC setting, verdicts",
      "journalctl -u systemd-resolved | grep 'degraded feature set'",
    ],
    sources: ["sd#13432", "sd#6490", "resolved.conf(5), DNSSEC="]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    guard let namespace = host.namespaces.first(where: { $0.state.role == .machine }) else {
      return [result(.host, .notApplicable("the machine's own namespace wasn't looked at"))]
    }
    return [result(namespace.subject) { () throws(Missing) in try judge(host, namespace) }]
  }

  private func judge(_ host: HostView, _ namespace: NamespaceView) throws(Missing) -> Judgement {
    let files = host.snapshot.management.resolverFiles
    let listens = (namespace.state.listeners.value ?? []).contains {
      $0.process?.name.hasPrefix("systemd-resolve") ?? false
    }
    let resolved = try host.resolvedFile()
    let own = try host.resolverFile(of: namespace)
    let isUsed = resolved != nil || own?.addresses.contains(ResolverFile.resolvedStub) == true
    guard listens || isUsed else { return .notApplicable("systemd-resolved doesn't run here") }
    let settings = files.filter { $0.key.contains("resolved.conf") }.sorted {
      Self.order($0.key) < Self.order($1.key)
    }
    if settings.isEmpty { throw Missing(what: "systemd-resolved's configuration: it was not read") }
    var setting: (file: String, value: String)?
    for (path, reading) in settings {
      guard let text = try reading.needed(path) else { continue }
      for line in text.split(whereSeparator: \.isNewline) {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].filter({ !$0.isWhitespace }) == "DNSSEC" else { continue }
        let value = parts[1].filter { !$0.isWhitespace }.lowercased()
        setting = value.isEmpty ? nil : (path, value)
      }
    }
    guard let setting, !["no", "false", "off", "0"].contains(setting.value) else {
      return .passed(
        "DNSSEC isn't switched on in its files; what it thinks of its servers, only resolvectl tells"
      )
    }
    let isStrict = setting.value != "allow-downgrade"
    return finding(
      namespace.subject,
      severity: isStrict ? nil : .info,
      confidence: .possible,
      summary: "systemd-resolved validates signatures (DNSSEC=\(setting.value)).",
      consequence:
        "If packets to a server are lost for a while, lookups through it fail until it is restarted, for the host and"
        + " for containers that ask it. Whether that happened, its log tells.",
      evidence: [Evidence(setting.file, "DNSSEC=\(setting.value)", "answers that seem unsigned are refused")],
      remedies: [
        Remedy(
          .runtime,
          "Have it think anew of its servers.",
          commands: ["resolvectl reset-server-features", "resolvectl flush-caches"]
        ),
        Remedy(
          .persistent,
          "systemd-resolved: don't validate here, if the servers do.",
          commands: ["systemctl restart systemd-resolved"],
          files: [
            Remedy.File(
              path: "/etc/systemd/resolved.conf.d/90-dnssec.conf",
              content: "[Resolve]\nDNSSEC=no\n"
            )
          ]
        ),
      ]
    )
  }

  /// The main file first, then the drop-ins by their names wherever they are.
  private static func order(_ path: String) -> String {
    path.hasSuffix("/resolved.conf") ? "" : String(path.split(separator: "/").last ?? "")
  }
}
