internal import NetworkTypes

extension Fault {
  /// Somebody switched forwarding off.
  static let ipForwardReset = Fault(
    id: "ip-forward-reset",
    text: FaultText(
      title: "forwarding was switched off after dockerd had switched it on",
      story: [
        "dockerd switches net.ipv4.ip_forward on once, when it starts.",
        "Later something set it to 0 again: \"sysctl -p\", systemd-sysctl after a package's upgrade, a hardening rule, a"
          + " restart of the network.",
        "The host still took the containers' packets in, found that they were for somebody else, and dropped them.",
      ],
      why:
        "With forwarding off a Linux host is no router: a packet that is not for one of its own addresses fails the"
        + " routing decision (ip_route_input_slow answers EHOSTUNREACH) and is counted as InAddrErrors.",
      outage: "Until somebody sets it to 1; dockerd does only when it starts.",
      cure:
        "The setting is 1 again. It stays so only if the line that resets it goes as well: \"sysctl -p\" reads"
        + " /etc/sysctl.conf alone, and Debian's link to that file sorts after most names in /etc/sysctl.d.",
      lasting: [
        FaultText.LastingCure(
          "sysctl (/etc/sysctl.conf, in place of the line that says 0)",
          "net.ipv4.ip_forward = 1",
          "net.ipv6.conf.all.forwarding = 1"
        ),
        FaultText.LastingCure(
          "systemd-networkd 256 and later (networkd.conf)",
          "[Network]",
          "IPv4Forwarding=yes"
        ),
        FaultText.LastingCure("systemd-networkd before 256 (br0.network)", "[Network]", "IPForward=yes"),
      ],
      next: "Look for who resets it: \"grep -r ip_forward /etc/sysctl.conf /etc/sysctl.d /usr/lib/sysctl.d\"."
    ),
    parts: [Part("reset", "forwarding is set to 0")],
    marks: [
      .setting("ip_forward", "0"),
      .counterGrew(["Ip.InAddrErrors", "Ip6.InAddrErrors"]),
    ],
    apply: { _, family in [.setting(Setting(forwarding(family), "0"))] },
    cure: { _, family in [.setting(Setting(forwarding(family), "1"))] }
  )

  private static func forwarding(_ family: IPFamily) -> String {
    family == .v4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding"
  }
}
