internal import CLinux
internal import Glibc
public import LinuxSystem
public import NetworkTypes
internal import SystemPackage

/// Frames as a network namespace's devices receive and send them (packet(7)).
///
/// It never makes a device promiscuous: that alone changes which frames the kernel drops. A socket belongs to
/// the thread that receives from it; it does not block, and is meant for `EventLoop.watch`.
public final class PacketSocket {
  /// How a frame came.
  public struct Arrival: Hashable, Sendable {
    /// When the kernel took the frame in or sent it.
    public let time: Timestamp
    /// The device.
    public let interface: InterfaceIndex
    /// What the kernel took the frame for (`PACKET_*`, `linux/if_packet.h`), such as 3 for one that is
    /// addressed to another host.
    public let packetType: UInt8
  }

  /// What has happened since the socket was opened.
  public struct Statistics: Hashable, Sendable {
    /// Frames that passed the filter, those that were lost included.
    public var frames: UInt64 = 0
    /// Frames that were lost because the receive buffer was full: with any, "not seen" proves nothing.
    public var lost: UInt64 = 0

    /// Counts of frames.
    public init(frames: UInt64 = 0, lost: UInt64 = 0) {
      self.frames = frames
      self.lost = lost
    }
  }

  private final class Opened: Sendable {
    let descriptor: Descriptor
    init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  }

  private let opened: Opened
  private let batch: ReceiveBatch
  private var totals = Statistics()

  /// For `EventLoop.watch`; valid as long as this object.
  public var rawDescriptor: Int32 { opened.descriptor.rawValue }

  /// Opens a socket for all devices of a namespace (nil: the calling thread's), also those that come later, or
  /// for one.
  ///
  /// The filter is attached before the socket is bound, so no other frame gets in. Needs CAP_NET_RAW over the
  /// namespace.
  ///
  /// - Parameter bufferBytes: memory that waiting frames may use; less if net.core.rmem_max says so and the
  ///   process is not root in the first user namespace.
  public init(
    in namespace: NetworkNamespace? = nil,
    interface: InterfaceIndex? = nil,
    filter: PacketFilter = .nameResolution,
    bufferBytes: Int = 4 << 20
  ) throws {
    let open: @Sendable () throws -> Opened = {
      try Self.open(interface ?? InterfaceIndex(0), filter, Int32(clamping: bufferBytes))
    }
    opened = if let namespace { try namespace.perform(open) } else { try open() }
    batch = ReceiveBatch(frameBytes: PacketFilter.keptBytes)
  }

  private static func open(
    _ interface: InterfaceIndex,
    _ filter: PacketFilter,
    _ bufferBytes: Int32
  ) throws(SystemError) -> Opened {
    let flags = Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
    // With protocol 0 a packet socket receives nothing until it is bound.
    let opened = Opened(
      Descriptor(owning: try systemCall("socket", "AF_PACKET") { socket(AF_PACKET, flags, 0) })
    )
    let number = opened.descriptor.rawValue
    try attach(filter, to: number)
    try setOption(number, SOL_SOCKET, SO_TIMESTAMPNS, 1)
    do {
      try setOption(number, SOL_SOCKET, SO_RCVBUFFORCE, bufferBytes)
    } catch {
      try setOption(number, SOL_SOCKET, SO_RCVBUF, bufferBytes)
    }
    var address = linkAddress(of: interface)
    try systemCall("bind", "AF_PACKET, interface \(interface)") {
      unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          unsafe bind(number, $0, socklen_t(MemoryLayout<sockaddr_ll>.size))
        }
      }
    }
    return opened
  }

  private static func linkAddress(of interface: InterfaceIndex) -> sockaddr_ll {
    var address = sockaddr_ll()
    address.sll_family = UInt16(AF_PACKET)
    address.sll_protocol = UInt16(ETH_P_ALL).bigEndian
    address.sll_ifindex = Int32(bitPattern: interface.rawValue)
    return address
  }

  private static func setOption(
    _ socket: Int32,
    _ level: Int32,
    _ name: Int32,
    _ value: Int32
  ) throws(SystemError) {
    var value = value
    try systemCall("setsockopt", "AF_PACKET option \(name)") {
      unsafe setsockopt(socket, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  private static func attach(_ filter: PacketFilter, to socket: Int32) throws(SystemError) {
    var code = filter.instructions.map {
      sock_filter(code: $0.code, jt: $0.jumpTrue, jf: $0.jumpFalse, k: $0.operand)
    }
    try systemCall("setsockopt", "SO_ATTACH_FILTER") {
      unsafe code.withUnsafeMutableBufferPointer { buffer in
        var program = unsafe sock_fprog(len: UInt16(buffer.count), filter: buffer.baseAddress)
        let size = socklen_t(unsafe MemoryLayout<sock_fprog>.size)
        return unsafe setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, &program, size)
      }
    }
  }

  /// Takes all frames that are there and calls `body` with each: its first bytes, at most
  /// `PacketFilter.keptBytes`, and how it came. Frames of devices without Ethernet headers are passed over.
  ///
  /// - Parameter turns: so many times 64 frames are taken at most, so that others have their turn where frames never end.
  public func receive(turns: Int = .max, _ body: (Span<UInt8>, Arrival) throws -> Void) throws {
    for _ in 0..<turns {
      let count = try batch.receive(from: rawDescriptor)
      for index in 0..<count { try batch.withFrame(index, body) }
      if count < ReceiveBatch.capacity { return }
    }
  }

  /// Sends a frame, with its Ethernet header, by a device. This socket itself doesn't see it leave.
  public func send(_ frame: [UInt8], by interface: InterfaceIndex) throws(SystemError) {
    var address = Self.linkAddress(of: interface)
    try systemCall("sendto", "AF_PACKET, interface \(interface)") {
      unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          let size = socklen_t(MemoryLayout<sockaddr_ll>.size)
          return unsafe frame.withUnsafeBytes {
            unsafe sendto(rawDescriptor, $0.baseAddress, $0.count, 0, address, size)
          }
        }
      }
    }
  }

  /// What has happened so far. The kernel forgets its counters when they are read (packet(7),
  /// PACKET_STATISTICS), so the sums are kept here.
  public func statistics() throws(SystemError) -> Statistics {
    var counters = tpacket_stats()
    var size = socklen_t(MemoryLayout<tpacket_stats>.size)
    try systemCall("getsockopt", "PACKET_STATISTICS") {
      unsafe getsockopt(rawDescriptor, SOL_PACKET, PACKET_STATISTICS, &counters, &size)
    }
    totals.frames += UInt64(counters.tp_packets)
    totals.lost += UInt64(counters.tp_drops)
    return totals
  }
}
