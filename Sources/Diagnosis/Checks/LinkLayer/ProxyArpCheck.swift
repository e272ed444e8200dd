internal import NetworkTypes
internal import Observation

/// A host that answers ARP for others, or not for itself.
struct ProxyArpCheck: Check {
  let entry = CatalogueEntry(
    number: 9,
    id: "proxy-arp",
    title: "the host answers ARP for addresses that aren't its own",
    area: .linkLayer,
    severity: .info,
    mechanism: [
      "With proxy ARP a host answers requests for every address that it would route elsewhere. On a containers' bridge"
        + " it then claims addresses of machines, and of containers that are gone; their neighbours send to the host.",
      "An address that is both a container's and, by another route, somewhere else has two owners: whoever answers"
        + " last wins.",
      "The opposite is worse: with arp_ignore=8 the host doesn't answer for its own address either, and containers"
        + " never find their gateway.",
    ],
    why:
      "arp_process answers if IN_DEV_PROXY_ARP is set for the interface or for all, and the route to the address leads"
      + " out of another interface; a bridge's port with proxyarp answers from its neighbour table"
      + " (br_do_proxy_suppress_arp). arp_ignore() decides for the host's own addresses.",
    byHand: [
      "sysctl net.ipv4.conf.all.proxy_arp net.ipv4.conf.br0.proxy_arp   # 0 and 0",
      "cat /sys/class/net/br0/brif/*/proxyarp                            # 0",
      "arping -c 1 -I eth0 172.18.99.99   # in a container: an address that nobody has must stay silent",
    ],
    sources: ["ovn-kubernetes#5497", "Documentation/networking/ip-sysctl.rst (proxy_arp, arp_ignore)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard bridge.carriesContainers else { return .notApplicable("no containers are on it") }
      var evidence: [Evidence] = []
      var cures: [String] = []
      for interface in ["all", bridge.name] {
        let key = SnapshotSettings.key("net/ipv4/conf/IF/proxy_arp", interface: interface)
        let value = try bridge.namespace.settings[key].needed(key) ?? "0"
        if value != "0" {
          evidence.append(
            Evidence("sysctl", "\(key) = \(value)", "the host answers for whatever it routes elsewhere")
          )
          cures.append("sysctl -w \(key)=0")
        }
      }
      for port in bridge.ports where port.port?["proxyarp"] == "1" {
        evidence.append(
          Evidence(
            "/sys/class/net/\(port.name)/brport/proxyarp",
            "1",
            "the bridge answers at this port for others"
          )
        )
        cures.append("bridge link set dev \(port.name) proxy_arp off")
      }
      if let mute = try muteness(of: bridge) {
        evidence.append(mute.evidence)
        cures.append(mute.cure)
      }
      guard !evidence.isEmpty else {
        return .passed("the host answers on it for its own addresses, and no others")
      }
      return finding(
        bridge.subject,
        summary: "ARP on \(bridge.name) isn't answered by whoever has the address.",
        consequence:
          "Neighbour entries of \(bridge.containersInWords) may be the host's MAC for others, or missing.",
        evidence: evidence,
        remedies: [
          Remedy(.runtime, "Answer for the host's own addresses only.", commands: cures),
          Remedy(
            .persistent,
            "The same at boot.",
            files: [
              Remedy.File(
                path: "/etc/sysctl.d/90-\(bridge.name)-arp.conf",
                content: cures.filter { $0.hasPrefix("sysctl") }.map {
                  $0.dropFirst("sysctl -w ".count) + "\n"
                }.joined()
              )
            ]
          ),
        ]
      )
    }
  }

  /// The host's own addresses are answered for unless arp_ignore is 8; the larger of both values counts.
  private func muteness(of bridge: BridgeView) throws(Missing) -> (evidence: Evidence, cure: String)? {
    for interface in ["all", bridge.name] {
      let key = SnapshotSettings.key("net/ipv4/conf/IF/arp_ignore", interface: interface)
      guard try bridge.namespace.settings[key].needed(key) == "8" else { continue }
      return (
        Evidence("sysctl", "\(key) = 8", "the host doesn't answer for its own address either"),
        "sysctl -w \(key)=0"
      )
    }
    return nil
  }
}
