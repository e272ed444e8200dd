internal import NetworkTypes
internal import Observation

/// Frames that go round, or come from two places.
struct L2LoopCheck: Check {
  let entry = CatalogueEntry(
    number: 18,
    id: "l2-loop",
    title: "bridges are connected in a loop, or a MAC is seen at two ports",
    area: .linkLayer,
    severity: .info,
    mechanism: [
      "Two ways lead from one bridge to another, or two ports of one bridge are tied to each other. Without spanning tree"
        + " each broadcast goes round and round, ever more, until processors and queues are full.",
      "On the way the bridge sees every MAC at two ports in turns and moves its entry to and fro; answers follow it to"
        + " the wrong port.",
    ],
    why:
      "Ethernet frames have no hop limit. br_flood sends a broadcast out of every other port, and br_fdb_update moves a"
      + " MAC's entry to the port where it was seen last.",
    byHand: [
      "bridge monitor fdb        # the same MAC at one port, then at another, without end",
      "bridge link show; ip -d link show type veth    # which veth is tied to which",
      "dmesg | grep 'own address as source'",
    ],
    sources: ["net/bridge/br_fdb.c (br_fdb_update)", "net/bridge/br_forward.c (br_flood)", "IEEE 802.1D"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    let ties = Self.ties(host)
    return eachBridge(of: host) { (bridge) throws(Missing) in
      let node = Node(bridge)
      if let loop = Self.loop(through: node, ties), bridge.option("stp_state") ?? 0 == 0 {
        return finding(
          bridge.subject,
          summary: "\(bridge.name) is part of a loop.",
          consequence:
            "A single broadcast is copied without end: \(bridge.containersInWords), and the whole machine.",
          evidence: loop.map {
            Evidence(
              "rtnetlink",
              "\($0.ports.0) is tied to \($0.ports.1)",
              "a connection that closes the loop"
            )
          },
          remedies: [
            Remedy(
              .runtime,
              "Break the loop at once; spanning tree would do it too, after half a minute for each port.",
              commands: loop.suffix(1).map { "ip link set dev \($0.ports.0) down" }
            ),
            Remedy(.persistent, "Remove what makes the second connection."),
          ]
        )
      }
      return try misplaced(bridge)
    }
  }

  /// A container's MAC that the bridge holds at another port than the container's.
  private func misplaced(_ bridge: BridgeView) throws(Missing) -> Judgement {
    let entries =
      try bridge.namespace.forwarding.needed("the forwarding database of \(bridge.namespace.name)") ?? []
    let names = Dictionary(bridge.ports.map { ($0.index, $0.name) }) { first, _ in first }
    let homes = Dictionary(grouping: bridge.containers.filter { $0.linkAddress != nil }) {
      $0.linkAddress ?? .zero
    }
    for entry in entries where entry.bridge == bridge.link.index && entry.flags.isEmpty {
      // A MAC that two containers have is another check's.
      guard let home = homes[entry.address], home.count == 1, let container = home.first,
        entry.port != container.port.index, let seen = names[entry.port]
      else { continue }
      return finding(
        bridge.subject,
        summary: "\(bridge.name) has seen \(container.name)'s MAC at another port than its own.",
        consequence: "Answers for \(container.name) go to \(seen) until it sends again.",
        evidence: [
          Evidence(
            "forwarding database of \(bridge.name)",
            "\(entry.address) at \(seen)",
            "where it was seen last"
          ),
          Evidence("rtnetlink", "\(container.name) is behind \(container.port.name)", "where it is"),
        ],
        remedies: [
          Remedy(
            .runtime,
            "Forget the entry, and see whether it comes back.",
            commands: ["bridge fdb del \(entry.address) dev \(seen) master", "bridge monitor fdb"]
          )
        ]
      )
    }
    return .passed("no loop of veths leads through it, and its containers' MACs are where the containers are")
  }

  private struct Node: Hashable {
    let namespace: String
    let bridge: InterfaceIndex

    init(_ bridge: BridgeView) { (namespace, self.bridge) = (bridge.namespace.id, bridge.link.index) }
  }

  private struct Tie {
    let ends: (Node, Node)
    let ports: (String, String)
  }

  /// The veths that connect bridges of the snapshot, each once.
  private static func ties(_ host: HostView) -> [Tie] {
    var ports: [PeerSnapshot: (BridgeView, LinkSnapshot)] = [:]
    for bridge in host.bridges {
      for port in bridge.ports where port.kind == "veth" && port.port?["state"] != "0" {
        ports[PeerSnapshot(index: port.index, namespace: bridge.namespace.id)] = (bridge, port)
      }
    }
    return ports.values.compactMap { bridge, port -> Tie? in
      guard let peer = port.peer, let (other, end) = ports[peer] else { return nil }
      let mine = (bridge.namespace.id, port.index.rawValue)
      guard mine < (other.namespace.id, end.index.rawValue) else { return nil }
      return Tie(ends: (Node(bridge), Node(other)), ports: (port.name, end.name))
    }.sorted { $0.ports < $1.ports }
  }

  /// The connections of a loop through a bridge: one of its own, then a way back without it. Nil if there is none.
  private static func loop(through start: Node, _ ties: [Tie]) -> [Tie]? {
    for (position, first) in ties.enumerated() where first.ends.0 == start || first.ends.1 == start {
      let other = first.ends.0 == start ? first.ends.1 : first.ends.0
      if other == start { return [first] }
      // Breadth first from the other end, without this connection.
      var ways: [Node: [Tie]] = [other: [first]]
      var queue = [other]
      while !queue.isEmpty {
        let node = queue.removeFirst()
        for (place, tie) in ties.enumerated() where place != position {
          guard tie.ends.0 == node || tie.ends.1 == node else { continue }
          let next = tie.ends.0 == node ? tie.ends.1 : tie.ends.0
          let way = (ways[node] ?? []) + [tie]
          if next == start { return way }
          if ways[next] == nil {
            ways[next] = way
            queue.append(next)
          }
        }
      }
    }
    return nil
  }
}
