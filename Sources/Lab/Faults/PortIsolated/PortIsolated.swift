extension Fault {
  /// Two ports of the bridge are isolated from each other.
  static let portIsolated = Fault(
    id: "port-isolated",
    text: FaultText(
      title: "two ports are isolated, so one container can't reach the other",
      story: [
        "Somebody isolated the ports of the bridge, so that builds don't see each other: \"isolated on\" for each, by a"
          + " network plug-in, a virtualization tool, or by hand.",
        "The resolver is in a container on the same bridge, and its port was isolated as well.",
        "Isolated ports talk to the bridge and to ports that aren't isolated, not to each other. Everything outside"
          + " could be reached; the resolver next door could not.",
      ],
      why:
        "br_forward and br_flood leave a frame out of a port if both the port it came in by and that one have"
        + " BR_ISOLATED set (should_deliver, br_skb_isolated). No counter counts it.",
      outage: "Until one of the two ports isn't isolated any more.",
      cure: "The resolver's port isn't isolated any more; the builds' stay so.",
      lasting: [
        FaultText.LastingCure(
          "systemd-networkd (the .network of the resolver's port)",
          "[Bridge]",
          "Isolated=no"
        ),
        FaultText.LastingCure(
          "by hand, whenever the resolver's container has started",
          "bridge link set dev VETH isolated off"
        ),
      ],
      next:
        "Look at your own ports: \"grep . /sys/class/net/*/brport/isolated\" should print 0, or 1 on purpose."
    ),
    topology: .resolverOnBridge,
    parts: [Part("isolate", "the ports of the builds and of the resolver are isolated")],
    marks: [.portIsolated],
    apply: { plan, _ in
      plan.containers.filter { $0.name == "build" || $0.name == resolver }.map {
        .portOption(port: $0.portName, .isolated, isOn: true)
      }
    },
    cure: { plan, _ in
      plan.containers.filter { $0.name == resolver }.map {
        .portOption(port: $0.portName, .isolated, isOn: false)
      }
    }
  )

  private static let resolver = "dns"
}
