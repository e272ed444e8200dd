internal import NetworkTypes
internal import Observation

extension Fault {
  /// A broadcast makes more copies than a processor's queue holds.
  static let floodBacklog = Fault(
    id: "flood-vs-backlog",
    text: FaultText(
      title: "one broadcast on the bridge is more than a receive queue holds",
      story: [
        "The bridge has more than 1,000 ports.",
        "A broadcast, such as an ARP request, is copied to each of them at once. The copies wait in the queue of one"
          + " processor, which holds netdev_max_backlog of them (1,000); the others are dropped.",
        "Which container doesn't hear the question is a matter of chance, and so is whose lookup fails.",
      ],
      why:
        "veth_xmit hands a frame to the receiving end by netif_rx, which queues it for the same processor"
        + " (enqueue_to_backlog, SKB_DROP_REASON_CPU_BACKLOG).",
      outage: "At each broadcast, for those that were left out; ARP asks three times, a second apart.",
      cure: "The bridge has fewer ports. A longer queue does as well, but that is the whole machine's.",
      lasting: [
        FaultText.LastingCure("sysctl (/etc/sysctl.d/90-backlog.conf)", "net.core.netdev_max_backlog = 4000"),
        FaultText.LastingCure("dockerd: several networks", "docker network create builds-2"),
      ],
      next: "Look at the second column of /proc/net/softnet_stat: it counts what was dropped."
    ),
    parts: [Part("crowd", "1,001 ports join")],
    marks: [],
    proof: .checkOnly(
      "A thousand ports that really take frames are a load that the machine's other users would notice."
    ),
    surroundings: { snapshot in
      // Both are the whole machine's: the kernel's default, and a machine that has dropped nothing yet.
      snapshot.machine.settings["net.core.netdev_max_backlog"] = .value("1000")
      snapshot.machine.softnet = .value(["processed": 1_000_000, "dropped": 0])
    },
    apply: { plan, _ in [.crowd(bridge: plan.bridge.name, prefix: "many", count: 1001)] },
    cure: { _, _ in [.disperse(prefix: "many", count: 1001)] }
  )
}
