internal import CLinux
internal import Glibc

/// A network namespace, alive as long as this object (or a socket or process in it) is.
public final class NetworkNamespace: Sendable {
  private let descriptor: Descriptor
  /// The namespace's inode number, which names it as long as it lives (`ls -l /proc/self/ns/net`).
  public let identity: UInt64

  private init(_ descriptor: consuming Descriptor) throws(SystemError) {
    var status = stat()
    let number = descriptor.rawValue
    try systemCall("fstat", "network namespace") { unsafe fstat(number, &status) }
    identity = UInt64(status.st_ino)
    self.descriptor = descriptor
  }

  /// A descriptor of the namespace, as RTM_NEWLINK's IFLA_NET_NS_FD wants it; valid as long as this object.
  public var rawDescriptor: Int32 { descriptor.rawValue }

  /// Makes a namespace that has no name anywhere.
  public static func make() throws -> NetworkNamespace {
    try onMobileThread {
      try systemCall("unshare", "CLONE_NEWNET") { kp_unshare(CLONE_NEWNET) }
      let made = try NetworkNamespace(Descriptor(opening: "/proc/thread-self/ns/net"))
      kp_thread_namespace_set(made.identity)
      return made
    }
  }

  /// The namespace that the calling thread is in.
  public static func current() throws(SystemError) -> NetworkNamespace {
    try NetworkNamespace(Descriptor(opening: "/proc/thread-self/ns/net"))
  }

  /// The namespace at a path, such as /proc/PID/ns/net or /run/netns/NAME.
  public static func open(_ path: String) throws(SystemError) -> NetworkNamespace {
    try NetworkNamespace(Descriptor(opening: path))
  }

  /// Runs `body` inside the namespace: sockets that it opens belong there, and /proc/thread-self/net and
  /// /proc/sys/net are the namespace's. On a thread of `NamespaceThread` it runs right here, otherwise on a
  /// thread made for it.
  public func perform<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value {
    try Self.onMobileThread {
      if kp_thread_namespace() != identity, !Self.isWhereTheProcessIs(identity) {
        try systemCall("setns", "network namespace \(identity)") {
          kp_setns(descriptor.rawValue, CLONE_NEWNET)
        }
        kp_thread_namespace_set(identity)
      }
      return try body()
    }
  }

  /// Whether the calling thread was never moved, and is in this namespace: to stay takes no privilege.
  private static func isWhereTheProcessIs(_ identity: UInt64) -> Bool {
    guard kp_thread_namespace() == 0 else { return false }
    return (try? Directory.inode(of: "/proc/thread-self/ns/net")) == identity
  }

  private static func onMobileThread<Value: Sendable>(_ body: @Sendable () throws -> Value) throws -> Value {
    if kp_thread_is_mobile() != 0 { return try body() }
    return try withoutActuallyEscaping(body) { body in try NamespaceThread.run(body) }
  }
}

extension NetworkNamespace: Equatable {
  /// Whether both are the same namespace.
  public static func == (left: NetworkNamespace, right: NetworkNamespace) -> Bool {
    left.identity == right.identity
  }
}
