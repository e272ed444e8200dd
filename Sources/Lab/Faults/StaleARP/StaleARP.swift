internal import NetworkTypes

extension Fault {
  /// The host sends a reused address's packets to the container that had it before.
  static let staleARP = Fault(
    id: "stale-arp-ip-reuse",
    text: FaultText(
      title: "the host still sends a reused address's packets to its former owner",
      story: [
        "A container gave its address up, and another one got it at once, with another MAC.",
        "The host's neighbour entry for the address held the former owner's MAC still. The new owner knew its"
          + " gateway already, so it had no reason to ask by ARP, which would have told the host.",
        "Its requests were forwarded and answered. The answers went to the former owner, which dropped them.",
      ],
      why:
        "A neighbour entry is kept while it is thought to be good (gc_stale_time, base_reachable_time), and is used"
        + " without asking. It is replaced when its owner speaks ARP, or when it has been probed in vain. Assigning an"
        + " address announces nothing: the kernel sends gratuitous ARP only with arp_notify, and only when a link comes"
        + " up or its MAC changes.",
      outage:
        "Until the host has probed the entry in vain: 5 s (delay_first_probe_time) and three probes, 1 s apart, so about"
        + " 8 s from its first use on; up to about 53 s if it had just been confirmed. A new owner that asks by ARP"
        + " itself ends it at once, unless the entry changed less than a second before (locktime).",
      cure:
        "The host forgets its neighbours on the bridge, and asks again. Docker 28 and later has each new container"
        + " announce its addresses three times, a second apart.",
      lasting: [
        FaultText.LastingCure("dockerd", "28 or later: containers announce their addresses"),
        FaultText.LastingCure(
          "whoever starts containers, after each start (iputils' arping, in the container)",
          "arping -A -c 2 -I eth0 ADDRESS"
        ),
      ],
      next:
        "Compare the host's entries with the containers' MACs: \"ip neigh show dev br0\" and, in each container,"
        + " \"cat /sys/class/net/eth0/address\"."
    ),
    topology: .neighbours,
    parts: [
      Part("reuse", "a container's address is given to another one", askers: ["build", "second"])
    ],
    marks: [.staleNeighbour],
    apply: { plan, family in
      guard let gateway = plan.bridge.gateways.map(\.address).first(where: { $0.family == family }),
        let old = plan.container("build")?.addresses.first(where: { $0.address.family == family }),
        let fresh = Topology.addresses(position: 20).first(where: { $0.address.family == family })
      else { return [] }
      // The new owner keeps its first address: losing its last one would make it forget its gateway, and ask.
      return [
        .moveAddress(container: "build", from: old, to: fresh, gateway: gateway),
        .inside(container: "second", .addAddress(old)),
        .inside(container: "second", .sendAs(old.address, via: gateway)),
      ]
    },
    cure: { plan, _ in [.flushNeighbours(link: plan.bridge.name)] }
  )
}
