internal import Frames
internal import LinuxSystem
internal import NetworkTypes
internal import WireFormat

/// Asks a server until it answers.
final class ReadinessProbe {
  private let server: SocketAddress
  private let name: DNSName
  private let socket: InternetSocket
  private let loop: EventLoop
  private var buffer = [UInt8](repeating: 0, count: 4096)

  init(_ server: SocketAddress, in namespace: NetworkNamespace, name: DNSName) throws {
    self.server = server
    self.name = name
    socket = try namespace.perform { try InternetSocket(.udp, server.address.family) }
    loop = try EventLoop()
  }

  /// Asks once; whether an answer comes in time.
  func isAnswered(within patience: Duration) throws -> Bool {
    var answered = false
    let identifier = UInt16.random(in: 0...UInt16.max)
    var writer = ByteWriter()
    DNSMessage(query: DNSQuestion(name, .a), identifier: identifier).write(to: &writer)
    try loop.watch(socket.rawDescriptor) { [unowned self] in
      answered = receivesAnswer(to: identifier)
      if answered { loop.stop() }
    }
    let timer = loop.schedule(after: patience) { [unowned self] in loop.stop() }
    // Until the server has its addresses there may be no route; the next try will tell.
    _ = try? socket.send(writer.bytes, to: server)
    try loop.run()
    loop.cancel(timer)
    loop.unwatch(socket.rawDescriptor)
    return answered
  }

  private func receivesAnswer(to identifier: UInt16) -> Bool {
    guard let arrival = try? socket.receiveDatagram(into: &buffer), arrival.source == server else {
      return false
    }
    let received = Array(buffer[..<arrival.count])
    var reader = ByteReader(received.span)
    guard let message = try? DNSMessage(parsing: &reader), message.identifier == identifier else {
      return false
    }
    return message.responseCode == .noError && !message.answers.isEmpty
  }
}
