internal import NetworkTypes

extension Fault {
  /// A container has the gateway's address and says so.
  static let gatewayHijack = Fault(
    id: "gateway-ip-hijack",
    text: FaultText(
      title: "a container has the gateway's address, and says so by ARP",
      story: [
        "A container, or another machine on the segment, has the address of the bridge itself: it was given by hand, by"
          + " an allocator that didn't know the gateway, or it came with an image.",
        "It announced the address by gratuitous ARP, as hosts do when an interface comes up.",
        "The other containers believed it. Their requests went to it instead of the host, and it dropped them: it is no"
          + " router.",
      ],
      why:
        "Nobody owns an address on Ethernet. arp_process lets a gratuitous ARP override an existing entry, whatever its"
        + " state and age, and a neighbour advertisement with the override flag does the same for IPv6. Without the"
        + " announcement the host's own answers mostly come first.",
      outage:
        "Until the host itself asks the container by ARP, which it does some 5 s after it first used its entry for it, and"
        + " each announcement of the other one starts it anew. Over IPv6 for as long as the other one is there: the host"
        + " asks from its link-local address, and renews no entry for the global one.",
      cure: "The address is taken away from the container, and the host announces that it is its own.",
      lasting: [
        FaultText.LastingCure(
          "dockerd: keep addresses that others use out of the pool",
          "docker network create --aux-address router=172.18.0.1 NET"
        ),
        FaultText.LastingCure(
          "nftables: nobody but the host speaks for the gateway (br0's ports)",
          "table bridge guard { chain prerouting {",
          "  type filter hook prerouting priority -300;",
          "  arp saddr ip 172.18.0.1 drop } }"
        ),
      ],
      next: "Ask who has the gateway's address: \"arping -b -c 3 -I eth0 172.18.0.1\", in a container."
    ),
    topology: .neighbours,
    parts: [Part("announce", "another container takes the gateway's address and announces it")],
    marks: [.gatewayClaimed],
    apply: { plan, family in
      guard let gateway = gateway(of: plan, family), let second = plan.container("second") else { return [] }
      return [
        .inside(container: second.name, .setting(Setting(notify(family), "1"))),
        .inside(container: second.name, .addAddress(gateway)),
        // Setting the link address, even to the same, makes the kernel announce all addresses.
        .inside(container: second.name, .setAddress(second.address)),
      ]
    },
    cure: { plan, family in
      guard let gateway = gateway(of: plan, family) else { return [] }
      return [.inside(container: "second", .removeAddress(gateway))]
        + announced(.pinAddress(link: plan.bridge.name), on: plan)
    }
  )

  private static func gateway(of plan: HostPlan, _ family: IPFamily) -> IPPrefix? {
    plan.bridge.gateways.first { $0.address.family == family }
  }

  private static func notify(_ family: IPFamily) -> String {
    family == .v4 ? "net.ipv4.conf.eth0.arp_notify" : "net.ipv6.conf.eth0.ndisc_notify"
  }
}
