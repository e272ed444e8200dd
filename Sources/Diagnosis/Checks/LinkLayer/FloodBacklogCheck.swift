internal import NetworkTypes
internal import Observation

/// A processor's receive queue that overflows when a frame goes to all ports.
struct FloodBacklogCheck: Check {
  let entry = CatalogueEntry(
    number: 17,
    id: "flood-vs-backlog",
    title: "one broadcast is more than a processor's receive queue holds",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "A frame that goes to all ports (an ARP request is one) is copied for each, and each copy enters the receive queue"
        + " of the processor that does it, which holds 1000 frames by default.",
      "With more ports than that, the last ones never get it: the gateway's or a container's ARP request is lost for the"
        + " same containers again and again. With fewer ports it happens when several broadcasts come together or the"
        + " processor is late.",
    ],
    why:
      "veth_xmit hands each copy to netif_rx, and enqueue_to_backlog drops it when the queue is longer than"
      + " netdev_max_backlog (SKB_DROP_REASON_CPU_BACKLOG); it counts that in the second column of softnet_stat.",
    byHand: [
      "cat /proc/net/softnet_stat    # the second column counts drops, in hexadecimal, a line for each processor",
      "sysctl net.core.netdev_max_backlog; ls /sys/class/net/br0/brif | wc -l",
    ],
    sources: ["m#44973", "kubeflow/pipelines#13729", "net/core/dev.c (enqueue_to_backlog)"]
  )

  /// Among so many frames one that is lost is noticed: a lookup has four.
  private static let noticeable = 1e-4

  func examine(_ host: HostView) -> [CheckResult] {
    [result(.host) { () throws(Missing) in try judge(host) }]
  }

  private func judge(_ host: HostView) throws(Missing) -> Judgement {
    guard let widest = host.bridges.max(by: { $0.ports.count < $1.ports.count }) else {
      return .notApplicable("there is no bridge")
    }
    let key = "net.core.netdev_max_backlog"
    guard let text = try host.snapshot.machine.settings[key].needed(key), let backlog = Int(text) else {
      return .notApplicable("\(key) isn't here: not the machine's first namespace")
    }
    let softnet = try host.snapshot.machine.softnet.required("/proc/net/softnet_stat")
    let dropped = softnet["dropped"] ?? 0
    let share = Double(dropped) / Double(max(1, softnet["processed"] ?? 1))
    let ports = "\(widest.name) has \(widest.ports.count) ports, and a queue holds \(backlog) frames"
    let isTooWide = widest.ports.count > backlog
    guard isTooWide || dropped > 0 else { return .passed("\(ports); none was ever dropped") }
    guard isTooWide || share >= Self.noticeable else {
      return .passed("\(ports); \(dropped) were dropped since the boot, too few of all to be noticed")
    }
    let wanted = max(4 * widest.ports.count, 4 * backlog)
    return finding(
      .host,
      confidence: isTooWide ? .certain : .likely,
      summary: isTooWide
        ? "A broadcast on \(widest.name) is more than a processor's queue holds."
        : "The processors' receive queues overflow.",
      consequence: "ARP requests and other frames are lost at random; most for \(widest.containersInWords).",
      evidence: [
        Evidence("rtnetlink and sysctl", ports, "each port's copy of a broadcast takes a place"),
        Evidence(
          "/proc/net/softnet_stat",
          "dropped \(dropped)",
          "so many frames were lost for want of a place"
        ),
      ],
      remedies: [
        Remedy(.runtime, "Longer queues.", commands: ["sysctl -w \(key)=\(wanted)"]),
        Remedy(
          .persistent,
          "The same at boot.",
          files: [Remedy.File(path: "/etc/sysctl.d/90-backlog.conf", content: "\(key)=\(wanted)\n")]
        ),
      ]
    )
  }
}
