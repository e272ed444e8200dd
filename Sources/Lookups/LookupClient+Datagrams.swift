internal import Frames
internal import LinuxSystem
internal import NetworkTypes
internal import Observation
internal import SystemPackage
internal import WireFormat

extension LookupClient {
  /// Why a request could not be sent, beside what the kernel says.
  private enum Failure: Error, CustomStringConvertible {
    case noTransactionLeft
    case socketFull
    var description: String {
      switch self {
      case .noTransactionLeft: "every id of the socket is in use"
      case .socketFull: "the socket's send buffer is full"
      }
    }
  }

  /// Sends the lookup's request over UDP, with a new id.
  func sendDatagram(_ lookup: PendingLookup) throws {
    let server = lookup.request.server
    let port = try lookup.port ?? port(for: server)
    lookup.port = port
    let client = try source(of: port, to: server)
    guard let transaction = port.unusedTransaction(&generator) else { throw Failure.noTransactionLeft }
    let message = encode(lookup, transaction)
    port.waiting[transaction] = lookup
    lookup.transactions.append(transaction)
    let destination = port.isConnected ? nil : server
    var (sent, failure, taken) = handOver(message, port, destination)
    if failure?.errno == .connectionRefused, !lookup.attempts.isEmpty {
      // An ICMP error that an earlier request met; reporting it took the place of sending.
      (sent, failure, taken) = handOver(message, port, destination)
    }
    if let failure { throw failure }
    guard taken else { throw Failure.socketFull }
    lookup.attempts.append(LookupResult.Attempt(transaction: transaction, client: client, sent: sent))
  }

  /// Sends a message: when, and whether it was taken or why not.
  private func handOver(
    _ message: [UInt8],
    _ port: DatagramPort,
    _ destination: SocketAddress?
  ) -> (sent: Timestamp, failure: SystemError?, taken: Bool) {
    let sent = Timestamp.now()
    do {
      return (sent, nil, try port.socket.send(message, to: destination) != nil)
    } catch {
      return (sent, error, false)
    }
  }

  /// The request as it is sent.
  func encode(_ lookup: PendingLookup, _ transaction: UInt16) -> [UInt8] {
    var writer = ByteWriter()
    if let question = lookup.question {
      let size = lookup.request.bufferSize
      DNSMessage(query: question, identifier: transaction, bufferSize: size).write(to: &writer)
    }
    return writer.bytes
  }

  /// Takes the datagrams that have come.
  func receiveDatagrams(_ port: DatagramPort) {
    // So many at most, lest a flood keep the loop from everything else.
    for _ in 0..<4096 where !port.isClosed {
      do {
        guard let arrival = try port.socket.receiveDatagram(into: &buffer) else { return }
        accept(arrival, port)
      } catch {
        // Only sockets with one lookup report errors of the network.
        if port.isConnected, let lookup = port.waiting.first?.value, !lookup.isOverdue { fail(lookup, error) }
      }
    }
  }

  private func accept(_ arrival: InternetSocket.Arrival, _ port: DatagramPort) {
    var reader = ByteReader(buffer.span.extracting(0..<arrival.count))
    guard let message = try? DNSMessage(parsing: &reader), let lookup = port.waiting[message.identifier],
      arrival.source == lookup.request.server, lookup.isAnswered(by: message)
    else { return }
    let time = arrival.time ?? .now()
    guard time <= lookup.finalDeadline else {
      let window = lookup.request.lateWindow
      if window > .zero, time <= lookup.finalDeadline + window { finish(lookup, .late, end: time) }
      return
    }
    if message.flags.contains(.truncated), lookup.request.retriesTruncatedOverTCP {
      repeatOverTCP(lookup)
    } else {
      finish(lookup, Self.outcome(of: message), end: time)
    }
  }

  /// A truncated answer: the same attempt goes on over TCP, with the whole timeout.
  private func repeatOverTCP(_ lookup: PendingLookup) {
    guard lookup.stream == nil else { return }
    lookup.transport = .tcp
    lookup.attemptsBegun -= 1
    lookup.isOverdue = false
    beginAttempt(lookup)
  }

  /// What an answer that came in time means.
  static func outcome(of message: DNSMessage) -> LookupResult.Outcome {
    message.responseCode == .noError
      ? .answered(records: message.answers.count) : .errorResponse(code: message.responseCode.rawValue)
  }
}
