internal import Frames
internal import Glibc
public import LinuxSystem
public import NetworkTypes
internal import Observation
internal import Statistics
internal import Synchronization

/// A DNS server for labs, over UDP and TCP, on a thread of its own, that does as it is told: answers, delays,
/// keeps silent, fails or truncates.
public final class LabResolver: Sendable {
  /// Why a resolver can't be made.
  public struct InvalidAddress: Error, Sendable, CustomStringConvertible {
    /// What was given.
    public let address: SocketAddress
    /// One line for a person.
    public var description: String {
      "a resolver can't be at \(address): it must answer from the very address that was asked"
    }
  }

  private let state = ResolverState()
  private let parts: ResolverParts
  private let stopper: EventLoop.Stopper
  private let thread = Mutex<NamespaceThread.Handle?>(nil)
  private let responder: Responder
  private let logLimit: Int
  /// Where it is asked; with the port that the kernel chose in place of 0.
  public let addresses: [SocketAddress]

  /// A resolver at these addresses in a namespace; it takes requests from now on and answers them after `start`.
  /// Random shares follow from `seed`; the first `logLimit` requests are logged one by one.
  public init(
    at addresses: [SocketAddress],
    in namespace: NetworkNamespace,
    zone: Zone,
    seed: UInt64,
    logLimit: Int = 0
  ) throws {
    responder = Responder(try ZoneAnswers(zone), seed: seed)
    for address in addresses where [.v4(.any), .v6(.any)].contains(address.address) {
      throw InvalidAddress(address: address)
    }
    let listeners = try namespace.perform { try addresses.map { try ResolverListener($0) } }
    self.addresses = listeners.map(\.address)
    self.logLimit = logLimit
    let loop = try EventLoop()
    stopper = loop.stopper
    parts = ResolverParts(loop, listeners)
  }

  deinit { stop() }

  /// Begins to answer; once.
  public func start() throws {
    thread.withLock { thread in
      guard thread == nil else { return }
      thread = NamespaceThread.start { [state, parts, responder, logLimit] in
        guard let (loop, listeners) = parts.take() else { return }
        let server = ResolverServer(loop, responder, state, logLimit: logLimit)
        do {
          try server.serve(listeners)
        } catch {
          state.update { $0.log.failure = "\(error)" }
        }
      }
    }
  }

  /// Ends the resolver, and waits until it has ended. Requests that are held back stay unanswered.
  public func stop() {
    stopper.stop()
    let running = thread.withLock { $0.take() }
    if let running { running.wait() }
    _ = parts.take()
  }

  /// Behaves so from the next request on; from any thread.
  public func set(_ behaviour: Behaviour) { state.update { $0.behaviour = behaviour } }

  /// What was done so far; from any thread.
  public var log: Log { state.update { $0.log } }
}

/// What a resolver and its thread share.
final class ResolverState: Sendable {
  struct Contents: Sendable {
    var behaviour = LabResolver.Behaviour()
    var log = LabResolver.Log()
  }

  private let contents = Mutex(Contents())

  func update<Answer: Sendable>(_ body: (inout Contents) -> Answer) -> Answer {
    contents.withLock { body(&$0) }
  }
}

/// A loop and its sockets on their way to the resolver's thread.
private final class ResolverParts: Sendable {
  private struct Parts {
    let loop: EventLoop
    let listeners: [ResolverListener]
  }

  private let parts: Mutex<Parts?>

  init(_ loop: sending EventLoop, _ listeners: [ResolverListener]) {
    parts = Mutex(Parts(loop: loop, listeners: listeners))
  }

  func take() -> (EventLoop, [ResolverListener])? {
    let taken = parts.withLock { parts in
      let taken = parts
      parts = nil
      return taken
    }
    return taken.map { ($0.loop, $0.listeners) }
  }
}
