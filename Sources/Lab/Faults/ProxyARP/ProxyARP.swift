internal import NetworkTypes

extension Fault {
  /// The host answers ARP on the bridge for addresses that aren't its own.
  static let proxyARP = Fault(
    id: "proxy-arp",
    text: FaultText(
      title: "the host answers ARP on the bridge for addresses of others",
      story: [
        "proxy_arp was switched on for the bridge, or for all interfaces, by a VPN's or a router's set-up.",
        "A container with a wider subnet than the bridge's, or a wrong one, asks for an address elsewhere and is"
          + " answered with the bridge's MAC. It works by accident, until the route or the setting goes.",
        "The host's answers also hide that the address's owner is missing.",
      ],
      why:
        "With proxy_arp the kernel answers for every address that it would route out of another interface"
        + " (arp_process, arp_fwd_proxy).",
      outage: "None by itself. It makes other faults look like something else.",
      cure: "The host answers for its own addresses only.",
      lasting: [
        FaultText.LastingCure("sysctl (/etc/sysctl.d/90-arp.conf)", "net.ipv4.conf.br0.proxy_arp = 0")
      ],
      next: "Look at your own settings: \"sysctl -a --pattern proxy_arp$\"."
    ),
    parts: [Part("answer", "the host answers ARP for others")],
    marks: [],
    proof: .checkOnly("No lookup fails by itself: the host answers for others, and forwards what it gets."),
    apply: { plan, _ in [.setting(Setting("net.ipv4.conf.\(plan.bridge.name).proxy_arp", "1"))] },
    cure: { plan, _ in [.setting(Setting("net.ipv4.conf.\(plan.bridge.name).proxy_arp", "0"))] }
  )
}
