internal import NetworkTypes
internal import Observation

/// A bridge that can't take many more ports.
struct BridgePortLimitCheck: Check {
  let entry = CatalogueEntry(
    number: 16,
    id: "bridge-port-limit",
    title: "a bridge has nearly as many ports as it can have",
    area: .linkLayer,
    severity: .info,
    mechanism: [
      "A bridge takes 1023 ports. The next container fails to start: \"adding interface to bridge failed: exchange"
        + " full\" (EXFULL).",
      "Few hosts run so many containers; most get there by veths that were left behind when engines were killed.",
    ],
    why:
      "find_portno looks for a free number below BR_MAX_PORTS (1 << 10), 0 excluded, and returns -EXFULL if there is"
      + " none: spanning tree has ten bits for a port's number.",
    byHand: [
      "ls /sys/class/net/br0/brif | wc -l",
      "ip -o link show type veth | wc -l    # compare with docker ps -q | wc -l",
    ],
    sources: ["weave#3406", "m#14718", "net/bridge/br_if.c (find_portno)"]
  )

  /// BR_MAX_PORTS without number 0.
  private static let limit = 1023
  /// From here on a busy night may reach the limit.
  private static let nearly = 900

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard bridge.ports.count >= Self.nearly else {
        return .passed("it has \(bridge.ports.count) of at most \(Self.limit) ports")
      }
      let dead = bridge.ports.filter { $0.kind == "veth" && $0.hasCarrier == false }
      return finding(
        bridge.subject,
        summary: "\(bridge.name) has \(bridge.ports.count) of at most \(Self.limit) ports.",
        consequence: "When it is full, no container can start on it.",
        evidence: [
          Evidence("rtnetlink", "\(bridge.ports.count) ports", "a bridge takes \(Self.limit)"),
          Evidence(
            "rtnetlink",
            "\(dead.count) of them are veths without carrier",
            "nothing lives behind those"
          ),
        ],
        remedies: [
          Remedy(
            .runtime,
            "Delete the veths that lead to nobody.",
            commands: dead.prefix(20).map { "ip link delete dev \($0.name)" }
          ),
          Remedy(.persistent, "Spread the containers over several networks (docker network create)."),
        ]
      )
    }
  }
}
