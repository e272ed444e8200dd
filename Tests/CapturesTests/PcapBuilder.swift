import NetworkTypes

/// Makes a pcap file, which may lie.
struct PcapBuilder {
  enum Kind: UInt32, CaseIterable {
    case microseconds = 0xa1b2_c3d4
    case nanoseconds = 0xa1b2_3c4d
    /// What a patched libpcap wrote: eight octets more before each frame, with the interface's number.
    case modified = 0xa1b2_cd34

    /// How many nanoseconds a fraction's unit is.
    var unit: Int64 { self == .nanoseconds ? 1 : 1000 }
    /// How many octets are before each frame.
    var recordSize: Int { self == .modified ? 24 : 16 }
  }

  private let kind: Kind
  private let order: ByteOrder
  private(set) var bytes: [UInt8] = []

  init(
    _ kind: Kind = .microseconds,
    _ order: ByteOrder = .little,
    snapLength: UInt32 = 65_535,
    link: UInt32 = 1
  ) {
    self.kind = kind
    self.order = order
    bytes += order.octets(kind.rawValue) + order.octets(UInt16(2)) + order.octets(UInt16(4))
    bytes += [UInt8](repeating: 0, count: 8)
    bytes += order.octets(snapLength) + order.octets(link)
  }

  mutating func add(
    _ frame: [UInt8],
    seconds: UInt32 = 0,
    fraction: UInt32 = 0,
    captured: UInt32? = nil,
    original: UInt32? = nil
  ) {
    bytes += order.octets(seconds) + order.octets(fraction)
    bytes += order.octets(captured ?? UInt32(frame.count)) + order.octets(original ?? UInt32(frame.count))
    if kind == .modified { bytes += order.octets(UInt32(3)) + [8, 0, 4, 0] }
    bytes += frame
  }

  /// What `Fixtures/large.py COUNT` writes: frames of 1000 octets each, their index's value modulo 251.
  static func large(_ count: Int) -> [UInt8] {
    var file = PcapBuilder()
    for index in 0..<count {
      file.add([UInt8](repeating: UInt8(index % 251), count: 1000), seconds: UInt32(index), fraction: 7)
    }
    return file.bytes
  }

  /// The frames of `large`.
  static func largeFrames(_ count: Int) -> [ReadFrame] {
    (0..<count).map { index in
      ReadFrame(
        number: index + 1,
        offset: 24 + index * 1016,
        time: Timestamp(nanoseconds: Int64(index) * 1_000_000_000 + 7000),
        originalLength: 1000,
        bytes: [UInt8](repeating: UInt8(index % 251), count: 1000)
      )
    }
  }
}
