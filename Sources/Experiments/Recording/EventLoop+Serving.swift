internal import LinuxSystem

extension EventLoop {
  /// Serves for so long.
  func serve(for duration: Duration) throws {
    schedule(after: duration) { [unowned self] in stop() }
    try run()
  }

  /// Serves until a condition holds, which is looked at every few milliseconds; whether it does within
  /// `patience`.
  func serve(atMost patience: Duration, until isMet: @escaping () throws -> Bool) throws -> Bool {
    let deadline = ContinuousClock.now + patience
    var result = false
    func look() throws {
      result = try isMet()
      if result || ContinuousClock.now > deadline { return stop() }
      schedule(after: .milliseconds(5), look)
    }
    schedule(after: .zero, look)
    try run()
    return result
  }
}
