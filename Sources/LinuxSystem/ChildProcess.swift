internal import CLinux
internal import Glibc
internal import SystemPackage

/// A helper program that ends with us, whatever ends us: the kernel kills it when the thread that spawned it
/// ends (PR_SET_PDEATHSIG, prctl(2)). Spawn it from a thread that lasts.
public final class ChildProcess {
  /// The process id.
  public let identifier: Int32
  private var isReaped = false

  /// Starts a program by its full path, in a network namespace or where we are, without standard input; what it
  /// writes to standard output and error goes to the descriptors `output` and `errors`.
  public init(
    _ path: String,
    _ arguments: [String],
    in namespace: NetworkNamespace? = nil,
    output: Int32? = nil,
    errors: Int32? = nil
  ) throws(SystemError) {
    let null = try Descriptor(opening: "/dev/null", .readWrite)
    let sink = null.rawValue
    var argumentPointers = unsafe [UnsafeMutablePointer<CChar>?]()
    for argument in [path] + arguments { unsafe argumentPointers.append(strdup(argument)) }
    unsafe argumentPointers.append(nil)
    defer { unsafe argumentPointers.forEach { unsafe free($0) } }
    identifier = try systemCall("fork", path) {
      unsafe kp_spawn(
        namespace?.rawDescriptor ?? -1,
        path,
        argumentPointers,
        environ,
        sink,
        output ?? sink,
        errors ?? sink
      )
    }
  }

  /// Asks the program to end, and waits until it has.
  public func terminate() {
    guard !isReaped else { return }
    kill(identifier, SIGTERM)
    var status: Int32 = 0
    _ = try? systemCall("waitpid") { unsafe waitpid(identifier, &status, 0) }
    isReaped = true
  }

  /// Waits until the program has ended by itself; its exit status, 128 + N for signal N, as shells say.
  public func waitForEnd() throws(SystemError) -> Int32 {
    var status: Int32 = 0
    if !isReaped { try systemCall("waitpid") { unsafe waitpid(identifier, &status, 0) } }
    isReaped = true
    return Self.exitStatus(status)
  }

  /// What a program used, and those that it waited for.
  public struct Usage: Sendable {
    /// The most memory that one of them had at once, in octets (getrusage(2), `ru_maxrss`).
    public let peakMemory: Int
    /// What the processors spent on them, the kernel's part included.
    public let processorTime: Duration
  }

  /// Waits until the program has ended by itself; its exit status, 128 + N for signal N, as shells say, and what it
  /// used. Throws ECHILD if it was waited for before.
  public func waitForEndAndUsage() throws(SystemError) -> (status: Int32, usage: Usage) {
    var status: Int32 = 0
    var usage = rusage()
    guard !isReaped else { throw SystemError(operation: "wait4", errno: .noChildProcess) }
    try systemCall("wait4") { unsafe wait4(identifier, &status, 0, &usage) }
    isReaped = true
    let times = [usage.ru_utime, usage.ru_stime].map {
      Duration.seconds($0.tv_sec) + .microseconds($0.tv_usec)
    }
    return (
      Self.exitStatus(status),
      Usage(peakMemory: usage.ru_maxrss << 10, processorTime: times.reduce(.zero, +))
    )
  }

  /// The exit status if the program has ended, else nil; 128 + N for signal N, as shells say.
  public func exitStatusIfEnded() -> Int32? {
    var status: Int32 = 0
    guard !isReaped, unsafe waitpid(identifier, &status, WNOHANG) == identifier else { return nil }
    isReaped = true
    return Self.exitStatus(status)
  }

  private static func exitStatus(_ status: Int32) -> Int32 {
    status & 0x7f == 0 ? status >> 8 & 0xff : 128 + (status & 0x7f)
  }

  deinit { terminate() }
}
