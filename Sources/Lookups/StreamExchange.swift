internal import LinuxSystem

/// One request and its answer over TCP, each after its length (RFC 1035, section 4.2.2).
final class StreamExchange {
  let socket: InternetSocket
  let transaction: UInt16
  private let outgoing: [UInt8]
  private var written = 0
  private var incoming: [UInt8] = []

  init(_ socket: InternetSocket, transaction: UInt16, message: [UInt8]) {
    self.socket = socket
    self.transaction = transaction
    outgoing =
      [UInt8(truncatingIfNeeded: message.count >> 8), UInt8(truncatingIfNeeded: message.count)] + message
  }

  /// Whether the whole request was handed over.
  var isSent: Bool { written == outgoing.count }

  /// Hands over as much of the request as the kernel takes; throws if the connection failed.
  func send() throws(SystemError) {
    while !isSent {
      guard let count = try socket.send(Array(outgoing[written...])) else { return }
      written += count
    }
  }

  /// What has come of the answer so far.
  enum Progress {
    case incomplete
    case closed
    case message([UInt8])
  }

  /// Takes what has come.
  func receive(_ buffer: inout [UInt8]) throws(SystemError) -> Progress {
    while true {
      if incoming.count >= 2 {
        let end = 2 + Int(incoming[0]) << 8 + Int(incoming[1])
        if incoming.count >= end { return .message(Array(incoming[2..<end])) }
      }
      guard let count = try socket.receive(into: &buffer) else { return .incomplete }
      if count == 0 { return .closed }
      incoming += buffer[..<count]
    }
  }
}
