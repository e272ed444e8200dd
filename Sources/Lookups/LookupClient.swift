internal import Frames
public import LinuxSystem
internal import NetworkTypes
public import Observation
internal import Statistics

/// Looks names up, thousands at a time, and says exactly what came of each.
///
/// A client belongs to the thread of its loop. Whether an answer was in time is decided by the kernel's time of
/// its arrival (SO_TIMESTAMPNS, socket(7)) and not by when the loop got to it, so a busy client invents no
/// failures; over TCP, whose answers come without such a time, one that is there when the timeout is noticed
/// is in time. Answers with another id, another question or from another address are ignored. As in glibc, an
/// attempt that the kernel reports as failed is followed by the next one at once.
public final class LookupClient {
  let loop: EventLoop
  private let namespace: NetworkNamespace
  private let policy: SocketPolicy
  var generator: SeededGenerator
  private var lookups: [ObjectIdentifier: PendingLookup] = [:]
  private var sharedPorts: [IPFamily: [DatagramPort]] = [:]
  private var sharedPortsUsed = 0
  private var sources: [SocketAddress: IPAddress] = [:]
  /// Holds the kernel's time stamping on: it is switched off with the last socket that wants it, and on again
  /// only some time after the next one asks.
  private let stampKeeper: InternetSocket?
  var buffer = [UInt8](repeating: 0, count: 65_535)

  /// A client whose requests leave from `namespace`; its ids follow from `seed`.
  public init(on loop: EventLoop, in namespace: NetworkNamespace, sockets policy: SocketPolicy, seed: UInt64)
  {
    self.loop = loop
    self.namespace = namespace
    self.policy = policy
    generator = SeededGenerator(seed: seed)
    stampKeeper = try? Self.open(.udp, .v4, in: namespace)
    try? stampKeeper?.enableTimestamps()
  }

  deinit { cancelAll() }

  /// How many lookups are not over.
  public var inFlight: Int { lookups.count }

  /// Starts a lookup and calls `completion` when it is over, never before `start` returns.
  public func start(_ request: LookupRequest, completion: @escaping (LookupResult) -> Void) {
    let question = DNSName(request.name).map { DNSQuestion($0, DNSRecordType(rawValue: request.type)) }
    let lookup = PendingLookup(request, question, start: .now(), completion: completion)
    lookups[ObjectIdentifier(lookup)] = lookup
    if question == nil {
      lookup.failure = "not a domain name"
      lookup.attemptsBegun = max(1, request.attempts)
      finishSoon(lookup)
    } else {
      beginAttempt(lookup)
    }
  }

  /// Ends all lookups without completing them, and closes their sockets.
  public func cancelAll() {
    lookups.values.forEach(release)
    lookups = [:]
    sharedPorts.values.joined().forEach(close)
    sharedPorts = [:]
  }

  /// Sends the next request, or one after it if that fails; ends the lookup soon if all fail.
  func beginAttempt(_ lookup: PendingLookup) {
    while lookup.attemptsLeft > 0 {
      lookup.attemptsBegun += 1
      lookup.failure = nil
      do {
        switch lookup.transport {
        case .udp: try sendDatagram(lookup)
        case .tcp: try connectStream(lookup)
        }
        lookup.deadline = (lookup.attempts.last?.sent ?? .now()) + lookup.request.timeout
        setTimer(lookup, after: lookup.request.timeout) { [weak self] in self?.timeOut($0) }
        return
      } catch {
        lookup.failure = (error as? SystemError).map { "\($0.errno)" } ?? "\(error)"
      }
    }
    finishSoon(lookup)
  }

  /// The latest attempt's time is over. What came before that may still lie in the socket.
  private func timeOut(_ lookup: PendingLookup) {
    drain(lookup)
    if lookup.isFinished { return }
    closeStream(lookup)
    if lookup.attemptsLeft > 0 {
      lookup.transport = lookup.request.transport
      beginAttempt(lookup)
    } else if lookup.request.lateWindow > .zero {
      lookup.isOverdue = true
      setTimer(lookup, after: lookup.request.lateWindow) { [weak self] in
        self?.drain($0)
        self?.finishUnanswered($0)
      }
    } else {
      finishUnanswered(lookup)
    }
  }

  /// The kernel reported that the latest attempt failed.
  func fail(_ lookup: PendingLookup, _ error: SystemError) {
    lookup.failure = "\(error.errno)"
    if lookup.attemptsLeft > 0 {
      lookup.transport = lookup.request.transport
      beginAttempt(lookup)
    }
  }

