internal import CLinux
internal import Glibc

/// Signals as something to wait for (signalfd(2)) instead of something that interrupts.
public final class Signals: Sendable {
  /// A signal that asks a program to end.
  public enum Request: Int32, Sendable {
    /// SIGINT: control-C.
    case interrupt = 2
    /// SIGTERM: kill(1) without an option, or a service manager.
    case terminate = 15
  }

  private let descriptor: Descriptor

  /// For `EventLoop.watch`; valid as long as this object.
  public var rawDescriptor: Int32 { descriptor.rawValue }

  /// Takes over SIGINT and SIGTERM, and ignores SIGPIPE: writing to a reader that went away is an error
  /// (EPIPE) like any other. To be called before any thread starts, for threads inherit the mask.
  public init() throws(SystemError) {
    signal(SIGPIPE, SIG_IGN)
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGINT)
    unsafe sigaddset(&mask, SIGTERM)
    unsafe pthread_sigmask(SIG_BLOCK, &mask, nil)
    descriptor = Descriptor(
      owning: try systemCall("signalfd") {
        unsafe signalfd(-1, &mask, Int32(SFD_CLOEXEC | SFD_NONBLOCK))
      }
    )
  }

  /// Gives signals their usual effect again, on the calling thread: the next one ends the process.
  public func release() {
    var mask = sigset_t()
    unsafe sigemptyset(&mask)
    unsafe sigaddset(&mask, SIGINT)
    unsafe sigaddset(&mask, SIGTERM)
    unsafe pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  }

  /// The next signal that arrived, or nil if there is none.
  public func next() -> Request? {
    var information = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    guard unsafe read(descriptor.rawValue, &information, size) == size else { return nil }
    return Request(rawValue: Int32(information.ssi_signo))
  }
}
