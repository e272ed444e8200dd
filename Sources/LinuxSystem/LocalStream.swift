internal import CLinux
internal import Glibc
internal import SystemPackage

/// A connected stream socket of this machine (unix(7)), every step of which ends at a deadline.
public final class LocalStream: Sendable {
  private let descriptor: Descriptor
  /// What errors call the other end: the socket's path.
  public let name: String

  /// Connects to a listening socket's path. A listener that doesn't accept is waited for until `deadline`.
  ///
  /// - Throws: `ETIMEDOUT` at the deadline, `ECONNREFUSED` if nobody listens or it is no socket.
  public convenience init(connectingTo path: String, deadline: ContinuousClock.Instant) throws(SystemError) {
    let target = try Descriptor(finding: path)
    try self.init(connectingTo: target, name: path, deadline: deadline)
  }

  /// Connects to a listening socket that was opened with O_PATH, such as one below another process's root.
  /// `name` is what errors call it.
  public init(
    connectingTo target: borrowing Descriptor,
    name: String,
    deadline: ContinuousClock.Instant
  ) throws(SystemError) {
    self.name = name
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    descriptor = Descriptor(owning: try systemCall("socket", name) { Glibc.socket(AF_UNIX, kind, 0) })
    let socket = descriptor.rawValue
    // connect(2) of a local socket waits for a place in the listener's queue, for no longer than this.
    let wait = max(deadline - .now, .milliseconds(1)).components
    var limit = timeval(tv_sec: Int(wait.seconds), tv_usec: Int(wait.attoseconds / 1_000_000_000_000))
    try systemCall("setsockopt", name) {
      unsafe setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }
    do {
      try Self.connect(socket, "/proc/self/fd/\(target.rawValue)", name: name)
    } catch  where error.errno == .resourceTemporarilyUnavailable {
      throw SystemError(operation: "connect", subject: name, errno: .timedOut)
    }
  }

  /// The path of a descriptor is always short enough for an address; that of the socket may not be.
  private static func connect(_ socket: Int32, _ path: String, name: String) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
    try systemCall("connect", name) {
      unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe Glibc.connect(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    }
  }

  /// Sends all bytes.
  public func send(_ bytes: [UInt8], deadline: ContinuousClock.Instant) throws(SystemError) {
    let socket = descriptor.rawValue
    var sent = 0
    while sent < bytes.count {
      let start = sent
      let count = try wait(for: POLLOUT, "send", deadline) { () throws(SystemError) in
        try systemCall("send", name) {
          unsafe bytes.withUnsafeBytes { buffer in
            unsafe Glibc.send(
              socket,
              buffer.baseAddress?.advanced(by: start),
              buffer.count - start,
              Int32(MSG_NOSIGNAL | MSG_DONTWAIT)
            )
          }
        }
      }
      sent += count
    }
  }

  /// The next bytes, at most `count`; none at the end of the stream.
  public func receive(
    atMost count: Int = 65_536,
    deadline: ContinuousClock.Instant
  ) throws(SystemError) -> [UInt8] {
    let socket = descriptor.rawValue
    var bytes = [UInt8](repeating: 0, count: count)
    let received = try wait(for: POLLIN, "recv", deadline) { () throws(SystemError) in
      try systemCall("recv", name) {
        unsafe bytes.withUnsafeMutableBytes {
          unsafe recv(socket, $0.baseAddress, $0.count, Int32(MSG_DONTWAIT))
        }
      }
    }
    bytes.removeSubrange(received...)
    return bytes
  }

  /// Waits until the socket is ready, then does `step`, again if it was no longer ready.
  private func wait(
    for events: Int32,
    _ operation: String,
    _ deadline: ContinuousClock.Instant,
    _ step: () throws(SystemError) -> Int
  ) throws(SystemError) -> Int {
    while true {
      let left = (deadline - .now).components
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
      guard milliseconds > 0 || left.attoseconds > 0 else {
        throw SystemError(operation: operation, subject: name, errno: .timedOut)
      }
      var entry = pollfd(fd: descriptor.rawValue, events: Int16(events), revents: 0)
      let timeout = Int32(clamping: milliseconds + 1)
      guard try systemCall("poll", name, { unsafe poll(&entry, 1, timeout) }) > 0 else { continue }
      do { return try step() } catch  where error.errno == .resourceTemporarilyUnavailable {}
    }
  }
}
