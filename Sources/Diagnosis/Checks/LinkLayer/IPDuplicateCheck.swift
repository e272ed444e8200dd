internal import NetworkTypes
internal import Observation

/// Two containers of a bridge with one Internet address.
struct IPDuplicateCheck: Check {
  let entry = CatalogueEntry(
    number: 7,
    id: "ip-duplicate",
    title: "two containers on one bridge have the same address",
    area: .linkLayer,
    severity: .critical,
    mechanism: [
      "Two allocators hand out addresses of one subnet without knowing of each other: two dockerds on one bridge,"
        + " dockerd beside LXC or a DHCP server, or one dockerd that lost its state when it was restarted.",
      "As long as one of the two is silent, nobody notices. When it talks, it asks for the gateway by ARP, and the"
        + " host learns its MAC for the address that both have.",
      "Answers to the first container's requests then go to the second, which drops them: it has asked nothing.",
    ],
    why:
      "ARP believes whoever spoke last: a request renews the asker's entry at everybody who sees it (arp_process). A"
      + " neighbour table has one link address for each Internet address.",
    byHand: [
      "arping -b -c 3 -I br0 172.18.0.2    # answers from two MACs",
      "docker -H unix:///run/docker2.sock network inspect bridge   # on every socket: compare the containers' addresses",
    ],
    sources: ["m#19441", "m#27404", "m#29921", "moby/libnetwork#1740", "net/ipv4/arp.c (arp_process)"]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard !bridge.containers.isEmpty else { return .notApplicable("no container is on it") }
      let (owners, unreadable) = bridge.owners()
      let shared = owners.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      guard let (address, twins) = shared.first else {
        if let unreadable { throw unreadable }
        return .passed("no two of its \(bridge.containers.count) containers have the same address")
      }
      var evidence = shared.flatMap { address, containers in
        containers.map { container in
          Evidence(
            "\(container.name), behind \(container.port.name)",
            "\(address), \(container.linkAddress.map(\.description) ?? "MAC unknown")",
            container.engine.map { "given by \($0.id)" } ?? "on \(bridge.name)"
          )
        }
      }
      if let entry = (try? bridge.neighbours())?.first(where: { $0.address == address }),
        let linkAddress = entry.linkAddress
      {
        let holder = twins.first { $0.linkAddress == linkAddress }
        evidence.append(
          Evidence(
            "neighbour table of \(bridge.namespace.name)",
            "\(address) lladdr \(linkAddress) \(entry.state)",
            holder.map { "answers go to \($0.name) now" } ?? "answers go to neither of them now"
          )
        )
      }
      let engines = Set(twins.compactMap(\.engine?.id))
      let names = twins.map(\.name).joined(separator: " and ")
      return finding(
        bridge.subject,
        summary: "\(names) on \(bridge.name) both have \(address).",
        consequence:
          "Answers go to whichever of them spoke last; the other's lookups fail."
          + (engines.count > 1 ? " They were given by \(engines.sorted().joined(separator: " and "))." : ""),
        evidence: evidence,
        remedies: [
          Remedy(
            .runtime,
            "Start one of them anew, so that it gets another address, and forget what was learnt.",
            commands: ["ip neigh flush dev \(bridge.name)"]
          ),
          Remedy(
            .persistent,
            "Give each engine a bridge of its own (\"bridge\", or -b), or on a shared one a part of the subnet of its own"
              + " (\"fixed-cidr\" in each daemon.json, without overlap)."
          ),
        ]
      )
    }
  }
}
