internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import NetlinkCodec
internal import SystemPackage
internal import WireFormat

/// A socket of the family AF_NETLINK (netlink(7)) for NETLINK_ROUTE, with strict checks and explained errors.
final class NetlinkSocket {
  private let descriptor: Descriptor
  /// The address that the kernel gave the socket.
  let port: UInt32
  /// What was received last. The kernel fills up to 32 KiB with a listing's messages, if there is room.
  private(set) var buffer = [UInt8](repeating: 0, count: 65_536)

  /// What a receive came to.
  enum Arrival {
    /// So many bytes of the buffer hold messages.
    case messages(Int)
    /// Nothing is there yet; only of non-blocking sockets.
    case nothing
    /// Messages were lost, because the kernel had no room for them or they exceeded the buffer.
    case lost
  }

  /// Valid as long as this object.
  var rawDescriptor: Int32 { descriptor.rawValue }

  /// Opens a socket in a namespace, or in the calling thread's.
  init(in namespace: NetworkNamespace?, isBlocking: Bool = true) throws {
    let open: @Sendable () throws -> Int32 = {
      let flags = SOCK_CLOEXEC.rawValue | (isBlocking ? 0 : SOCK_NONBLOCK.rawValue)
      return try systemCall("socket", "NETLINK_ROUTE") {
        socket(AF_NETLINK, Int32(SOCK_RAW.rawValue | flags), NETLINK_ROUTE)
      }
    }
    let number = if let namespace { try namespace.perform(open) } else { try open() }
    descriptor = Descriptor(owning: number)
    for option in [NETLINK_CAP_ACK, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK] {
      try Self.setOption(number, SOL_NETLINK, option, 1)
    }
    var address = sockaddr_nl()
    address.nl_family = sa_family_t(AF_NETLINK)
    var length = socklen_t(MemoryLayout<sockaddr_nl>.size)
    try systemCall("bind", "NETLINK_ROUTE") {
      unsafe withUnsafePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(number, $0, length) }
      }
    }
    try systemCall("getsockname", "NETLINK_ROUTE") {
      unsafe withUnsafeMutablePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe getsockname(number, $0, &length)
        }
      }
    }
    port = address.nl_pid
  }

  /// Joins a multicast group (`RTNLGRP_*`).
  func join(_ group: UInt32) throws(SystemError) {
    try Self.setOption(rawDescriptor, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, Int32(bitPattern: group))
  }

  /// Sets how many bytes the kernel may keep for the socket; beyond `net.core.rmem_max` only if privileged.
  func setReceiveBuffer(_ bytes: Int) throws(SystemError) {
    do throws(SystemError) {
      try Self.setOption(rawDescriptor, SOL_SOCKET, SO_RCVBUFFORCE, Int32(clamping: bytes))
    } catch  where error.errno == .notPermitted {
      try Self.setOption(rawDescriptor, SOL_SOCKET, SO_RCVBUF, Int32(clamping: bytes))
    }
  }

  private static func setOption(
    _ descriptor: Int32,
    _ level: Int32,
    _ name: Int32,
    _ value: Int32
  ) throws(SystemError) {
    var value = value
    try systemCall("setsockopt", "NETLINK_ROUTE") {
      unsafe setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  /// Sends messages to the kernel, which treats them before this returns.
  func send(_ messages: [UInt8]) throws(SystemError) {
    try systemCall("send", "NETLINK_ROUTE") {
      unsafe messages.withUnsafeBytes { unsafe Glibc.send(rawDescriptor, $0.baseAddress, $0.count, 0) }
    }
  }

  /// Receives messages of the kernel into `buffer`. What others send is passed over.
  func receive() throws(SystemError) -> Arrival {
    while true {
      var source = sockaddr_nl()
      let count: Int
      do throws(SystemError) {
        count = try systemCall("recvfrom", "NETLINK_ROUTE") {
          unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe withUnsafeMutablePointer(to: &source) {
              unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                var length = socklen_t(MemoryLayout<sockaddr_nl>.size)
                // With MSG_TRUNC the answer is the message's own length, also if it exceeds the buffer.
                let flags = Int32(MSG_TRUNC)
                return unsafe recvfrom(rawDescriptor, bytes.baseAddress, bytes.count, flags, address, &length)
              }
            }
          }
        }
      } catch {
        switch error.errno {
        case .wouldBlock: return .nothing
        case .noBufferSpace: return .lost
        default: throw error
        }
      }
      guard source.nl_pid == 0 else { continue }
      if count > buffer.count {
        buffer = [UInt8](repeating: 0, count: count * 2)
        return .lost
      }
      return .messages(count)
    }
  }
}
