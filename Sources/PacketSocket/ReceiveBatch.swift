internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import NetworkTypes
internal import SystemPackage

/// Buffers for taking many frames with one system call (recvmmsg(2)). They are made once, and refer to each
/// other by pointers, so they stay where they are.
@safe
final class ReceiveBatch {
  /// How many frames one call can take.
  static let capacity = 64
  /// Room for one timestamp.
  private static let controlBytes = 64

  private let frameBytes: Int
  private let messages: UnsafeMutableBufferPointer<kp_message>
  private let vectors: UnsafeMutableBufferPointer<iovec>
  private let addresses: UnsafeMutableBufferPointer<sockaddr_ll>
  private let frames: UnsafeMutableBufferPointer<UInt8>
  private let controls: UnsafeMutableRawBufferPointer

  init(frameBytes: Int) {
    self.frameBytes = frameBytes
    let count = Self.capacity
    unsafe messages = .allocate(capacity: count)
    unsafe messages.initialize(repeating: unsafe kp_message())
    unsafe vectors = .allocate(capacity: count)
    unsafe vectors.initialize(repeating: unsafe iovec())
    unsafe addresses = .allocate(capacity: count)
    unsafe addresses.initialize(repeating: sockaddr_ll())
    unsafe frames = .allocate(capacity: count * frameBytes)
    unsafe frames.initialize(repeating: 0)
    unsafe controls = .allocate(byteCount: count * Self.controlBytes, alignment: 8)
    for index in 0..<count {
      unsafe vectors[index].iov_base = frames.baseAddress.map {
        unsafe UnsafeMutableRawPointer($0 + index * frameBytes)
      }
      unsafe vectors[index].iov_len = frameBytes
      unsafe messages[index].header.msg_name = addresses.baseAddress.map {
        unsafe UnsafeMutableRawPointer($0 + index)
      }
      unsafe messages[index].header.msg_iov = vectors.baseAddress.map { unsafe $0 + index }
      unsafe messages[index].header.msg_iovlen = 1
      unsafe messages[index].header.msg_control = controls.baseAddress.map {
        unsafe $0 + index * Self.controlBytes
      }
    }
  }

  deinit {
    unsafe messages.deallocate()
    unsafe vectors.deallocate()
    unsafe addresses.deallocate()
    unsafe frames.deallocate()
    unsafe controls.deallocate()
  }

  /// Takes what is there, at most `capacity` frames; how many.
  func receive(from socket: Int32) throws(SystemError) -> Int {
    for index in 0..<Self.capacity {
      unsafe messages[index].header.msg_namelen = socklen_t(MemoryLayout<sockaddr_ll>.size)
      unsafe messages[index].header.msg_controllen = Self.controlBytes
    }
    do {
      let count = try systemCall("recvmmsg", "AF_PACKET") {
        unsafe messages.baseAddress.map { unsafe kp_receive_messages(socket, $0, UInt32(Self.capacity)) } ?? 0
      }
      return Int(count)
    } catch  where error.errno == .wouldBlock || error.errno == .networkDown {
      // The device of a socket that is bound to one was set down; packet(7).
      return 0
    }
  }

  /// Calls `body` with a frame that was taken, unless its device is one without Ethernet headers.
  func withFrame(_ index: Int, _ body: (Span<UInt8>, PacketSocket.Arrival) throws -> Void) rethrows {
    let address = unsafe addresses[index]
    guard [UInt16(ARPHRD_ETHER), UInt16(ARPHRD_LOOPBACK)].contains(address.sll_hatype) else { return }
    let count = unsafe min(Int(messages[index].length), frameBytes)
    let arrival = PacketSocket.Arrival(
      time: unsafe ControlMessages.timestamp(&messages[index].header) ?? .now(),
      interface: InterfaceIndex(UInt32(bitPattern: address.sll_ifindex)),
      packetType: address.sll_pkttype
    )
    let start = index * frameBytes
    let bytes = unsafe UnsafeBufferPointer(rebasing: frames[start..<start + count])
    try body(unsafe bytes.span, arrival)
  }
}
