internal import CLinux
internal import Glibc
internal import NetworkTypes

extension SocketAddress {
  /// Calls `body` with the kernel's form.
  func withKernelForm<Answer>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Answer) -> Answer {
    var storage = sockaddr_storage()
    return unsafe withUnsafeMutableBytes(of: &storage) { bytes in
      let family = address.family == .v4 ? AF_INET : AF_INET6
      unsafe bytes.storeBytes(of: UInt16(family), as: UInt16.self)
      unsafe bytes.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
      // sockaddr_in6 has the flow label between port and address.
      let start = address.family == .v4 ? 4 : 8
      for (index, octet) in address.octets.enumerated() { unsafe bytes[start + index] = octet }
      let length = address.family == .v4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
      guard let base = bytes.baseAddress else { fatalError("a sockaddr_storage has no address") }
      return unsafe body(base.assumingMemoryBound(to: sockaddr.self), socklen_t(length))
    }
  }

  /// The address that the kernel filled in, or nil for another family.
  init?(_ storage: sockaddr_storage) {
    var storage = storage
    let parsed = unsafe withUnsafeBytes(of: &storage) { bytes -> SocketAddress? in
      let family = unsafe Int32(bytes.load(as: UInt16.self))
      let port = unsafe UInt16(bigEndian: bytes.load(fromByteOffset: 2, as: UInt16.self))
      let octets: [UInt8]
      switch family {
      case AF_INET: octets = (4..<8).map { unsafe bytes[$0] }
      case AF_INET6: octets = (8..<24).map { unsafe bytes[$0] }
      default: return nil
      }
      return IPAddress(octets: octets).map { SocketAddress($0, port: port) }
    }
    guard let parsed else { return nil }
    self = parsed
  }
}
