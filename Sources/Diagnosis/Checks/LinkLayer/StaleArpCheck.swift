internal import NetworkTypes
internal import Observation

/// Neighbour entries that lead to a container that isn't there any more.
struct StaleArpCheck: Check {
  let entry = CatalogueEntry(
    number: 6,
    id: "stale-arp-ip-reuse",
    title: "a reused address still leads to the container that had it before",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "A container ends, and the next one gets its address but another MAC. The host, or another container, still has"
        + " the address in its neighbour table with the old MAC.",
      "Answers to the new container go to the old MAC, which nobody has: the bridge floods them, and nobody takes"
        + " them. That lasts until the entry is verified and given up, 8 s or longer, or until the new container asks"
        + " for somebody by ARP itself.",
    ],
    why:
      "A STALE entry is used for 5 s (delay_first_probe_time), then probed three times at the old MAC, a second apart"
      + " (neigh_timer_handler); only after that is the address resolved anew. A REACHABLE entry isn't verified at all"
      + " for 15 to 45 s.",
    byHand: [
      "ip neigh show dev br0             # compare the MACs with the containers'",
      "ip monitor neigh dev br0          # FAILED, then another lladdr: it was stale",
    ],
    sources: ["m#36069", "containernetworking/plugins#858", "net/core/neighbour.c (neigh_timer_handler)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard !bridge.containers.isEmpty else { return .notApplicable("no container is on it") }
      let (all, unreadable) = bridge.owners()
      // A container with the host's own address is another check's.
      let own = Set(bridge.addresses.map(\.address))
      let owners = all.filter { !own.contains($0.key) }
      var stale: [Stale] = []
      for entry in try bridge.neighbours() {
        if let wrong = Stale(entry, of: "the host", owners) { stale.append(wrong) }
      }
      for container in bridge.containers where container.inside != nil {
        for entry in try container.neighbours() {
          if let wrong = Stale(entry, of: container.name, owners, holder: container) { stale.append(wrong) }
        }
      }
      guard let first = stale.first else {
        if let unreadable { throw unreadable }
        return .passed("every neighbour entry for its containers has the MAC that the container has")
      }
      return finding(
        bridge.subject,
        summary:
          "\(first.place) sends packets for \(first.owner.name), \(first.entry.address), to a MAC that it doesn't have.",
        consequence: "\(first.owner.name) loses what is sent to it until the entry is renewed.",
        evidence: stale.map {
          Evidence(
            "\($0.place), neighbour table",
            "\($0.entry.address) lladdr \($0.entry.linkAddress.map(\.description) ?? "-") \($0.entry.state)",
            "\($0.owner.name) has this address and the MAC \($0.owner.linkAddress.map(\.description) ?? "?")"
          )
        },
        remedies: [
          Remedy(
            .runtime,
            "Forget the entries; they are resolved anew with the next packet.",
            commands: stale.map { $0.cure(on: bridge.name) }
          ),
          Remedy(
            .persistent,
            "Docker 28 and later announce a new container's address (three gratuitous ARPs or neighbour advertisements,"
              + " a second apart): update, or let the container send one when it starts (arping -U)."
          ),
        ]
      )
    }
  }

  /// An entry for a container's address with somebody else's MAC.
  private struct Stale {
    let entry: NeighbourSnapshot
    let place: String
    let owner: ContainerView
    let holder: ContainerView?

    init?(
      _ entry: NeighbourSnapshot,
      of place: String,
      _ owners: [IPAddress: [ContainerView]],
      holder: ContainerView? = nil
    ) {
      guard entry.isUsed, let candidates = owners[entry.address], let owner = candidates.first,
        candidates.allSatisfy({ $0.linkAddress != nil && $0.linkAddress != entry.linkAddress })
      else { return nil }
      (self.entry, self.place, self.owner, self.holder) = (entry, place, owner, holder)
    }

    func cure(on bridge: String) -> String {
      let command = "ip neigh del \(entry.address) dev \(holder?.interface?.name ?? bridge)"
      return holder?.command(command) ?? command
    }
  }
}
