internal import NetworkTypes

extension Fault {
  /// Two containers have one address.
  static let ipDuplicate = Fault(
    id: "ip-duplicate",
    text: FaultText(
      title: "two containers on one bridge have the same address",
      story: [
        "Two allocators hand out addresses of one subnet without knowing of each other: two dockerds on one bridge, or"
          + " one that lost its state when it was restarted.",
        "The second container asked for the gateway by ARP, and the host learnt its MAC for the address that both have.",
        "Answers to the first container's requests went to the second, which dropped them: it had asked nothing.",
      ],
      why:
        "ARP believes whoever spoke last: a request renews the asker's entry on the host (arp_process). A neighbour"
        + " table has one link address for each Internet address.",
      outage:
        "As long as both talk. It moves to and fro: each time one of them asks by ARP, the other loses its answers.",
      cure: "The second container gets an address of its own, and the host forgets what it learnt.",
      lasting: [
        FaultText.LastingCure(
          "dockerd (daemon.json of each)",
          "{\"fixed-cidr\": \"172.18.0.0/17\"}  and  {\"fixed-cidr\": \"172.18.128.0/17\"}"
        ),
        FaultText.LastingCure("or a bridge for each daemon", "{\"bridge\": \"brci0\"}"),
      ],
      next:
        "Look for addresses with two owners: \"arping -b -c 3 -I br0 ADDRESS\" shows answers from two MACs; or compare"
        + " \"docker inspect\" on every socket."
    ),
    topology: .neighbours,
    parts: [Part("second", "a second container takes the first one's address and asks", talkers: [second])],
    marks: [.twoOwners],
    apply: { plan, family in move(in: plan, family, back: false) },
    cure: { plan, family in move(in: plan, family, back: true) + [.flushNeighbours(link: plan.bridge.name)] }
  )

  private static let second = "second"

  private static func move(in plan: HostPlan, _ family: IPFamily, back: Bool) -> [Action] {
    func prefix(_ name: String) -> IPPrefix? {
      plan.container(name)?.addresses.first { $0.address.family == family }
    }
    guard let own = prefix(second), let taken = prefix("build"),
      let gateway = plan.bridge.gateways.map(\.address).first(where: { $0.family == family })
    else { return [] }
    return [
      .moveAddress(container: second, from: back ? taken : own, to: back ? own : taken, gateway: gateway)
    ]
  }
}
