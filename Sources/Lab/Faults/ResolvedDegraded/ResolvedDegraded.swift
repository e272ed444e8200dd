internal import NetworkTypes

extension Fault {
  /// The host's systemd-resolved insists on signatures.
  static let resolvedDegraded = Fault(
    id: "resolved-degraded",
    text: FaultText(
      title: "systemd-resolved validates signatures, and doubts its servers",
      story: [
        "The host's resolver is systemd-resolved, told to validate signatures (DNSSEC=yes).",
        "Packets to a server are lost for a while. systemd-resolved concludes that the server can't do EDNS, and asks it"
          + " by less (\"Using degraded feature set\").",
        "By less there are no signatures. Lookups fail (\"no-signature\", \"failed-auxiliary\") although the server answers,"
          + " until a restart or a change of servers.",
      ],
      why:
        "dns_server_packet_lost (systemd, resolved-dns-server.c) lowers the server's feature level, and answers are then"
        + " validated with what is left.",
      outage: "Until systemd-resolved is restarted, or told to forget (resolvectl reset-server-features).",
      cure: "A drop-in switches validation off here; the servers do it.",
      lasting: [
        FaultText.LastingCure(
          "systemd-resolved (/etc/systemd/resolved.conf.d/90-dnssec.conf)",
          "[Resolve]",
          "DNSSEC=no"
        )
      ],
      next: "Ask its log: \"journalctl -u systemd-resolved | grep 'degraded feature set'\"."
    ),
    parts: [Part("dnssec", "systemd-resolved's configuration asks for signatures")],
    marks: [],
    proof: .checkOnly("A lab runs no systemd; what it has are systemd-resolved's files."),
    ground: { plan in
      let servers = plan.resolver.text
      plan.resolver = ResolverConfiguration(servers: [.v4(IPv4Address(127, 0, 0, 53))])
      plan.files["/run/systemd/resolve/resolv.conf"] = servers
      plan.files[configuration] = "[Resolve]\n"
    },
    apply: { _, _ in [.file(path: configuration, text: "[Resolve]\nDNSSEC=yes\n")] },
    cure: { _, _ in
      [.file(path: "/etc/systemd/resolved.conf.d/90-dnssec.conf", text: "[Resolve]\nDNSSEC=no\n")]
    }
  )

  private static let configuration = "/etc/systemd/resolved.conf"
}
