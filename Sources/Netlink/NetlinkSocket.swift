internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import NetlinkCodec
internal import SystemPackage
internal import WireFormat

/// The parts of the kernel that are spoken to by netlink.
enum NetlinkSubsystem: Int32 {
  /// Links, addresses, routes and neighbours: NETLINK_ROUTE.
  case routing = 0
  /// Packet filter and connection tracking: NETLINK_NETFILTER.
  case netfilter = 12

  /// The kernel's name, for errors.
  var name: String {
    switch self {
    case .routing: "NETLINK_ROUTE"
    case .netfilter: "NETLINK_NETFILTER"
    }
  }
}

/// A socket of the family AF_NETLINK (netlink(7)) for one subsystem, with strict checks and explained errors.
final class NetlinkSocket {
  private let descriptor: Descriptor
  private let subsystem: NetlinkSubsystem
  /// The address that the kernel gave the socket.
  private(set) var port: UInt32 = 0
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
  init(in namespace: NetworkNamespace?, of subsystem: NetlinkSubsystem = .routing, isBlocking: Bool = true)
    throws
  {
    self.subsystem = subsystem
    let open: @Sendable () throws -> Int32 = {
      let flags = SOCK_CLOEXEC.rawValue | (isBlocking ? 0 : SOCK_NONBLOCK.rawValue)
      return try systemCall("socket", subsystem.name) {
        socket(AF_NETLINK, Int32(SOCK_RAW.rawValue | flags), subsystem.rawValue)
      }
    }
    let number = if let namespace { try namespace.perform(open) } else { try open() }
    descriptor = Descriptor(owning: number)
    for option in [NETLINK_CAP_ACK, NETLINK_EXT_ACK, NETLINK_GET_STRICT_CHK] {
      try setOption(SOL_NETLINK, option, 1)
    }
    var address = sockaddr_nl()
    address.nl_family = sa_family_t(AF_NETLINK)
    var length = socklen_t(MemoryLayout<sockaddr_nl>.size)
    try systemCall("bind", subsystem.name) {
      unsafe withUnsafePointer(to: &address) {
        unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(number, $0, length) }
      }
    }
    try systemCall("getsockname", subsystem.name) {
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
    try setOption(SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, Int32(bitPattern: group))
  }

  /// Sets how many bytes the kernel may keep for the socket; beyond `net.core.rmem_max` only if privileged.
  func setReceiveBuffer(_ bytes: Int) throws(SystemError) {
    do throws(SystemError) {
      try setOption(SOL_SOCKET, SO_RCVBUFFORCE, Int32(clamping: bytes))
    } catch  where error.errno == .notPermitted {
      try setOption(SOL_SOCKET, SO_RCVBUF, Int32(clamping: bytes))
    }
  }

  private func setOption(_ level: Int32, _ name: Int32, _ value: Int32) throws(SystemError) {
    var value = value
    try systemCall("setsockopt", subsystem.name) {
      unsafe setsockopt(rawDescriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  /// Sends messages to the kernel, which treats them before this returns.
  func send(_ messages: [UInt8]) throws(SystemError) {
    try systemCall("send", subsystem.name) {
      unsafe messages.withUnsafeBytes { unsafe Glibc.send(rawDescriptor, $0.baseAddress, $0.count, 0) }
    }
  }

  /// Receives messages of the kernel into `buffer`. What others send is passed over.
  func receive() throws(SystemError) -> Arrival {
    while true {
      var source = sockaddr_nl()
      let count: Int
      do throws(SystemError) {
        count = try systemCall("recvfrom", subsystem.name) {
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
