internal import LinuxSystem
internal import Statistics

/// A UDP socket with the lookups that wait for answers at it.
final class DatagramPort {
  let socket: InternetSocket
  /// Whether the socket has one peer, and one lookup.
  let isConnected: Bool
  /// Waiting lookups by their transactions' ids.
  var waiting: [UInt16: PendingLookup] = [:]
  var isClosed = false

  init(_ socket: InternetSocket, isConnected: Bool) {
    self.socket = socket
    self.isConnected = isConnected
  }

  /// An id that no waiting lookup has, or nil if there is none left.
  func unusedTransaction(_ generator: inout SeededGenerator) -> UInt16? {
    guard waiting.count <= Int(UInt16.max) else { return nil }
    var transaction = UInt16(truncatingIfNeeded: generator.next() >> 32)
    while waiting[transaction] != nil { transaction &+= 1 }
    return transaction
  }
}
