internal import NetworkTypes

extension Fault {
  /// Announcements of link addresses are ignored.
  static let arpLocktime = Fault(
    id: "arp-locktime",
    text: FaultText(
      title: "settings keep wrong neighbour entries from being corrected",
      story: [
        "A hardening guide's drop_gratuitous_arp is on, or locktime was set to many seconds.",
        "Announcements that would correct a neighbour entry, such as a new container's or a bridge's with arp_notify,"
          + " are ignored.",
        "Whatever changes a MAC here costs the whole time until the entry has been probed in vain.",
      ],
      why:
        "arp_process drops gratuitous ARP where drop_gratuitous_arp is set, and lets other ARP packets override an"
        + " entry only when it wasn't changed for locktime (1 s).",
      outage: "None by itself. Other outages last up to about 53 s instead of none.",
      cure: "Announcements are taken again.",
      lasting: [
        FaultText.LastingCure(
          "sysctl (/etc/sysctl.d/90-arp.conf)",
          "net.ipv4.conf.all.drop_gratuitous_arp = 0",
          "net.ipv4.conf.default.drop_gratuitous_arp = 0"
        )
      ],
      next: "Look at your own settings: \"sysctl -a --pattern drop_gratuitous_arp\"."
    ),
    parts: [Part("ignore", "announcements are ignored")],
    marks: [],
    proof: .checkOnly("No lookup fails by itself: it makes the outages of other faults longer."),
    apply: { plan, _ in [.setting(Setting("net.ipv4.conf.\(plan.bridge.name).drop_gratuitous_arp", "1"))] },
    cure: { plan, _ in [.setting(Setting("net.ipv4.conf.\(plan.bridge.name).drop_gratuitous_arp", "0"))] }
  )
}
