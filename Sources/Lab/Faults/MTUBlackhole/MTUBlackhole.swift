internal import NetworkTypes

extension Fault {
  /// The way out is narrower than the bridge.
  static let mtuBlackhole = Fault(
    id: "mtu-blackhole",
    text: FaultText(
      title: "the bridge takes packets that the way out is too narrow for",
      story: [
        "The way out has a smaller MTU than the bridge: a tunnel, a VPN, a cloud's overlay. Containers"
          + " don't know: dockerd gives their interfaces 1500 unless told otherwise, and a daemon inside a"
          + " container doesn't inherit it.",
        "Small packets pass. A large one that must not be fragmented is answered with \"fragmentation"
          + " needed\"; where a firewall drops that, it vanishes.",
        "Lookups succeed, connections are made, and then a download or a TLS handshake hangs; so does a"
          + " lookup by TCP with a large answer.",
      ],
      why:
        "The kernel learns a path's MTU from ICMP (RFC 1191, ip_rt_update_pmtu) or not at all. Between"
        + " bridge and uplink it sends that ICMP itself, if nothing drops it.",
      outage:
        "As long as the MTUs differ, for large packets only; that is why small tests pass.",
      cure:
        "The bridge gets the MTU of the way out. Containers that exist keep theirs until they are started"
        + " anew.",
      lasting: [
        FaultText.LastingCure(
          "dockerd (daemon.json)",
          "{\"mtu\": 1400, \"default-network-opts\":",
          "  {\"bridge\": {\"com.docker.network.driver.mtu\": \"1400\"}}}"
        ),
        FaultText.LastingCure(
          "nftables, for TCP",
          "tcp flags syn tcp option maxseg size set rt mtu"
        ),
      ],
      next:
        "Send a large packet that must not be fragmented from a container: \"ping -M do -s 1472 ADDRESS\"."
    ),
    parts: [Part("narrow", "the uplink's MTU becomes 1400")],
    marks: [],
    proof: .checkOnly(
      "Lookups are small; what is lost are large packets, which a lab's lookups never send."
    ),
    apply: { plan, _ in [.setMTU(link: plan.uplink.name, 1400)] },
    cure: { plan, _ in [.setMTU(link: plan.uplink.name, 1500)] }
  )
}
