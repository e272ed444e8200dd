internal import NetlinkCodec
internal import WireFormat

extension NetlinkConnection {
  /// How many requests go into one message to the kernel. Their acknowledgements, of at most about 1 KiB of
  /// the kernel's memory each, must fit into the socket's receive buffer (208 KiB by default).
  static let batchSize = 128

  /// Makes many requests of one type at once and collects their acknowledgements, in the requests' order.
  func performAll<Item>(
    _ items: [Item],
    _ type: NetlinkMessageType,
    _ flags: NetlinkFlags = [],
    for purpose: Purpose,
    _ contents: (Item, inout ByteWriter) throws(WireError) -> Void,
    answer: (Int, NetlinkHeader, inout ByteReader) throws(WireError) -> Void = { _, _, _ in }
  ) throws(NetlinkError) -> [ExtendedAcknowledgement] {
    var outcomes = [ExtendedAcknowledgement](repeating: ExtendedAcknowledgement(), count: items.count)
    var start = 0
    while start < items.count {
      let end = min(start + Self.batchSize, items.count)
      var writer = ByteWriter()
      var first: UInt32 = 0
      for index in start..<end {
        let number = try write(type, flags.union(.acknowledge), to: &writer, for: purpose) {
          writer throws(WireError) in try contents(items[index], &writer)
        }
        if index == start { first = number }
      }
      try send(writer, for: purpose)
      var missing = end - start
      while missing > 0 {
        try receive(for: purpose) { (header, payload) throws(WireError) in
          let place = Int(header.sequence &- first)
          guard place < end - start else { return }
          if header.type == .error {
            outcomes[start + place] = try ExtendedAcknowledgement(&payload, flags: header.flags)
            missing -= 1
          } else {
            try answer(start + place, header, &payload)
          }
        }
      }
      start = end
    }
    return outcomes
  }
}
