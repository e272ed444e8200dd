internal import NetlinkCodec
internal import WireFormat

extension NetlinkConnection {
  /// How many requests go into one message to the kernel. It answers them all before the sending call
  /// returns, and the answers must fit into the socket's receive buffer (208 KiB by default): an
  /// acknowledgement takes about 1 KiB of the kernel's memory, the description of a link 5 KiB.
  static let batchSize = 128

  /// The same for requests that a description of a link answers.
  static let echoBatchSize = 24

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
    let size = flags.contains(.echo) ? Self.echoBatchSize : Self.batchSize
    var start = 0
    while start < items.count {
      let end = min(start + size, items.count)
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
