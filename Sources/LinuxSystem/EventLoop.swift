internal import CLinux
internal import Glibc
internal import HeapModule

/// Waits for descriptors and for moments in time, on one thread.
///
/// A loop and everything that its handlers touch belong to the thread that made it. `Stopper` alone may be
/// used from anywhere.
public final class EventLoop {
  /// What a descriptor is watched for.
  public struct Interest: OptionSet, Sendable {
    /// The bits of epoll_ctl(2).
    public let rawValue: UInt32
    /// An interest in these bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// EPOLLIN
    public static let readable = Interest(rawValue: 0x1)
    /// EPOLLOUT
    public static let writable = Interest(rawValue: 0x4)
  }

  /// A timer that was set and can be cancelled.
  public struct Timer: Hashable, Sendable {
    fileprivate let number: UInt64
  }

  /// Ends a loop from any thread.
  public final class Stopper: Sendable {
    fileprivate let event: Descriptor

    fileprivate init() throws(SystemError) {
      event = Descriptor(owning: try systemCall("eventfd") { eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)) })
    }

    /// Makes the loop return as soon as the running handler is done.
    public func stop() { eventfd_write(event.rawValue, 1) }
  }

  private struct Deadline: Comparable {
    let moment: ContinuousClock.Instant
    let number: UInt64
    static func < (left: Deadline, right: Deadline) -> Bool {
      (left.moment, left.number) < (right.moment, right.number)
    }
  }

  private let poller: Descriptor
  private var handlers: [Int32: () throws -> Void] = [:]
  private var deadlines = Heap<Deadline>()
  private var actions: [UInt64: () throws -> Void] = [:]
  private var timersSet: UInt64 = 0
  private var isStopped = false
  /// Ends this loop from any thread.
  public let stopper: Stopper

  /// A loop that watches nothing yet.
  public init() throws(SystemError) {
    poller = Descriptor(owning: try systemCall("epoll_create1") { epoll_create1(Int32(EPOLL_CLOEXEC)) })
    stopper = try Stopper()
    try watch(stopper.event.rawValue) { [unowned self] in isStopped = true }
  }

  /// Calls `handler` whenever the descriptor is ready, as long as it is (level-triggered), until `unwatch`.
  public func watch(
    _ descriptor: Int32,
    for interest: Interest = .readable,
    _ handler: @escaping () throws -> Void
  ) throws(SystemError) {
    var event = unsafe epoll_event()
    unsafe event.events = interest.rawValue
    unsafe event.data.fd = descriptor
    let operation = handlers[descriptor] == nil ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
    try systemCall("epoll_ctl") { unsafe epoll_ctl(poller.rawValue, operation, descriptor, &event) }
    handlers[descriptor] = handler
  }

  /// Forgets a descriptor; to be called before it is closed.
  public func unwatch(_ descriptor: Int32) {
    guard handlers.removeValue(forKey: descriptor) != nil else { return }
    _ = try? systemCall("epoll_ctl") { epoll_ctl(poller.rawValue, EPOLL_CTL_DEL, descriptor, nil) }
  }

  /// Calls `action` once, at `moment` or as soon after as the loop gets to it.
  @discardableResult
  public func schedule(at moment: ContinuousClock.Instant, _ action: @escaping () throws -> Void) -> Timer {
    timersSet += 1
    deadlines.insert(Deadline(moment: moment, number: timersSet))
    actions[timersSet] = action
    return Timer(number: timersSet)
  }

  /// Calls `action` once, after `delay`.
  @discardableResult
  public func schedule(after delay: Duration, _ action: @escaping () throws -> Void) -> Timer {
    schedule(at: .now + delay, action)
  }

  /// Forgets a timer.
  public func cancel(_ timer: Timer) { actions.removeValue(forKey: timer.number) }

  /// Makes `run` return as soon as the running handler is done.
  public func stop() { isStopped = true }

  /// Serves descriptors and timers until the loop is stopped, or a handler throws.
  public func run() throws {
    isStopped = false
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 256)
    while !isStopped {
      let timeout = try runDueActions()
      if isStopped { return }
      let ready = try systemCall("epoll_wait") {
        unsafe epoll_wait(poller.rawValue, &events, Int32(events.count), timeout)
      }
      for index in 0..<Int(ready) {
        // An earlier handler of this round may have forgotten the descriptor.
        try unsafe handlers[events[index].data.fd]?()
        if isStopped { return }
      }
    }
  }

  /// Runs what is due; the time in milliseconds until the next deadline, -1 if there is none.
  private func runDueActions() throws -> Int32 {
    let now = ContinuousClock.now
    while let next = deadlines.min {
      guard actions[next.number] != nil else {
        deadlines.removeMin()
        continue
      }
      if next.moment > now {
        let nanoseconds = now.duration(to: next.moment).components
        let milliseconds = nanoseconds.seconds * 1000 + nanoseconds.attoseconds / 1_000_000_000_000_000
        return Int32(clamping: milliseconds + 1)
      }
      deadlines.removeMin()
      try actions.removeValue(forKey: next.number)?()
      if isStopped { return 0 }
    }
    return -1
  }
}
