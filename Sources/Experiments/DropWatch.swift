internal import LinuxSystem
internal import Observation
internal import Sensing

/// Collects the kernel's own word about dropped packets, where this process may hear it.
final class DropWatch {
  /// Why nothing is heard, if nothing is.
  let blindSpots: [String]
  private let loop: EventLoop
  private let monitor: DropMonitor?
  private var events: [Event] = []

  init(on loop: EventLoop) {
    self.loop = loop
    var reasons: [String] = []
    do { monitor = try DropMonitor() } catch {
      monitor = nil
      reasons = ["the kernel's own reasons for drops (tracepoint skb:kfree_skb): \(error)"]
    }
    blindSpots = reasons
    // What isn't taken in time is taken at the end, as far as the kernel's buffer reaches.
    try? monitor?.watch(on: loop) { [unowned self] in events += $0 }
  }

  /// Stops, and gives what was heard, in order of time.
  func end() -> [Event] {
    guard let monitor else { return [] }
    events += monitor.receive()
    monitor.unwatch(on: loop)
    return events.sorted { $0.time < $1.time }
  }
}
