public import NetworkTypes

/// NetworkManager's connection of a bridge without ports.
public struct NetworkManagerBridge: Hashable, Sendable {
  /// The bridge; also the connection's id.
  public let interface: PlainInterfaceName
  /// The connection's UUID in its text form.
  public let uuid: String
  /// The bridge's link address.
  public let address: MACAddress
  /// Its IPv4 address.
  public let prefix: IPPrefix

  /// A connection.
  public init(_ interface: PlainInterfaceName, uuid: String, address: MACAddress, prefix: IPPrefix) {
    self.interface = interface
    self.uuid = uuid
    self.address = address
    self.prefix = prefix
  }

  /// The key file; NetworkManager ignores it if others may read it.
  public var file: WrittenFile {
    WrittenFile(
      path: "/etc/NetworkManager/system-connections/\(interface).nmconnection",
      content: """
        [connection]
        id=\(interface)
        uuid=\(uuid)
        type=bridge
        interface-name=\(interface)
        autoconnect=true

        [ethernet]
        cloned-mac-address=\(address)

        [bridge]
        stp=false

        [ipv4]
        method=manual
        address1=\(prefix)
        never-default=true

        [ipv6]
        method=disabled

        """,
      permissions: 0o600
    )
  }
}
