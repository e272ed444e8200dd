internal import WireFormat

/// A link's counters since it was made (`struct rtnl_link_stats64`, `linux/if_link.h`). The names in
/// brackets are the kernel's.
public struct LinkStatistics: Hashable, Sendable {
  /// Packets received (`rx_packets`).
  public var receivedPackets: UInt64 = 0
  /// Packets sent (`tx_packets`).
  public var sentPackets: UInt64 = 0
  /// Bytes received (`rx_bytes`).
  public var receivedBytes: UInt64 = 0
  /// Bytes sent (`tx_bytes`).
  public var sentBytes: UInt64 = 0
  /// Bad packets received (`rx_errors`).
  public var receiveErrors: UInt64 = 0
  /// Packets that could not be sent (`tx_errors`).
  public var sendErrors: UInt64 = 0
  /// Packets received and dropped for want of room or of a use (`rx_dropped`).
  public var receiveDropped: UInt64 = 0
  /// Packets dropped on their way out (`tx_dropped`).
  public var sendDropped: UInt64 = 0
  /// Multicast packets received (`multicast`).
  public var multicast: UInt64 = 0
  /// Collisions while sending (`collisions`).
  public var collisions: UInt64 = 0
  /// Packets of a wrong length (`rx_length_errors`).
  public var receiveLengthErrors: UInt64 = 0
  /// Overflows of the receiver (`rx_over_errors`).
  public var receiveOverErrors: UInt64 = 0
  /// Packets with a wrong checksum (`rx_crc_errors`).
  public var receiveChecksumErrors: UInt64 = 0
  /// Packets that were misaligned (`rx_frame_errors`).
  public var receiveFrameErrors: UInt64 = 0
  /// Overflows of the receive queue (`rx_fifo_errors`).
  public var receiveFIFOErrors: UInt64 = 0
  /// Packets that the host was too slow for (`rx_missed_errors`).
  public var receiveMissedErrors: UInt64 = 0
  /// Transmissions given up (`tx_aborted_errors`).
  public var sendAbortedErrors: UInt64 = 0
  /// Transmissions without carrier (`tx_carrier_errors`).
  public var sendCarrierErrors: UInt64 = 0
  /// Underruns of the send queue (`tx_fifo_errors`).
  public var sendFIFOErrors: UInt64 = 0
  /// Missing heartbeats (`tx_heartbeat_errors`).
  public var sendHeartbeatErrors: UInt64 = 0
  /// Late collisions (`tx_window_errors`).
  public var sendWindowErrors: UInt64 = 0
  /// Compressed packets received (`rx_compressed`).
  public var receivedCompressed: UInt64 = 0
  /// Compressed packets sent (`tx_compressed`).
  public var sentCompressed: UInt64 = 0
  /// Packets that nobody had a use for (`rx_nohandler`); nil before Linux 4.6.
  public var receivedWithoutHandler: UInt64?
  /// Packets dropped because their link-layer destination is another host (`rx_otherhost_dropped`); nil before
  /// Linux 5.19.
  public var otherHostDropped: UInt64?
  /// Counters of later kernels, in their order.
  public var further: [UInt64] = []

  /// Nothing counted.
  public init() {}
}

extension LinkStatistics: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    guard reader.remaining % 8 == 0 else {
      throw WireError(.invalidLength(reader.remaining), offset: reader.offset, field: "rtnl_link_stats64")
    }
    receivedPackets = try reader.readNative()
    sentPackets = try reader.readNative()
    receivedBytes = try reader.readNative()
    sentBytes = try reader.readNative()
    receiveErrors = try reader.readNative()
    sendErrors = try reader.readNative()
    receiveDropped = try reader.readNative()
    sendDropped = try reader.readNative()
    multicast = try reader.readNative()
    collisions = try reader.readNative()
    receiveLengthErrors = try reader.readNative()
    receiveOverErrors = try reader.readNative()
    receiveChecksumErrors = try reader.readNative()
    receiveFrameErrors = try reader.readNative()
    receiveFIFOErrors = try reader.readNative()
    receiveMissedErrors = try reader.readNative()
    sendAbortedErrors = try reader.readNative()
    sendCarrierErrors = try reader.readNative()
    sendFIFOErrors = try reader.readNative()
    sendHeartbeatErrors = try reader.readNative()
    sendWindowErrors = try reader.readNative()
    receivedCompressed = try reader.readNative()
    sentCompressed = try reader.readNative()
    if !reader.isAtEnd { receivedWithoutHandler = try reader.readNative() }
    if !reader.isAtEnd { otherHostDropped = try reader.readNative() }
    while !reader.isAtEnd { further.append(try reader.readNative()) }
  }

  func write(to writer: inout ByteWriter) {
    writer.writeNative(receivedPackets)
    writer.writeNative(sentPackets)
    writer.writeNative(receivedBytes)
    writer.writeNative(sentBytes)
    writer.writeNative(receiveErrors)
    writer.writeNative(sendErrors)
    writer.writeNative(receiveDropped)
    writer.writeNative(sendDropped)
    writer.writeNative(multicast)
    writer.writeNative(collisions)
    writer.writeNative(receiveLengthErrors)
    writer.writeNative(receiveOverErrors)
    writer.writeNative(receiveChecksumErrors)
    writer.writeNative(receiveFrameErrors)
    writer.writeNative(receiveFIFOErrors)
    writer.writeNative(receiveMissedErrors)
    writer.writeNative(sendAbortedErrors)
    writer.writeNative(sendCarrierErrors)
    writer.writeNative(sendFIFOErrors)
    writer.writeNative(sendHeartbeatErrors)
    writer.writeNative(sendWindowErrors)
    writer.writeNative(receivedCompressed)
    writer.writeNative(sentCompressed)
    // A later counter has its place only after the earlier ones.
    let last = further.isEmpty ? otherHostDropped : otherHostDropped ?? 0
    if let last {
      writer.writeNative(receivedWithoutHandler ?? 0)
      writer.writeNative(last)
    } else if let receivedWithoutHandler {
      writer.writeNative(receivedWithoutHandler)
    }
    for counter in further { writer.writeNative(counter) }
  }
}