  /// Takes what is in the lookup's sockets.
  private func drain(_ lookup: PendingLookup) {
    if let port = lookup.port { receiveDatagrams(port) }
    if !lookup.isFinished, let stream = lookup.stream { receiveStream(lookup, stream) }
  }

  private func finishUnanswered(_ lookup: PendingLookup) {
    finish(lookup, lookup.failure.map { .notSent(reason: $0) } ?? .unanswered, end: lookup.deadline)
  }

  /// Ends a lookup that couldn't be sent, when the loop is next idle.
  func finishSoon(_ lookup: PendingLookup) {
    lookup.deadline = .now()
    setTimer(lookup, after: .zero) { [weak self] in self?.finishUnanswered($0) }
  }

  /// Ends a lookup and tells whoever wanted it.
  func finish(_ lookup: PendingLookup, _ outcome: LookupResult.Outcome, end: Timestamp) {
    guard !lookup.isFinished else { return }
    release(lookup)
    lookups[ObjectIdentifier(lookup)] = nil
    lookup.completion(lookup.result(outcome, end: end))
  }

  private func setTimer(
    _ lookup: PendingLookup,
    after delay: Duration,
    _ action: @escaping (PendingLookup) -> Void
  ) {
    if let timer = lookup.timer { loop.cancel(timer) }
    lookup.timer = loop.schedule(after: delay) { if !lookup.isFinished { action(lookup) } }
  }

  private func release(_ lookup: PendingLookup) {
    lookup.isFinished = true
    if let timer = lookup.timer { loop.cancel(timer) }
    lookup.timer = nil
    closeStream(lookup)
    guard let port = lookup.port else { return }
    lookup.transactions.forEach { port.waiting[$0] = nil }
    lookup.port = nil
    if port.isConnected { close(port) }
  }

  private func close(_ port: DatagramPort) {
    guard !port.isClosed else { return }
    port.isClosed = true
    loop.unwatch(port.socket.rawDescriptor)
  }

  func closeStream(_ lookup: PendingLookup) {
    guard let stream = lookup.stream else { return }
    loop.unwatch(stream.socket.rawDescriptor)
    lookup.stream = nil
  }
}

extension LookupClient {
  /// Opens a socket in the client's namespace.
  func open(_ transport: InternetSocket.Transport, _ family: IPFamily) throws -> InternetSocket {
    try Self.open(transport, family, in: namespace)
  }

  private static func open(
    _ transport: InternetSocket.Transport,
    _ family: IPFamily,
    in namespace: NetworkNamespace
  ) throws -> InternetSocket {
    try namespace.perform { try InternetSocket(transport, family) }
  }

  /// The UDP socket that the next request to `server` leaves from.
  func port(for server: SocketAddress) throws -> DatagramPort {
    let family = server.address.family
    guard case .shared(let count) = policy else {
      let socket = try open(.udp, family)
      try socket.connect(server)
      return try watched(DatagramPort(socket, isConnected: true))
    }
    if sharedPorts[family] == nil {
      let unspecified: IPAddress = family == .v4 ? .v4(.any) : .v6(.any)
      sharedPorts[family] = try (0..<max(1, count)).map { _ in
        let socket = try open(.udp, family)
        try socket.bind(SocketAddress(unspecified, port: 0))
        return try watched(DatagramPort(socket, isConnected: false))
      }
    }
    let ports = sharedPorts[family] ?? []
    sharedPortsUsed += 1
    return ports[sharedPortsUsed % ports.count]
  }

  private func watched(_ port: DatagramPort) throws -> DatagramPort {
    try port.socket.enableTimestamps()
    try loop.watch(port.socket.rawDescriptor) { [weak self] in self?.receiveDatagrams(port) }
    return port
  }

  /// Where requests to `server` come from: a socket without a peer doesn't know.
  func source(of port: DatagramPort, to server: SocketAddress) throws -> SocketAddress {
    let local = try port.socket.localAddress()
    if port.isConnected { return local }
    if let known = sources[server] { return SocketAddress(known, port: local.port) }
    let socket = try open(.udp, server.address.family)
    try socket.connect(server)
    let source = try socket.localAddress().address
    sources[server] = source
    return SocketAddress(source, port: local.port)
  }
}
