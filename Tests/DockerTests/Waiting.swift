import LinuxSystem

/// Waiting for what nobody tells of: a file that appears, a process that somebody else started and that ends.
enum Waiting {
  /// Looks every five milliseconds until `isDone`, for at most `limit`; whether it came to pass.
  @discardableResult
  static func until(_ limit: Duration, _ isDone: @escaping () -> Bool) -> Bool {
    guard !isDone() else { return true }
    guard let loop = try? EventLoop() else { return false }
    var wasDone = false
    func look() {
      wasDone = isDone()
      if wasDone { loop.stop() } else { loop.schedule(after: .milliseconds(5), look) }
    }
    loop.schedule(after: limit) { loop.stop() }
    loop.schedule(after: .zero, look)
    try? loop.run()
    return wasDone
  }
}
