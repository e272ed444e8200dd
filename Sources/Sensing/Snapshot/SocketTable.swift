internal import NetworkTypes

/// The sockets of /proc/net/udp, udp6, tcp and tcp6 that listen.
struct SocketTable {
  /// One socket.
  struct Socket: Hashable {
    let transport: String
    let address: IPAddress
    let port: UInt16
    /// Datagrams dropped because the buffer was full; nil for TCP.
    let drops: UInt64?
    /// The socket's inode number, by which /proc/PID/fd names it.
    let inode: UInt64
  }

  /// The sockets of one file that listen: TCP's in that state, and UDP's that aren't connected.
  static func listening(_ text: String, transport: String) -> [Socket] {
    text.split(separator: "\n").dropFirst().compactMap { line in
      let words = line.split(separator: " ")
      guard words.count >= 10 else { return nil }
      // TCP_LISTEN and TCP_CLOSE (net/tcp_states.h), which UDP uses for a socket without a peer.
      guard words[3] == (transport == "tcp" ? "0A" : "07") else { return nil }
      let parts = words[1].split(separator: ":")
      guard parts.count == 2, let address = address(parts[0]), let port = UInt16(parts[1], radix: 16),
        let inode = UInt64(words[9])
      else { return nil }
      return Socket(
        transport: transport,
        address: address,
        port: port,
        drops: transport == "udp" && words.count >= 13 ? UInt64(words[12]) : nil,
        inode: inode
      )
    }
  }

  /// Words of 32 bits in the host's byte order, each of eight digits.
  private static func address(_ digits: Substring) -> IPAddress? {
    guard digits.utf8.count == 8 || digits.utf8.count == 32 else { return nil }
    var octets: [UInt8] = []
    var rest = digits
    while !rest.isEmpty {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      for shift in Self.shifts { octets.append(UInt8(truncatingIfNeeded: word >> shift)) }
      rest = rest.dropFirst(8)
    }
    return IPAddress(octets: octets)
  }

  /// Where a word's octets are, in the order of transmission.
  private static let shifts: [UInt32] = UInt16(bigEndian: 1) == 1 ? [24, 16, 8, 0] : [0, 8, 16, 24]
}
