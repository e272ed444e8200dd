internal import LinuxSystem
internal import NetworkTypes

/// A socket that nobody reads, overrun.
enum Overflow {
  /// Sends datagrams over a namespace's loopback to a socket at port 53 with the smallest receive buffer, which nobody
  /// reads, and returns that socket.
  static func make(datagrams: Int, in namespace: NetworkNamespace) throws -> InternetSocket {
    try namespace.perform {
      let loopback = SocketAddress(.v4(.loopback), port: 53)
      let receiver = try InternetSocket(.udp, .v4)
      try receiver.setReceiveBuffer(octets: 2048)
      try receiver.bind(loopback)
      let sender = try InternetSocket(.udp, .v4)
      for _ in 0..<datagrams { _ = try sender.send(Array(repeating: 0, count: 64), to: loopback) }
      return receiver
    }
  }
}
