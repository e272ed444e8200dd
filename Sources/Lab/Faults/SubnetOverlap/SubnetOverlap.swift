internal import NetworkTypes

extension Fault {
  /// A container network has the resolver's addresses.
  static let subnetOverlap = Fault(
    id: "subnet-overlap",
    text: FaultText(
      title: "a container network has the resolver's subnet",
      story: [
        "A second container network was made (docker network create, compose up), and its subnet, taken from the pools"
          + " or written by hand, covers the addresses of the resolver: those of a VPN, a LAN, a cloud's network.",
        "The new bridge's subnet is a more specific route than the default route.",
        "Requests were taken from the first bridge, and the host asked for the resolver by ARP on the second one. Nobody"
          + " there has that address.",
      ],
      why:
        "The longest prefix wins (fib_table_lookup), and a connected subnet is a prefix as any other. dockerd avoids"
        + " only the routes and name servers that it sees when it makes the network; a VPN may come later.",
      outage: "Until the network or its subnet is gone; for the host itself as well.",
      cure: "The network is removed.",
      lasting: [
        FaultText.LastingCure(
          "dockerd (daemon.json): pools that nothing else uses",
          "{\"bip\": \"10.210.0.1/24\", \"default-address-pools\":",
          "  [{\"base\": \"10.211.0.0/16\", \"size\": 24}]}"
        ),
        FaultText.LastingCure(
          "compose: a subnet for each network",
          "networks: {default: {ipam: {config: [{subnet: 10.211.7.0/24}]}}}"
        ),
      ],
      next: "Ask the kernel for the way to each name server: \"ip route get ADDRESS\" must not name a bridge."
    ),
    parts: [Part("overlap", "a second container network is made, whose subnet has the resolver")],
    marks: [.askedForServer],
    sideEffects: [
      SideEffect(
        "masq-missing",
        because:
          "the way to the resolver is the second network's bridge now, and no rule translates what leaves by that"
      )
    ],
    apply: { _, family in
      let resolver = Topology.resolverAddresses.first { $0.family == family }
      guard let subnet = resolver.flatMap({ IPPrefix($0, length: family == .v4 ? 24 : 64) }),
        let gateway = IPPrefix(first(of: subnet), length: subnet.length)
      else { return [] }
      return [
        .addBridge(network, MACAddress(0x0242_c000_0201), [gateway]),
        // A bridge without a port has no carrier. A container's port would do as well.
        .addCable("veth-second", "eth-second"),
        .enslave(link: "veth-second", bridge: network),
        .switchOn(link: "veth-second"),
        .switchOn(link: "eth-second"),
      ]
    },
    cure: { _, _ in [.removeLink("veth-second"), .removeLink(network)] }
  )

  private static let network = "br-second"

  private static func first(of subnet: IPPrefix) -> IPAddress {
    switch subnet.network.address {
    case .v4(let address): .v4(address.advanced(by: 1))
    case .v6(let address): .v6(address.advanced(by: 1))
    }
  }
}
