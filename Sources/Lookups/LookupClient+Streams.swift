internal import Frames
internal import LinuxSystem
internal import NetworkTypes
internal import Observation
internal import Statistics
internal import SystemPackage
internal import WireFormat

extension LookupClient {
  /// Begins a TCP connection for the lookup's request. The attempt counts as sent when it begins.
  func connectStream(_ lookup: PendingLookup) throws {
    closeStream(lookup)
    let server = lookup.request.server
    let socket = try open(.tcp, server.address.family)
    let transaction = UInt16(truncatingIfNeeded: generator.next() >> 32)
    let sent = Timestamp.now()
    try socket.connect(server)
    let client = try socket.localAddress()
    let stream = StreamExchange(socket, transaction: transaction, message: encode(lookup, transaction))
    try loop.watch(socket.rawDescriptor, for: .writable) { [weak self] in self?.sendStream(lookup, stream) }
    lookup.stream = stream
    lookup.attempts.append(LookupResult.Attempt(transaction: transaction, client: client, sent: sent))
  }

  /// The connection is there, or failed.
  private func sendStream(_ lookup: PendingLookup, _ stream: StreamExchange) {
    guard lookup.stream === stream else { return }
    do {
      try stream.send()
      guard stream.isSent else { return }
      try loop.watch(stream.socket.rawDescriptor) { [weak self] in self?.receiveStream(lookup, stream) }
    } catch {
      endStream(lookup, failure: error)
    }
  }

  /// Something came, or the connection ended.
  func receiveStream(_ lookup: PendingLookup, _ stream: StreamExchange) {
    guard lookup.stream === stream, stream.isSent else { return }
    do {
      switch try stream.receive(&buffer) {
      case .incomplete: return
      case .closed: endStream(lookup, failure: nil)
      case .message(let bytes):
        var reader = ByteReader(bytes.span)
        guard let message = try? DNSMessage(parsing: &reader), message.identifier == stream.transaction,
          lookup.isAnswered(by: message)
        else { return endStream(lookup, failure: nil) }
        finish(lookup, Self.outcome(of: message), end: .now())
      }
    } catch {
      endStream(lookup, failure: error)
    }
  }

  /// The connection ended without an answer; nothing more can come of this attempt. If it ended before the
  /// request was handed over, the reason counts.
  private func endStream(_ lookup: PendingLookup, failure: SystemError?) {
    let wasSent = lookup.stream?.isSent ?? false
    closeStream(lookup)
    if lookup.attemptsLeft > 0 {
      lookup.transport = lookup.request.transport
      beginAttempt(lookup)
    } else {
      finish(
        lookup,
        wasSent ? .unanswered : .notSent(reason: failure.map { "\($0.errno)" } ?? "connection closed"),
        end: .now()
      )
    }
  }
}
