internal import Journeys
internal import LinuxSystem
internal import NetworkTypes
internal import Observation
internal import Reporting
internal import Sensing
internal import SystemPackage

/// Follows requests through interfaces as they pass, until it is told to end.
final class LiveTrace {
  /// Requests that nothing follows end by the clock; it is looked at so often.
  private static let tick = Duration.milliseconds(100)

  /// Evidence that decides can come so long after a request: a neighbour entry's renewal.
  private static let patience = Duration.seconds(60)

  private let duration: Duration?
  private let loop: EventLoop
  private let captures: [LiveCapture]
  private let grounds: [TraceGround]
  private var ledger: TraceLedger
  private var tracker: JourneyTracker
  private var interruption: Signals.Request?

  /// A trace of these namespaces.
  ///
  /// - Parameter duration: after which it ends; nil for when it is interrupted.
  init(
    _ grounds: [TraceGround],
    duration: Duration?,
    timeout: Duration,
    immediate: TraceLedger.Immediate
  ) throws {
    self.duration = duration
    let places = CapturePlaces()
    ledger = TraceLedger(timeout: timeout, immediate: immediate, places: places)
    var keepsAnswered = false
    if case .lines = immediate { keepsAnswered = true }
    tracker = JourneyTracker(JourneyTracker.Options(timeout: timeout, keepsAnswered: keepsAnswered))
    loop = try EventLoop()
    self.grounds = grounds
    captures = try grounds.map { ground in
      do {
        return try LiveCapture(
          ground.name,
          in: ground.namespace,
          prefix: grounds.count > 1 ? ground.name + "/" : "",
          places: places
        )
      } catch let error as SystemError {
        throw ground.explain(error)
      }
    }
  }

  /// Follows until the time is over or a signal comes; also whether it was a signal.
  func run(signals: Signals?) throws -> (document: TraceDocument, isInterrupted: Bool) {
    for capture in captures {
      try capture.watch(
        on: loop,
        frames: { [unowned self] in try take($0) },
        notices: { [unowned self, unowned capture] in hear($0, of: capture) }
      )
    }
    if let signals {
      try loop.watch(signals.rawDescriptor) { [unowned self] in
        interruption = signals.next() ?? interruption
        if interruption != nil { loop.stop() }
      }
    }
    if let duration { loop.schedule(after: duration) { [unowned self] in loop.stop() } }
    pass()
    try loop.run()
    // A second signal ends it at once.
    signals?.release()
    for capture in captures {
      try capture.end(on: loop, frames: { try take($0) }, notices: { hear($0, of: capture) })
    }
    if let signals { loop.unwatch(signals.rawDescriptor) }
    // What is open now has ended as far as anybody can say.
    tracker.pass(to: .now())
    tracker.end()
    try ledger.take(tracker.takeFinished(), tracker.network)
    try ledger.end(tracker.network)
    return (ledger.document(tracker, try captures.map { try $0.summary() }), interruption != nil)
  }

  private func take(_ arrival: LiveCapture.Arrival) throws {
    if let number = tracker.take(arrival.sighting, frame: arrival.frame) {
      tracker.setName(arrival.questionName, of: number)
    }
    try handOver()
  }

  private func hear(_ notice: LiveCapture.Notice, of capture: LiveCapture) {
    switch notice {
    case .address(let place, let address, let time):
      if isContainer(capture) { tracker.learn(inside: place) }
      tracker.learn(address, of: place, at: time)
    case .carries(let place, let isOn, let time): tracker.learn(carries: isOn, at: place, time)
    // Of containers it means nothing, and of several hosts nobody knows whose requests it is about.
    case .forwards(let family, let isOn, let time):
      if !isContainer(capture), grounds.count(where: { !$0.isContainer }) == 1 {
        tracker.learn(forwards: isOn, family, time)
      }
    case .gone(let place): tracker.forget(place)
    case .lost: break
    }
  }

  private func isContainer(_ capture: LiveCapture) -> Bool {
    zip(captures, grounds).contains { $0 === capture && $1.isContainer }
  }

  private func handOver() throws {
    if tracker.hasFinished { try ledger.take(tracker.takeFinished(), tracker.network) }
  }

  private func pass() {
    loop.schedule(after: Self.tick) { [weak self] in
      guard let self else { return }
      for capture in captures { try capture.readSettings { self.hear($0, of: capture) } }
      tracker.pass(to: .now())
      try handOver()
      try ledger.judge(before: .now() - Self.patience, tracker.network)
      pass()
    }
  }
}
