public import NetworkTypes

/// An interface's link address, in the words of whoever configures it. Each file is added to what is there.
public struct AddressPin: Hashable, Sendable {
  /// The interface.
  public let interface: PlainInterfaceName
  /// Its address from now on.
  public let address: MACAddress

  /// A pin.
  public init(_ interface: PlainInterfaceName, _ address: MACAddress) {
    self.interface = interface
    self.address = address
  }

  /// A policy of udev's for this interface, before the distribution's ("99-default.link").
  ///
  /// It takes the place of every other policy for the interface, and acts when the interface appears: on one that is
  /// there already only after `udevadm trigger --action=add /sys/class/net/NAME`. It sets the address also if
  /// somebody chose one before.
  public var linkPolicy: WrittenFile {
    WrittenFile(
      path: "/etc/systemd/network/10-\(interface).link",
      content: "[Match]\nOriginalName=\(interface)\n\n[Link]\nMACAddressPolicy=none\nMACAddress=\(address)\n"
    )
  }

  /// A drop-in for networkd's `.network` or `.netdev` file; nil for any other path.
  ///
  /// One of a `.network` file acts when networkd configures the interface, whoever made it; one of a `.netdev` file
  /// only when networkd makes it.
  public func networkdDropIn(for file: String) -> WrittenFile? {
    let name = FilePath.name(of: file)
    let section: String
    if name.hasSuffix(".network") {
      section = "Link"
    } else if name.hasSuffix(".netdev") {
      section = "NetDev"
    } else {
      return nil
    }
    return WrittenFile(
      path: "/etc/systemd/network/\(name).d/90-mac.conf",
      content: "[\(section)]\nMACAddress=\(address)\n"
    )
  }

  /// A second stanza for a bridge, whose commands `ifup` runs beside those of the first.
  ///
  /// It may come before the first (Debian's /etc/network/interfaces begins with "source"), when there is no bridge
  /// yet: then it makes it, and bridge-utils uses what is there.
  public var ifupdownBridgeStanza: WrittenFile {
    let file = interface.description.map { $0 == "." ? "_" : $0 }
    return WrittenFile(
      path: "/etc/network/interfaces.d/\(String(file))-mac",
      content: """
        iface \(interface) inet manual
            pre-up ip link show dev \(interface) >/dev/null 2>&1 || ip link add name \(interface) type bridge
            pre-up ip link set dev \(interface) address \(address)

        """
    )
  }

  /// A file that netplan merges with those that define the bridge.
  public var netplanBridgeOverlay: WrittenFile {
    WrittenFile(
      path: "/etc/netplan/99-\(interface)-mac.yaml",
      content: "network:\n  version: 2\n  bridges:\n    \(interface): {macaddress: \"\(address)\"}\n",
      permissions: 0o600
    )
  }

  /// The command that changes NetworkManager's connection of this id.
  public func nmcliCommand(connection id: String) -> String {
    "nmcli connection modify id \(ShellWord.quoted(id)) 802-3-ethernet.cloned-mac-address \(address)"
  }
}
