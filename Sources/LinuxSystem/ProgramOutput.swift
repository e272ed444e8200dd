internal import CLinux
internal import Glibc
internal import SystemPackage

/// What another program prints.
public enum ProgramOutput {
  /// Why a program's output can't be used.
  public enum Failure: Error, Hashable, Sendable {
    /// It ended with this status (128 + N for signal N; 127 if it couldn't be started).
    case status(Int32)
    /// It didn't end in time, and was ended.
    case timeout(Duration)
    /// It printed more than this many bytes, and was ended.
    case tooLong(Int)
  }

  /// Runs a program by its full path where the calling thread is, and collects its standard output.
  ///
  /// Throws `Failure`, or `SystemError` if no program can be run.
  public static func read(
    _ path: String,
    _ arguments: [String],
    timeout: Duration,
    limit: Int
  ) throws -> String {
    var ends: [Int32] = [-1, -1]
    try systemCall("socketpair") {
      unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
    }
    let ours = Descriptor(owning: ends[0])
    let child = try start(path, arguments, Descriptor(owning: ends[1]))
    let clock = ContinuousClock()
    let deadline = clock.now + timeout
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let left = clock.now.duration(to: deadline)
      var wish = pollfd(fd: ours.rawValue, events: Int16(POLLIN), revents: 0)
      let patience = Int32(clamping: max(0, left.components.seconds * 1000 + 1))
      if try systemCall("poll", path, { unsafe poll(&wish, 1, left > .zero ? patience : 0) }) == 0 {
        throw Failure.timeout(timeout)
      }
      let source = ours.rawValue
      let count = try systemCall("read", path) {
        unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(source, $0.baseAddress, $0.count) }
      }
      if count == 0 { break }
      text += chunk[..<count]
      if text.count > limit { throw Failure.tooLong(limit) }
    }
    let status = try child.waitForEnd()
    guard status == 0 else { throw Failure.status(status) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Our copy of the program's end is closed here, so that ours ends when the program does.
  private static func start(
    _ path: String,
    _ arguments: [String],
    _ end: consuming Descriptor
  ) throws(SystemError) -> ChildProcess {
    try ChildProcess(path, arguments, output: end.rawValue)
  }
}

extension ProgramOutput.Failure: CustomStringConvertible {
  /// A few words for a person.
  public var description: String {
    switch self {
    case .status(127): "it could not be started"
    case .status(let status): "it ended with status \(status)"
    case .timeout(let duration): "it did not end within \(duration)"
    case .tooLong(let limit): "it printed more than \(limit) bytes"
    }
  }
}
