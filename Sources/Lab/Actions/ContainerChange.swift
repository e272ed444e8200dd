public import NetworkTypes

/// One change inside a container, at its only interface, eth0.
public enum ContainerChange: Hashable, Sendable {
  /// Sets something below /proc/sys in its namespace.
  case setting(Setting)
  /// Gives it one more address.
  case addAddress(IPPrefix)
  /// Takes an address away from it.
  case removeAddress(IPPrefix)
  /// Gives its interface another link address, or the same once more, which announces it if `arp_notify` says so.
  case setAddress(MACAddress)
  /// Gives it another resolver configuration.
  case resolver(ResolverConfiguration)
  /// Sends so many datagrams to a socket in it that nobody reads, with a small receive buffer.
  case overflow(datagrams: Int)
  /// Gives the commands to nft(8) in it.
  case nft(String)
  /// Opens a UDP socket in it that nobody reads, in place of those that were opened so before.
  case listen(SocketAddress)
  /// Sends by this gateway, with this address as the source.
  case sendAs(IPAddress, via: IPAddress)
}

extension ContainerChange {
  /// The command that does the same, for a shell in the container's namespace.
  var command: String {
    switch self {
    case .setting(let setting): "sysctl -w \(setting.name)=\(setting.value)"
    case .addAddress(let prefix): "ip address add \(prefix) dev eth0\(Action.nodad(prefix))"
    case .removeAddress(let prefix): "ip address del \(prefix) dev eth0"
    case .setAddress(let address): "ip link set dev eth0 address \(address)"
    case .resolver(let configuration): configuration.command
    case .overflow(let count):
      "python3 -c \"import socket as s; r = s.socket(2, 2); r.setsockopt(1, 8, 2048); r.bind((\\\"127.0.0.1\\\", 53));"
        + " [s.socket(2, 2).sendto(bytes(64), r.getsockname()) for i in range(\(count))]\""
    case .nft(let text): "nft \"\(text)\""
    case .listen(let address):
      "python3 -c \"import socket as s, time; r = s.socket(2, 2); r.bind((\\\"\(address.address)\\\", \(address.port)));"
        + " time.sleep(600)\" &"
    case .sendAs(let source, let gateway):
      "ip\(gateway.family == .v6 ? " -6" : "") route replace default via \(gateway) src \(source)"
    }
  }
}
