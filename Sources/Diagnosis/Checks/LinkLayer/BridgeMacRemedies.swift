internal import NetworkTypes
internal import Observation

/// How to give a bridge a MAC of its own.
enum BridgeMacRemedies {
  /// At once, and in a file of whoever manages the bridge.
  static func remedies(for bridge: BridgeView, address: MACAddress) -> [Remedy] {
    let name = bridge.name
    let runtime = Remedy(
      .runtime,
      "Make the MAC that the bridge has its own, and announce it, so that entries that are stale already heal.",
      commands: announcing(
        "ip link set dev \(name) address $(cat /sys/class/net/\(name)/address)",
        on: bridge
      )
    )
    let managers = bridge.configured.map(\.manager)
    let persistent = (managers.isEmpty ? [.networkd] : managers).map { manager in
      file(for: manager, bridge: name, address: address.isLocallyAdministered ? address : own(address))
    }
    return [runtime] + persistent
  }

  /// A command that sets the bridge's MAC, between those that let the kernel announce it: by gratuitous ARP, and by
  /// neighbour advertisements if the bridge has IPv6 addresses.
  static func announcing(_ command: String, on bridge: BridgeView) -> [String] {
    var settings = [bridge.sysctl("net/ipv4/conf/IF/arp_notify")]
    if bridge.gateways.contains(where: { $0.address.family == .v6 }) {
      settings.append(bridge.sysctl("net/ipv6/conf/IF/ndisc_notify"))
    }
    return settings.map { "sysctl -w \($0)=1" } + [command] + settings.map { "sysctl -w \($0)=0" }
  }

  private static func file(
    for manager: ManagementSnapshot.Manager,
    bridge: String,
    address: MACAddress
  ) -> Remedy {
    switch manager {
    case .ifupdown:
      Remedy(
        .persistent,
        "ifupdown: a second stanza for the same interface is merged by ifup(8).",
        files: [
          Remedy.File(
            path: "/etc/network/interfaces.d/\(bridge)-mac",
            content: "iface \(bridge) inet manual\n    up ip link set dev \(bridge) address \(address)\n"
          )
        ]
      )
    case .networkd:
      Remedy(
        .persistent,
        "systemd: a policy for this bridge that sorts before the distribution's.",
        files: [
          Remedy.File(
            path: "/etc/systemd/network/10-\(bridge).link",
            content:
              "[Match]\nOriginalName=\(bridge)\n\n[Link]\nMACAddressPolicy=none\nMACAddress=\(address)\n"
          )
        ]
      )
    case .networkManager:
      Remedy(
        .persistent,
        "NetworkManager: the profile of \(bridge).",
        commands: ["nmcli connection modify \(bridge) 802-3-ethernet.cloned-mac-address \(address)"]
      )
    case .netplan:
      Remedy(
        .persistent,
        "netplan: a file that is merged with the one that defines the bridge; then \"netplan apply\".",
        files: [
          Remedy.File(
            path: "/etc/netplan/99-\(bridge)-mac.yaml",
            content: "network:\n  version: 2\n  bridges:\n    \(bridge): {macaddress: \"\(address)\"}\n"
          )
        ]
      )
    }
  }

  /// The same address, marked as locally administered.
  private static func own(_ address: MACAddress) -> MACAddress {
    MACAddress(address.rawValue | 0x0200_0000_0000)
  }
}
