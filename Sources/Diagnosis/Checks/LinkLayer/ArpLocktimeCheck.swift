internal import NetworkTypes
internal import Observation

/// ARP settings that keep neighbour entries from healing.
struct ArpLocktimeCheck: Check {
  let entry = CatalogueEntry(
    number: 10,
    id: "arp-locktime",
    title: "settings keep neighbour entries from being corrected",
    area: .linkLayer,
    severity: .info,
    mechanism: [
      "A gateway or a container that has a new MAC announces it by gratuitous ARP, or talks, and everybody corrects"
        + " the entry. Two settings prevent that.",
      "drop_gratuitous_arp=1 (some hardening guides have it) makes a host or container ignore announcements: an outage"
        + " that would heal in a millisecond lasts until the entry is given up, up to about 53 s.",
      "locktime lets no other ARP message change an entry that was changed a moment ago: 1 s by default. More makes"
        + " a wrong entry last.",
    ],
    why:
      "arp_process returns early for gratuitous ARP if IN_DEV_ORCONF(DROP_GRATUITOUS_ARP) holds, and overrides an entry"
      + " only if its last update is older than LOCKTIME, or the message is gratuitous.",
    byHand: [
      "sysctl net.ipv4.conf.all.drop_gratuitous_arp net.ipv4.conf.br0.drop_gratuitous_arp   # 0",
      "sysctl net.ipv4.neigh.br0.locktime    # 100: hundredths of a second",
    ],
    sources: [
      "Documentation/networking/ip-sysctl.rst (drop_gratuitous_arp)", "net/ipv4/arp.c (arp_process)",
      "arp(7)",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard bridge.carriesContainers else { return .notApplicable("no containers are on it") }
      var evidence: [Evidence] = []
      var cures: [String] = []
      for key in try Self.wrong(in: bridge.namespace, interface: bridge.name) {
        evidence.append(Evidence("sysctl in \(bridge.namespace.name)", key.text, key.meaning))
        cures.append("sysctl -w \(key.cure)")
      }
      for container in bridge.containers {
        guard let inside = container.inside, let interface = container.interface, !inside.settings.isEmpty
        else {
          continue
        }
        for key in try Self.wrong(in: inside, interface: interface.name) {
          evidence.append(Evidence("sysctl in \(container.name)", key.text, key.meaning))
          cures.append(container.command("sysctl -w \(key.cure)"))
        }
      }
      guard !evidence.isEmpty else {
        return .passed("announcements are taken, and entries can be corrected after at most a second")
      }
      return finding(
        bridge.subject,
        summary: "Settings keep wrong neighbour entries on \(bridge.name) from being corrected.",
        consequence:
          "If a MAC changes here, the outage lasts longer than it must, and announcing the MAC doesn't help:"
          + " \(bridge.containersInWords).",
        evidence: evidence,
        remedies: [
          Remedy(.runtime, "The kernel's defaults.", commands: cures),
          Remedy(
            .persistent,
            "Find the file that sets it: grep -rs drop_gratuitous_arp /etc/sysctl.conf /etc/sysctl.d /usr/lib/sysctl.d"
          ),
        ]
      )
    }
  }

  private struct Wrong {
    let text: String
    let meaning: String
    let cure: String
  }

  /// The default locktime is a second; the file has hundredths of a second (USER_HZ), rounded either way.
  private static let longestLocktime = 100

  private static func wrong(in namespace: NamespaceSnapshot, interface: String) throws(Missing) -> [Wrong] {
    var found: [Wrong] = []
    for name in ["all", interface] {
      let key = SnapshotSettings.key("net/ipv4/conf/IF/drop_gratuitous_arp", interface: name)
      let value = try namespace.settings[key].needed("\(key) of \(namespace.name)") ?? "0"
      if value != "0" {
        found.append(Wrong(text: "\(key) = \(value)", meaning: "announcements are ignored", cure: "\(key)=0"))
      }
    }
    let key = SnapshotSettings.key("net/ipv4/neigh/IF/locktime", interface: interface)
    if let value = try namespace.settings[key].needed("\(key) of \(namespace.name)"), let ticks = Int(value),
      ticks > longestLocktime
    {
      found.append(
        Wrong(
          text: "\(key) = \(value)",
          meaning: "an entry can't be corrected for \(ticks / 100) s after it was changed",
          cure: "\(key)=\(longestLocktime)"
        )
      )
    }
    return found
  }
}
