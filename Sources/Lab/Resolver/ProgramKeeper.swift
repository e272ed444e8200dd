internal import LinuxSystem
internal import Synchronization

/// Runs a program on a thread that lasts as long as the program should: the kernel kills a child when the thread
/// that spawned it ends.
final class ProgramKeeper: Sendable {
  private struct State: Sendable {
    var exitStatus: Int32?
    var failure: (any Error)?
  }

  private final class Shared: Sendable {
    let state = Mutex(State())
    let loop: Mutex<EventLoop?>
    init(_ loop: sending EventLoop) { self.loop = Mutex(loop) }
    func takeLoop() -> EventLoop? {
      loop.withLock { loop in
        let taken = loop
        loop = nil
        return taken
      }
    }
  }

  private let shared: Shared
  private let stopper: EventLoop.Stopper
  private let errors: UnnamedFile
  private let files: [UnnamedFile]
  private let thread: Mutex<NamespaceThread.Handle?>

  /// Starts a program; `files` stay open as long as this object.
  init(
    _ path: String,
    _ arguments: [String],
    in namespace: NetworkNamespace,
    keeping files: [UnnamedFile]
  ) throws {
    let loop = try EventLoop()
    stopper = loop.stopper
    let shared = Shared(loop)
    let errors = try UnnamedFile()
    self.shared = shared
    self.errors = errors
    self.files = files
    thread = Mutex(
      NamespaceThread.start {
        guard let loop = shared.takeLoop() else { return }
        do {
          let child = try ChildProcess(path, arguments, in: namespace, errors: errors.rawDescriptor)
          Self.watch(child, loop, shared)
          try loop.run()
          child.terminate()
        } catch {
          shared.state.withLock { $0.failure = error }
        }
      }
    )
  }

  deinit { stop() }

  /// The program's exit status if it ended by itself. 127 if it couldn't be started.
  var exitStatus: Int32? { shared.state.withLock { $0.exitStatus ?? ($0.failure == nil ? nil : 127) } }

  /// What the program wrote to standard error, or why it couldn't be started.
  var output: String { shared.state.withLock { $0.failure.map { "\($0)" } } ?? errors.contents }

  /// Ends the program, and waits until it has ended.
  func stop() {
    stopper.stop()
    let running = thread.withLock { $0.take() }
    if let running { running.wait() }
  }

  private static func watch(_ child: ChildProcess, _ loop: EventLoop, _ shared: Shared) {
    if let status = child.exitStatusIfEnded() {
      shared.state.withLock { $0.exitStatus = status }
    } else {
      loop.schedule(after: .milliseconds(20)) { watch(child, loop, shared) }
    }
  }
}
