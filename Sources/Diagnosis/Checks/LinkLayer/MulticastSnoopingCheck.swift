internal import NetworkTypes
internal import Observation

/// A bridge that keeps neighbour solicitations from containers.
struct MulticastSnoopingCheck: Check {
  let entry = CatalogueEntry(
    number: 15,
    id: "mcast-snooping-nd",
    title: "multicast snooping keeps IPv6 neighbour discovery from containers",
    area: .linkLayer,
    severity: .warning,
    mechanism: [
      "IPv6 finds a neighbour by multicast, to the group of the address's last three octets (ff02::1:ffXX:XXXX). A bridge"
        + " with multicast snooping sends a group's frames only to the ports that reported it (MLD).",
      "That holds as soon as a querier exists on the network. A port's report is forgotten after 260 s; if the querier's"
        + " questions or the container's reports are lost, the container no longer gets solicitations for its own"
        + " address.",
      "IPv6 to that container works until the neighbour entry must be renewed, then fails; IPv4 isn't affected.",
    ],
    why:
      "br_multicast_ipv6_rcv marks IPv6 multicast other than to all nodes for members and multicast routers only;"
      + " br_handle_frame_finish obeys that if br_multicast_querier_exists. Without a querier everything is flooded.",
    byHand: [
      "cat /sys/class/net/br0/bridge/multicast_snooping /sys/class/net/br0/bridge/multicast_querier",
      "bridge mdb show dev br0    # each container's port should be in ff02::1:ffXX:XXXX of its address",
    ],
    sources: [
      "cilium#46274", "lxc/incus#3294", "net/bridge/br_multicast.c (br_multicast_ipv6_rcv)", "RFC 4541",
    ]
  )

  func examine(_ host: HostView) -> [CheckResult] {
    eachBridge(of: host) { (bridge) throws(Missing) in
      guard !bridge.containers.isEmpty else { return .notApplicable("no container is on it") }
      guard let snooping = try bridge.readOption("multicast_snooping") else {
        return .passed("this kernel's bridges don't snoop multicast")
      }
      if snooping == "0" { return .passed("it doesn't snoop: multicast goes to all ports") }
      if try bridge.readOption("multicast_querier") ?? "0" == "0" {
        return .passed(
          bridge.outwardPorts.isEmpty
            ? "it snoops, but nobody on it queries, so multicast goes to all ports"
            : "it doesn't query itself; whether somebody beyond \(bridge.outwardPorts[0].name) does can't be seen"
        )
      }
      return try judge(bridge)
    }
  }

  private func judge(_ bridge: BridgeView) throws(Missing) -> Judgement {
    let all = try bridge.namespace.multicast.needed("the multicast database of \(bridge.name)") ?? []
    let members = Set(
      all.filter { $0.bridge == bridge.link.index }.map { Membership(port: $0.port, group: $0.group) }
    )
    var evidence: [Evidence] = []
    var looked = 0
    for container in bridge.containers where container.port.port?["multicast_router"] != "2" {
      for prefix in try container.knownAddresses() {
        guard case .v6(let address) = prefix.address, !prefix.address.isLinkLocal else { continue }
        looked += 1
        let group = IPAddress.v6(address.solicitedNodeGroup)
        if !members.contains(Membership(port: container.port.index, group: group.description)) {
          evidence.append(
            Evidence(
              "multicast database of \(bridge.name)",
              "\(container.port.name) isn't in \(group)",
              "\(container.name) doesn't get solicitations for \(address)"
            )
          )
        }
      }
    }
    guard looked > 0 else {
      return .passed("it snoops and queries, but its containers have no IPv6 addresses")
    }
    guard !evidence.isEmpty else {
      return .passed("it snoops and queries, and every container's group is known")
    }
    return finding(
      bridge.subject,
      summary: "\(bridge.name) keeps IPv6 neighbour solicitations from containers that are meant.",
      consequence: "They can't be reached by IPv6 once their neighbours' entries are to be renewed.",
      evidence: evidence,
      remedies: [
        Remedy(
          .runtime,
          "Send multicast to all ports.",
          commands: ["ip link set dev \(bridge.name) type bridge mcast_snooping 0"]
        )
      ]
        + BridgeFiles(
          topic: "multicast",
          text: "No multicast snooping",
          command: "ip link set dev \(bridge.name) type bridge mcast_snooping 0",
          netdev: "[Bridge]\nMulticastSnooping=no",
          nmcli: "bridge.multicast-snooping no",
          netplan: nil
        ).remedies(for: bridge)
    )
  }

  private struct Membership: Hashable {
    let port: InterfaceIndex
    let group: String
  }
}

extension IPv6Address {
  /// The group that solicitations for the address go to (RFC 4291, 2.7.1): ff02::1:ffXX:XXXX.
  var solicitedNodeGroup: IPv6Address {
    IPv6Address(0xff02_0000_0000_0000_0000_0001_ff00_0000 | rawValue & 0xff_ffff)
  }
}
