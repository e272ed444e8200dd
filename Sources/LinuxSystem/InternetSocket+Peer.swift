internal import CLinux
internal import Glibc
public import NetworkTypes
internal import SystemPackage

extension InternetSocket {
  /// The address at the other end of a connection (getpeername(2)).
  public func peerAddress() throws(SystemError) -> SocketAddress {
    var storage = sockaddr_storage()
    let number = rawDescriptor
    try systemCall("getpeername") {
      unsafe withUnsafeMutablePointer(to: &storage) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
          return unsafe getpeername(number, address, &length)
        }
      }
    }
    guard let address = SocketAddress(storage) else {
      throw SystemError(operation: "getpeername", errno: .addressFamilyNotSupported)
    }
    return address
  }
}
