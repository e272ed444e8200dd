internal import NetworkTypes
internal import Observation

/// Somebody else on a bridge has the gateway's address.
struct GatewayIPHijackCheck: Check {
  let entry = CatalogueEntry(
    number: 8,
    id: "gateway-ip-hijack",
    title: "somebody else on the bridge has the gateway's address",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "A container was given the bridge's address (a fixed address in a compose file, a second allocator), or a machine"
        + " of the LAN has it because a physical port is in the bridge.",
      "When it announces itself by gratuitous ARP, or answers before the host does, the other containers take its MAC"
        + " for their gateway's. What they send out of the subnet goes to it and is lost, or is read by it.",
    ],
    why:
      "An ARP cache takes a gratuitous ARP for an entry that it has even with arp_accept=0 (arp_process), and nothing"
      + " in ARP says who an address belongs to.",
    byHand: [
      "nsenter -t PID -n ip neigh show      # the gateway's lladdr must be the bridge's MAC",
      "arping -b -c 3 -I br0 172.18.0.1     # from a container: answers from two MACs",
    ],
    sources: ["net/ipv4/arp.c (arp_process)", "docker network create --aux-address"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard !bridge.containers.isEmpty else { return .notApplicable("no container is on it") }
      _ = try bridge.namespace.addresses.needed("the addresses of \(bridge.name)")
      let gateways = Set(bridge.gateways.map(\.address))
      guard !gateways.isEmpty else { return .notApplicable("it has no address") }
      let (owners, unreadable) = bridge.owners()
      var evidence: [Evidence] = []
      var culprits: [String] = []
      for (address, holders) in owners.sorted(by: { $0.key < $1.key }) where gateways.contains(address) {
        for holder in holders {
          culprits.append(holder.name)
          evidence.append(
            Evidence("\(holder.name), its addresses", "\(address)", "this is the bridge's address")
          )
        }
      }
      let others = Dictionary(bridge.containers.compactMap { one in one.linkAddress.map { ($0, one) } }) {
        a,
        _ in a
      }
      for victim in bridge.containers where victim.inside != nil {
        for entry in try victim.neighbours() where gateways.contains(entry.address) && entry.isUsed {
          guard let taken = entry.linkAddress, !bridge.ownAddresses.contains(taken),
            let thief = others[taken],
            thief.port.index != victim.port.index
          else { continue }
          culprits.append(thief.name)
          evidence.append(
            Evidence(
              "\(victim.name), neighbour table",
              "\(entry.address) lladdr \(taken) \(entry.state)",
              "it takes \(thief.name) for its gateway"
            )
          )
        }
      }
      guard let culprit = culprits.first else {
        if let unreadable { throw unreadable }
        return .passed("no container has its address or is taken for it")
      }
      return finding(
        bridge.subject,
        summary: "\(culprit) is on \(bridge.name) with the gateway's address, or is taken for it.",
        consequence:
          "Containers that take it for their gateway reach nothing outside: \(bridge.containersInWords).",
        evidence: evidence,
        remedies: [
          Remedy(
            .runtime,
            "Stop it or give it another address; then let the host announce the address, so that entries heal at once.",
            commands: gateways.sorted().filter { $0.family == .v4 }.map {
              "arping -U -c 3 -I \(bridge.name) \($0)"
            }
          ),
          Remedy(
            .persistent,
            "Reserve the address in the engine's network (docker network create --aux-address), and give no container a"
              + " fixed one outside of a range of its own."
          ),
        ]
      )
    }
  }
}
