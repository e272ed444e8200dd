internal import LinuxSystem
internal import NetworkTypes

/// A client's TCP connection: requests and answers, each after its length (RFC 1035, section 4.2.2).
final class ResolverConnection {
  /// A client that doesn't take its answers is cut off.
  struct Overflow: Error, CustomStringConvertible {
    var description: String { "a client doesn't read what it asked for" }
  }

  /// So many bytes may wait to be sent.
  private static let maximumOutgoing = 1 << 20

  let socket: InternetSocket
  let client: SocketAddress
  let server: SocketAddress
  private var incoming: [UInt8] = []
  private var outgoing: [UInt8] = []
  /// Whether the client has nothing more to ask.
  private(set) var isFinished = false

  init(_ socket: InternetSocket, client: SocketAddress, server: SocketAddress) {
    self.socket = socket
    self.client = client
    self.server = server
  }

  /// Whether answers wait until the socket is writable.
  var isBlocked: Bool { !outgoing.isEmpty }

  /// The next whole request, or nil if there is none yet.
  func nextRequest(_ buffer: inout [UInt8]) throws(SystemError) -> [UInt8]? {
    while true {
      if incoming.count >= 2 {
        let end = 2 + Int(incoming[0]) << 8 + Int(incoming[1])
        if incoming.count >= end {
          defer { incoming.removeFirst(end) }
          return Array(incoming[2..<end])
        }
      }
      guard !isFinished, let count = try socket.receive(into: &buffer) else { return nil }
      isFinished = count == 0
      incoming += buffer[..<count]
    }
  }

  /// Sends an answer, now or as soon as the client takes it.
  func send(_ message: [UInt8]) throws {
    guard outgoing.count < Self.maximumOutgoing else { throw Overflow() }
    outgoing +=
      [UInt8(truncatingIfNeeded: message.count >> 8), UInt8(truncatingIfNeeded: message.count)] + message
    try flush()
  }

  /// Sends what the kernel takes of what waits.
  func flush() throws(SystemError) {
    while isBlocked, let count = try socket.send(outgoing) { outgoing.removeFirst(count) }
  }
}
