internal import NetworkTypes
internal import Observation

/// A dnsmasq that forwards few questions at once.
struct DnsmasqForwardMaxCheck: Check {
  let entry = CatalogueEntry(
    number: 59,
    id: "dnsmasq-forward-max",
    title: "dnsmasq forwards at most 150 questions at once",
    area: .resolver,
    severity: .warning,
    mechanism: [
      "dnsmasq keeps at most dns-forward-max questions that its own servers haven't answered: 150 unless told"
        + " otherwise. Further ones get no answer, or a refusal.",
      "That is enough as long as the servers answer in milliseconds. When one is slow for a second, 150 are reached"
        + " by many builds that start at once, and unrelated lookups fail.",
    ],
    why:
      "get_new_frec (dnsmasq, forward.c) refuses when the list has daemon->ftabsize entries, and logs \"Maximum number"
      + " of concurrent DNS queries reached\".",
    byHand: [
      "journalctl -u dnsmasq | grep 'concurrent DNS queries'",
      "grep -r dns-forward-max /etc/dnsmasq.conf /etc/dnsmasq.d; ps -o args= -C dnsmasq",
    ],
    sources: ["dnsmasq(8), --dns-forward-max", "jpillora/docker-dnsmasq#27"]
  )

  private static let standard = 150

  func examine(_ host: HostView) -> [CheckResult] {
    eachNamespace(of: host) { (namespace) throws(Missing) in
      let name = namespace.state.name
      let listeners = try namespace.state.listeners.needed("the listening sockets of \(name)") ?? []
      let own = listeners.filter { $0.process?.name == "dnsmasq" && $0.port == 53 }
      guard let process = own.compactMap(\.process).first else {
        return .notApplicable("no dnsmasq listens in \(name)")
      }
      guard let settings = DnsmasqSettings(process, files: host.snapshot.management.resolverFiles) else {
        throw Missing(what: "the arguments and files of dnsmasq, process \(process.pid): they were not read")
      }
      let limit = settings.number("dns-forward-max") ?? Self.standard
      let addresses = Set((namespace.state.addresses.value ?? []).map(\.prefix.address))
      let users = namespace.bridges.flatMap(\.containers).filter { container in
        container.inside?.resolver.value.map { text in
          ResolverFile(text).addresses.contains { addresses.contains($0) }
        } ?? false
      }
      if limit >= 500 || (limit >= Self.standard && users.count < 50) {
        return .passed("dnsmasq forwards \(limit) questions at once, for \(users.count) containers")
      }
      return finding(
        namespace.subject,
        severity: limit < Self.standard ? nil : .info,
        confidence: .possible,
        summary: "dnsmasq forwards at most \(limit) questions at once, for \(users.count) containers.",
        consequence:
          "When its servers are slow, lookups of all its containers fail. Whether it happened, its log tells.",
        evidence: [
          Evidence(
            settings.places["dns-forward-max"].flatMap { $0.hasPrefix("/") ? $0 : nil }
              ?? "arguments of dnsmasq, process \(process.pid)",
            settings.values["dns-forward-max"] == nil
              ? "no dns-forward-max, so \(limit)" : "dns-forward-max=\(limit)",
            limit < Self.standard ? "less than dnsmasq's own 150" : "dnsmasq's own limit, for many containers"
          )
        ],
        remedies: [
          Remedy(
            .persistent,
            "dnsmasq: a file in its folder; it is read at its next start.",
            commands: ["systemctl restart dnsmasq"],
            files: [Remedy.File(path: "/etc/dnsmasq.d/forward-max.conf", content: "dns-forward-max=1000\n")]
          )
        ]
      )
    }
  }
}
