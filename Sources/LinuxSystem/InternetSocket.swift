internal import CLinux
internal import Glibc
public import NetworkTypes
internal import SystemPackage

/// A UDP or TCP socket, non-blocking and close-on-exec (udp(7), tcp(7)).
public final class InternetSocket: Sendable {
  /// The transport.
  public enum Transport: Sendable {
    /// SOCK_DGRAM
    case udp
    /// SOCK_STREAM
    case tcp
  }

  /// A datagram that arrived.
  public struct Arrival: Sendable {
    /// How many bytes of the buffer it fills.
    public let count: Int
    /// Who sent it.
    public let source: SocketAddress
    /// When the kernel took it in, if timestamps were asked for.
    public let time: Timestamp?
  }

  private let descriptor: Descriptor

  /// For `EventLoop.watch`; valid as long as this object.
  public var rawDescriptor: Int32 { descriptor.rawValue }

  /// Opens a socket in the calling thread's network namespace.
  public init(_ transport: Transport, _ family: IPFamily) throws(SystemError) {
    let kind = transport == .udp ? SOCK_DGRAM : SOCK_STREAM
    let flags = Int32(kind.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    descriptor = Descriptor(
      owning: try systemCall("socket") { socket(family == .v4 ? AF_INET : AF_INET6, flags, 0) }
    )
  }

  private init(accepted: Int32) { descriptor = Descriptor(owning: accepted) }

  /// Sets an integer option (setsockopt(2)).
  public func setOption(_ level: Int32, _ name: Int32, _ value: Int32 = 1) throws(SystemError) {
    var value = value
    try systemCall("setsockopt") {
      unsafe setsockopt(descriptor.rawValue, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  /// Asks for a receive buffer of so many octets; the kernel takes twice as many, and no fewer than it needs
  /// (SO_RCVBUF, socket(7)).
  public func setReceiveBuffer(octets: Int32) throws(SystemError) {
    try setOption(SOL_SOCKET, SO_RCVBUF, octets)
  }

  /// Has the kernel note when each datagram arrives (SO_TIMESTAMPNS, socket(7)).
  public func enableTimestamps() throws(SystemError) { try setOption(SOL_SOCKET, SO_TIMESTAMPNS) }

  /// Gives the socket an address of its own.
  public func bind(_ address: SocketAddress) throws(SystemError) {
    try systemCall("bind", "\(address)") {
      unsafe address.withKernelForm { unsafe Glibc.bind(descriptor.rawValue, $0, $1) }
    }
  }

  /// Fixes the peer; a TCP socket starts to connect and becomes writable when that is done.
  public func connect(_ address: SocketAddress) throws(SystemError) {
    do {
      try systemCall("connect", "\(address)") {
        unsafe address.withKernelForm { unsafe Glibc.connect(descriptor.rawValue, $0, $1) }
      }
    } catch  where error.errno == .nowInProgress {}
  }

  /// Lets others connect.
  public func listen(backlog: Int32 = 128) throws(SystemError) {
    try systemCall("listen") { Glibc.listen(descriptor.rawValue, backlog) }
  }

  /// The next connection, or nil if there is none yet.
  public func accept() throws(SystemError) -> InternetSocket? {
    let flags = Int32(SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    let accepted = try unlessItWouldBlock {
      () throws(SystemError) in
      try systemCall("accept4") { kp_accept(descriptor.rawValue, flags) }
    }
    return accepted.map(InternetSocket.init(accepted:))
  }

  /// The address that the socket has.
  public func localAddress() throws(SystemError) -> SocketAddress {
    var storage = sockaddr_storage()
    try systemCall("getsockname") {
      unsafe withUnsafeMutablePointer(to: &storage) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
          return unsafe getsockname(descriptor.rawValue, address, &length)
        }
      }
    }
    guard let address = SocketAddress(storage) else {
      throw SystemError(operation: "getsockname", errno: .addressFamilyNotSupported)
    }
    return address
  }

  /// Sends to the peer, or to `destination`; how many bytes were taken, or nil if none can be now.
  @discardableResult
  public func send(_ bytes: [UInt8], to destination: SocketAddress? = nil) throws(SystemError) -> Int? {
    try unlessItWouldBlock {
      () throws(SystemError) in
      try systemCall("sendto", destination.map { "\($0)" } ?? "") {
        unsafe bytes.withUnsafeBytes { buffer in
          guard let destination else {
            return unsafe Glibc.send(
              descriptor.rawValue,
              buffer.baseAddress,
              buffer.count,
              Int32(MSG_NOSIGNAL)
            )
          }
          return unsafe destination.withKernelForm { address, length in
            unsafe sendto(
              descriptor.rawValue,
              buffer.baseAddress,
              buffer.count,
              Int32(MSG_NOSIGNAL),
              address,
              length
            )
          }
        }
      }
    }
  }

  /// Takes bytes of a TCP stream into `buffer`: how many, 0 at the stream's end, nil if there are none yet.
  public func receive(into buffer: inout [UInt8]) throws(SystemError) -> Int? {
    var taken: Int?
    do {
      taken = try systemCall("recv") {
        unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor.rawValue, $0.baseAddress, $0.count, 0) }
      }
    } catch  where error.errno == .wouldBlock { taken = nil }
    return taken
  }

  /// Takes a datagram into `buffer`, or nil if there is none yet.
  public func receiveDatagram(into buffer: inout [UInt8]) throws(SystemError) -> Arrival? {
    var storage = sockaddr_storage()
    var control = [UInt64](repeating: 0, count: 16)
    var time: Timestamp?
    do {
      let count = try systemCall("recvmsg") {
        unsafe buffer.withUnsafeMutableBytes { bytes in
          unsafe control.withUnsafeMutableBytes { controlBytes in
            unsafe withUnsafeMutablePointer(to: &storage) { source in
              var vector = unsafe iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
              return unsafe withUnsafeMutablePointer(to: &vector) { vector in
                var message = unsafe msghdr()
                unsafe message.msg_name = UnsafeMutableRawPointer(source)
                unsafe message.msg_namelen = socklen_t(MemoryLayout<sockaddr_storage>.size)
                unsafe message.msg_iov = vector
                unsafe message.msg_iovlen = 1
                unsafe message.msg_control = controlBytes.baseAddress
                unsafe message.msg_controllen = controlBytes.count
                let count = unsafe recvmsg(descriptor.rawValue, &message, 0)
                if count >= 0 { time = unsafe ControlMessages.timestamp(&message) }
                return count
              }
            }
          }
        }
      }
      guard let source = SocketAddress(storage) else { return nil }
      return Arrival(count: count, source: source, time: time)
    } catch  where error.errno == .wouldBlock {
      return nil
    }
  }

  private func unlessItWouldBlock<Answer>(
    _ call: () throws(SystemError) -> Answer
  ) throws(SystemError) -> Answer? {
    do { return try call() } catch  where error.errno == .wouldBlock { return nil }
  }
}
