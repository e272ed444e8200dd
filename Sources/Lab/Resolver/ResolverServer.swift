internal import Frames
internal import LinuxSystem
internal import NetworkTypes
internal import Observation

/// A resolver's work; belongs to its thread.
final class ResolverServer {
  /// More connections than this are closed at once.
  private static let maximumConnections = 4096

  private let loop: EventLoop
  private var responder: Responder
  private let state: ResolverState
  private let logLimit: Int
  private var buffer = [UInt8](repeating: 0, count: 65_535)
  private var connections: [Int32: ResolverConnection] = [:]

  init(_ loop: EventLoop, _ responder: Responder, _ state: ResolverState, logLimit: Int) {
    self.loop = loop
    self.responder = responder
    self.state = state
    self.logLimit = logLimit
  }

  /// Answers until the loop is stopped.
  func serve(_ listeners: [ResolverListener]) throws {
    for listener in listeners {
      for socket in listener.datagrams {
        try loop.watch(socket.rawDescriptor) { [unowned self] in
          try serveDatagrams(socket, listener.address)
        }
      }
      try loop.watch(listener.streams.rawDescriptor) { [unowned self] in try accept(listener) }
    }
    try loop.run()
  }

  private func serveDatagrams(_ socket: InternetSocket, _ address: SocketAddress) throws {
    // So many at a time, lest one socket keep the loop from the others.
    for _ in 0..<256 {
      guard let arrival = try socket.receiveDatagram(into: &buffer) else { return }
      let request = Request(
        time: arrival.time ?? .now(),
        client: arrival.source,
        server: address,
        transport: .udp
      )
      respond(to: buffer.span.extracting(0..<arrival.count), request) { [unowned self] message in
        send(message, socket, arrival.source)
      }
    }
  }

  private func send(_ message: [UInt8], _ socket: InternetSocket, _ client: SocketAddress) {
    do {
      if try socket.send(message, to: client) == nil { noteUnsent("the socket's send buffer is full") }
    } catch {
      noteUnsent("\(error)")
    }
  }

  private func noteUnsent(_ reason: String) {
    state.update { $0.log.unsent = (($0.log.unsent?.count ?? 0) + 1, reason) }
  }

  /// What is known of a request besides its bytes.
  private struct Request {
    let time: Timestamp
    let client: SocketAddress
    let server: SocketAddress
    let transport: DNSTransport
  }

  private func respond(
    to bytes: Span<UInt8>,
    _ request: Request,
    _ send: @escaping ([UInt8]) -> Void
  ) {
    let behaviour = state.update { $0.behaviour }
    guard let response = responder.respond(to: bytes, over: request.transport, behaviour) else { return }
    note(request, response)
    guard let message = response.message else { return }
    if response.delay > .zero {
      loop.schedule(after: response.delay) { send(message) }
    } else {
      send(message)
    }
  }

  private func note(_ request: Request, _ response: Responder.Response) {
    state.update { contents in
      contents.log.counts[response.deed, default: 0] += 1
      guard contents.log.entries.count < logLimit else { return }
      contents.log.entries.append(
        LabResolver.Entry(
          time: request.time,
          transaction: response.transaction,
          client: request.client,
          server: request.server,
          transport: request.transport,
          question: response.question?.name.digest ?? 0,
          type: response.question?.type.rawValue ?? 0,
          deed: response.deed
        )
      )
    }
  }

  private func accept(_ listener: ResolverListener) throws {
    while let socket = try listener.streams.accept() {
      // Dropped, the socket closes.
      guard connections.count < Self.maximumConnections, let client = try? socket.peerAddress() else {
        continue
      }
      let connection = ResolverConnection(socket, client: client, server: listener.address)
      connections[socket.rawDescriptor] = connection
      try watch(connection)
    }
  }

  private func watch(_ connection: ResolverConnection) throws {
    let interest: EventLoop.Interest = connection.isBlocked ? [.readable, .writable] : .readable
    try loop.watch(connection.socket.rawDescriptor, for: interest) { [unowned self] in serve(connection) }
  }

  private func serve(_ connection: ResolverConnection) {
    do {
      let wasBlocked = connection.isBlocked
      try connection.flush()
      if wasBlocked, !connection.isBlocked { try watch(connection) }
      while let message = try connection.nextRequest(&buffer) {
        let request = Request(
          time: .now(),
          client: connection.client,
          server: connection.server,
          transport: .tcp
        )
        respond(to: message.span, request) { [weak self] in self?.send($0, connection) }
      }
      if connection.isFinished { close(connection) }
    } catch {
      close(connection)
    }
  }

  private func send(_ message: [UInt8], _ connection: ResolverConnection) {
    guard connections[connection.socket.rawDescriptor] === connection else { return }
    do {
      try connection.send(message)
      if connection.isBlocked { try watch(connection) }
    } catch {
      noteUnsent("\(error)")
      close(connection)
    }
  }

  private func close(_ connection: ResolverConnection) {
    let descriptor = connection.socket.rawDescriptor
    guard connections[descriptor] === connection else { return }
    loop.unwatch(descriptor)
    connections[descriptor] = nil
  }
}
