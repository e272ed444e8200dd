internal import NetworkTypes
internal import Observation

/// Ports that don't get what they should.
struct PortIsolatedCheck: Check {
  let entry = CatalogueEntry(
    number: 14,
    id: "port-isolated",
    title: "bridge ports are isolated or get no flooded frames",
    area: .linkLayer,
    severity: .info,
    mechanism: [
      "Two ports with isolated=1 can't reach each other, only the host and ports that aren't isolated. A build that asks"
        + " a resolver in another container gets no answer, while everything outside works.",
      "With unicast_flood=0 a port doesn't get frames for MACs that the bridge hasn't learnt, with broadcast_flood=0 no"
        + " ARP requests, with learning=0 its container's MAC is never learnt. What works then depends on who spoke"
        + " last.",
      "Somebody set these on purpose, for security; it hurts if containers are to reach each other.",
    ],
    why:
      "br_skb_isolated and should_deliver refuse a frame from one isolated port to another. br_flood passes ports over"
      + " without BR_FLOOD or BR_BCAST_FLOOD, and br_handle_frame_finish learns only at ports with BR_LEARNING.",
    byHand: ["bridge -d link show    # \"isolated on\", \"flood off\", \"learning off\""],
    sources: ["bridge(8)", "net/bridge/br_private.h (br_skb_isolated)", "net/bridge/br_forward.c (br_flood)"]
  )

  /// Options that a port should have on, and what is missing without.
  private static let expected = [
    ("unicast_flood", "it gets no frames for MACs that the bridge hasn't learnt"),
    ("broadcast_flood", "it gets no broadcasts, such as ARP requests"),
    ("learning", "the bridge doesn't learn the MACs behind it"),
  ]

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      let ports = bridge.containers.map(\.port)
      guard !ports.isEmpty else { return .notApplicable("no container is on it") }
      if let unread = ports.first(where: { $0.port == nil }) {
        throw Missing(what: "the options of the port \(unread.name)")
      }
      let names = Dictionary(bridge.containers.map { ($0.port.index, $0.name) }) { first, _ in first }
      var evidence: [Evidence] = []
      var cures: [String] = []
      // One isolated port has nobody that it is kept from.
      let isolated = ports.filter { $0.port?["isolated"] == "1" }
      for port in isolated where isolated.count > 1 {
        evidence.append(
          Evidence(
            "/sys/class/net/\(port.name)/brport/isolated",
            "1",
            "\(names[port.index] ?? port.name) can't reach the other isolated ones"
          )
        )
        cures.append("bridge link set dev \(port.name) isolated off")
      }
      let options = ["unicast_flood": "flood", "broadcast_flood": "bcast_flood", "learning": "learning"]
      for port in ports {
        for (option, meaning) in Self.expected where port.port?[option] == "0" {
          evidence.append(
            Evidence(
              "/sys/class/net/\(port.name)/brport/\(option)",
              "0",
              "\(names[port.index] ?? port.name): \(meaning)"
            )
          )
          cures.append("bridge link set dev \(port.name) \(options[option] ?? option) on")
        }
      }
      guard !evidence.isEmpty else {
        return .passed("its \(ports.count) containers' ports pass frames to each other")
      }
      return finding(
        bridge.subject,
        summary:
          isolated.count > 1
          ? "Containers on \(bridge.name) are kept from each other."
          : "Ports of \(bridge.name) don't get all the frames that are for them.",
        consequence:
          "A resolver or service in one container of the bridge can't be reached from others; the way out still works.",
        evidence: evidence,
        remedies: [Remedy(.runtime, "The kernel's defaults, if nobody wants it so.", commands: cures)]
      )
    }
  }
}
