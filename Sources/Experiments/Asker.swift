internal import Frames
internal import LinuxSystem
internal import Lookups
internal import NetworkTypes
internal import Observation

/// Makes lookups in one container at a steady rate, and keeps what came of them.
final class Asker {
  /// The container's name.
  let container: String
  private let client: LookupClient
  private let loop: EventLoop
  private let server: SocketAddress
  private let type: UInt16
  private let timeout: Duration
  private let lateWindow: Duration
  private let interval: Duration
  private let suffix: String
  private var count = 0
  private var isPaused = false
  private var isStopped = false
  /// Called with each finished lookup.
  var onResult: (LookupResult) -> Void = { _ in }
  /// What came of the lookups, in the order in which they ended.
  private(set) var results: [LookupResult] = []

  init(
    _ container: String,
    client: LookupClient,
    loop: EventLoop,
    server: SocketAddress,
    interval: Duration,
    timeout: Duration,
    lateWindow: Duration = .zero,
    suffix: String
  ) {
    self.container = container
    self.client = client
    self.loop = loop
    self.server = server
    self.interval = interval
    self.timeout = timeout
    self.lateWindow = lateWindow
    self.suffix = suffix
    type = server.address.family == .v4 ? 1 : 28
  }

  /// How many lookups are under way.
  var inFlight: Int { client.inFlight }

  /// Begins to ask, after `delay`, until `stop`.
  func start(after delay: Duration) { tick(at: .now + delay) }

  private func tick(at moment: ContinuousClock.Instant) {
    loop.schedule(at: moment) { [weak self] in
      guard let self, !isStopped else { return }
      if !isPaused { ask() }
      // A loop that was held up doesn't make up for what it missed: the load stays light.
      tick(at: max(moment + interval, .now))
    }
  }

  /// Holds new lookups back.
  func pause() { isPaused = true }

  /// Goes on.
  func resume() { isPaused = false }

  /// Makes no more lookups.
  func stop() { isStopped = true }

  /// Makes one lookup now; `label` steers the lab's resolver.
  func ask(
    label: String? = nil,
    counted: Bool = true,
    completion: @escaping (LookupResult) -> Void = { _ in }
  ) {
    count += 1
    let name = "l\(count)." + (label.map { $0 + "." } ?? "") + suffix
    let request = LookupRequest(
      name: name,
      type: type,
      server: server,
      timeout: timeout,
      attempts: 1,
      lateWindow: lateWindow
    )
    client.start(request) { [weak self] result in
      if counted {
        self?.results.append(result)
        self?.onResult(result)
      }
      completion(result)
    }
  }
}
