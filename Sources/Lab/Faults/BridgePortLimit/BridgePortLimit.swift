internal import NetworkTypes

extension Fault {
  /// The bridge has almost as many ports as a bridge can have.
  static let bridgePortLimit = Fault(
    id: "bridge-port-limit",
    text: FaultText(
      title: "the bridge is nearly full of ports that lead nowhere",
      story: [
        "Ports of containers that ended long ago were never removed: an engine was killed, a network plug-in failed"
          + " half-way.",
        "A bridge takes 1,023 ports. The next container's can't join (\"exchange full\"), and it doesn't start.",
      ],
      why:
        "A port's number has ten bits in spanning tree's port id (BR_MAX_PORTS, find_portno answers EXFULL).",
      outage: "For containers that start once the bridge is full; those that run don't notice.",
      cure: "The ports that lead nowhere are deleted.",
      lasting: [
        FaultText.LastingCure("dockerd: several networks", "docker network create builds-2")
      ],
      next: "Count your own: \"ls /sys/class/net/br0/brif | wc -l\"."
    ),
    parts: [Part("crowd", "900 ports join that lead nowhere")],
    marks: [],
    proof: .checkOnly("No lookup fails: containers that are there don't notice, and others don't start."),
    apply: { plan, _ in [.crowd(bridge: plan.bridge.name, prefix: "dead", count: 900)] },
    cure: { _, _ in [.disperse(prefix: "dead", count: 900)] }
  )
}
