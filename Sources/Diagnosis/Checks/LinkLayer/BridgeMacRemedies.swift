internal import NetworkConfiguration
internal import NetworkTypes
internal import Observation

/// How to give a bridge a MAC of its own.
enum BridgeMacRemedies {
  /// At once, and in a file of whoever manages the bridge.
  static func remedies(for bridge: BridgeView, address: MACAddress) -> [Remedy] {
    let name = ShellWord.quoted(bridge.name)
    let runtime = Remedy(
      .runtime,
      "Make the MAC that the bridge has its own, and announce it, so that entries that are stale already heal.",
      commands: announcing(
        "ip link set dev \(name) address $(cat /sys/class/net/\(name)/address)",
        on: bridge
      )
    )
    guard let interface = PlainInterfaceName(bridge.name) else { return [runtime] }
    let pin = AddressPin(interface, address.isLocallyAdministered ? address : own(address))
    let remedies = ManagementSnapshot.Manager.allCases.compactMap { manager in
      remedy(pin, manager, bridge.configured.filter { $0.manager == manager })
    }
    return [runtime] + (remedies.isEmpty ? [policy(pin)] : remedies)
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

  /// The remedy in a manager's words; nil if it says nothing about the bridge.
  private static func remedy(
    _ pin: AddressPin,
    _ manager: ManagementSnapshot.Manager,
    _ configured: [ConfiguredInterface]
  ) -> Remedy? {
    if configured.isEmpty { return nil }
    switch manager {
    case .ifupdown:
      return Remedy(
        .persistent,
        "ifupdown: a second stanza for the same interface, whose commands ifup(8) runs as well, at the next boot."
          + " /etc/network/interfaces needs \"source /etc/network/interfaces.d/*\", as Debian's has.",
        files: [file(pin.ifupdownBridgeStanza)]
      )
    case .networkd:
      // A .network file acts on a bridge that exists, and whoever made it; a .netdev file only on making it.
      let path = configured.map(\.file).first { $0.hasSuffix(".network") } ?? configured[0].file
      guard let dropIn = pin.networkdDropIn(for: path) else { return policy(pin) }
      return Remedy(
        .persistent,
        "systemd-networkd: a drop-in for \(path), which it reads at its next start or with these commands.",
        commands: ["networkctl reload", "networkctl reconfigure \(pin.interface)"],
        files: [file(dropIn)]
      )
    case .networkManager:
      let profile = configured.compactMap { $0.settings["profile"] }.first ?? pin.interface.description
      return Remedy(
        .persistent,
        "NetworkManager: its connection \(profile); used when the connection is activated again.",
        commands: [pin.nmcliCommand(connection: profile)]
      )
    case .netplan:
      let overlay = pin.netplanBridgeOverlay
      return Remedy(
        .persistent,
        "netplan: a file that is merged with those that define the bridge. Only root should be able to read it.",
        commands: ["chmod 600 \(overlay.path)", "netplan apply"],
        files: [file(overlay)]
      )
    }
  }

  /// For a bridge that no manager's file names.
  private static func policy(_ pin: AddressPin) -> Remedy {
    Remedy(
      .persistent,
      "udev: a policy for this bridge that sorts before the distribution's; it acts whenever the bridge is made,"
        + " whoever makes it.",
      files: [file(pin.linkPolicy)]
    )
  }

  private static func file(_ file: WrittenFile) -> Remedy.File {
    Remedy.File(path: file.path, content: file.content)
  }

  /// The same address, marked as locally administered.
  private static func own(_ address: MACAddress) -> MACAddress {
    MACAddress(address.rawValue | 0x0200_0000_0000)
  }
}
