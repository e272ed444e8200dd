internal import NetworkTypes
internal import Statistics

extension Fault {
  /// The founding fault: a bridge that has no link address of its own.
  static let bridgeMACUnstable = Fault(
    id: "bridge-mac-unstable",
    text: .bridgeMACUnstable,
    parts: [
      Part("leave", "the port with the smallest MAC leaves the bridge") { plan, _ in
        plan.container(Topology.founding.lowest).map { [.leave(container: $0.name, port: $0.portName)] } ?? []
      },
      Part("join", "a port with a smaller MAC joins the bridge") { plan, generator in
        [.join(smallerPort(than: plan, using: &generator))]
      },
      Part(
        "join-exempt",
        "the same, but the container behind the old smallest port asks",
        askers: [Topology.founding.lowest],
        isReached: false
      ) { plan, generator in
        [.join(smallerPort(than: plan, using: &generator))]
      },
    ],
    onset: .beforehand,
    marks: [.bridgeAddressChanged, .otherHostDropped],
    selfHealingPart: "leave",
    shape: { $0.bridge.address = nil },
    apply: { _, _ in [] },
    cure: { plan, _ in
      // arp_notify makes the kernel announce the address when it is set (gratuitous ARP), which heals entries
      // that are stale already; off again, so that the address alone is shown to be the cure.
      let announce = [
        "net.ipv4.conf.\(plan.bridge.name).arp_notify", "net.ipv6.conf.\(plan.bridge.name).ndisc_notify",
      ]
      return announce.map { .setting(Setting($0, "1")) } + [.pinAddress(link: plan.bridge.name)]
        + announce.map { .setting(Setting($0, "0")) }
    }
  )

  /// A container whose port has a smaller address than any port of the host.
  private static func smallerPort(than plan: HostPlan, using generator: inout SeededGenerator)
    -> ContainerPlan
  {
    let smallest = plan.containers.map(\.portAddress).min() ?? .broadcast
    return Topology.founding.container(
      "newcomer",
      position: plan.containers.count,
      portAddress: .unicast(below: smallest, using: &generator),
      using: &generator
    )
  }
}
