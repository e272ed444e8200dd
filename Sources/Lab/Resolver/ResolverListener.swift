internal import Glibc
internal import LinuxSystem
internal import NetworkTypes

/// The sockets at one of a resolver's addresses.
final class ResolverListener: Sendable {
  /// So many UDP sockets share the port (SO_REUSEPORT): the kernel limits each one's buffer (rmem_max), and a
  /// burst that overflowed it would look like a fault of the network.
  private static let datagramSockets = 8
  /// A receive buffer of 4 MiB; without privilege the kernel gives what rmem_max allows.
  private static let bufferSize: Int32 = 4 << 20

  let address: SocketAddress
  let datagrams: [InternetSocket]
  let streams: InternetSocket

  /// Opens the sockets in the calling thread's namespace.
  init(_ wanted: SocketAddress) throws(SystemError) {
    let family = wanted.address.family
    let first = try Self.datagramSocket(wanted)
    let address = SocketAddress(wanted.address, port: try first.localAddress().port)
    var datagrams = [first]
    while datagrams.count < Self.datagramSockets { datagrams.append(try Self.datagramSocket(address)) }
    streams = try InternetSocket(.tcp, family)
    try streams.setOption(SOL_SOCKET, SO_REUSEADDR)
    try streams.bind(address)
    try streams.listen(backlog: 4096)
    self.address = address
    self.datagrams = datagrams
  }

  private static func datagramSocket(_ address: SocketAddress) throws(SystemError) -> InternetSocket {
    let socket = try InternetSocket(.udp, address.address.family)
    try socket.setOption(SOL_SOCKET, SO_REUSEPORT)
    do {
      try socket.setOption(SOL_SOCKET, SO_RCVBUFFORCE, bufferSize)
    } catch {
      try socket.setOption(SOL_SOCKET, SO_RCVBUF, bufferSize)
    }
    try socket.enableTimestamps()
    try socket.bind(address)
    return socket
  }
}
