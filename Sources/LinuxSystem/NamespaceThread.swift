internal import CLinux
internal import Glibc
internal import Synchronization

/// Threads that are moved between network namespaces.
///
/// A process that entered a user namespace may not return to the namespace it came from, so a thread that
/// was moved once has no home any more. Only threads made here are ever moved.
public enum NamespaceThread {
  /// Starts a thread that may be moved, runs `body` on it, and waits for its end.
  ///
  /// Children that are to die with their parent must be spawned from a thread that lasts: `body`'s does
  /// exactly as long as `body`.
  public static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Value {
    let result = Mutex<Result<Value, any Error>?>(nil)
    let joined = start { result.withLock { $0 = Result { try body() } } }
    joined.wait()
    guard let value = result.withLock({ $0 }) else { fatalError("a thread ended without a result") }
    return try value.get()
  }

  /// A thread that was started and is to be waited for.
  public struct Handle: ~Copyable, Sendable {
    fileprivate let thread: pthread_t

    /// Waits until the thread has ended.
    public consuming func wait() { pthread_join(thread, nil) }
  }

  /// Starts a thread that may be moved between network namespaces and runs `body` on it.
  public static func start(_ body: @escaping @Sendable () -> Void) -> Handle {
    let context = unsafe Unmanaged.passRetained(Body(body)).toOpaque()
    var thread = pthread_t()
    let failure = unsafe pthread_create(
      &thread,
      nil,
      { context in
        guard let context = unsafe context else { return nil }
        kp_thread_set_mobile()
        unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
        return nil
      },
      context
    )
    precondition(failure == 0, "pthread_create failed with \(failure)")
    return Handle(thread: thread)
  }

  private final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
