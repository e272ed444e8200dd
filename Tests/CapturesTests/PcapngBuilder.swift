/// Makes a pcapng file block after block, which may lie.
struct PcapngBuilder {
  /// An option of a block.
  enum Option {
    case octets(UInt16, [UInt8])
    case number(UInt16, UInt64)
    /// One that says another length than it has.
    case lying(UInt16, length: UInt16, [UInt8])

    static func comment(_ text: String) -> Option { .octets(1, Array(text.utf8)) }
    static func name(_ text: String) -> Option { .octets(2, Array(text.utf8)) }
    static func description(_ text: String) -> Option { .octets(3, Array(text.utf8)) }
    static func resolution(_ value: UInt8) -> Option { .octets(9, [value]) }
    static func filter(_ text: String) -> Option { .octets(11, [0] + Array(text.utf8)) }
    static func timeOffset(_ seconds: Int64) -> Option { .number(14, UInt64(bitPattern: seconds)) }
    static let end = Option.octets(0, [])
  }

  private(set) var bytes: [UInt8] = []
  private(set) var order = ByteOrder.little

  /// A file with a section, and an interface if it is wanted.
  init(_ order: ByteOrder = .little, interface: Bool = true) {
    section(order)
    if interface { self.interface() }
  }

  /// Where the next block begins.
  var offset: Int { bytes.count }

  mutating func section(
    _ order: ByteOrder,
    magic: UInt32 = 0x1a2b_3c4d,
    version: UInt16 = 1,
    options: [Option] = []
  ) {
    self.order = order
    block(
      0x0a0d_0d0a,
      octets(magic) + octets(version) + octets(UInt16(0)) + octets(UInt64.max) + encoded(options)
    )
  }

  mutating func interface(link: UInt16 = 1, snapLength: UInt32 = 0, options: [Option] = []) {
    block(1, octets(link) + octets(UInt16(0)) + octets(snapLength) + encoded(options))
  }

  mutating func enhanced(
    _ frame: [UInt8],
    interface: UInt32 = 0,
    time: UInt64 = 0,
    captured: UInt32? = nil,
    original: UInt32? = nil,
    options: [Option] = []
  ) {
    block(6, octets(interface) + packet(frame, time, captured, original) + encoded(options))
  }

  mutating func obsolete(
    _ frame: [UInt8],
    interface: UInt16 = 0,
    time: UInt64 = 0,
    captured: UInt32? = nil,
    original: UInt32? = nil
  ) {
    block(2, octets(interface) + octets(UInt16.max) + packet(frame, time, captured, original))
  }

  mutating func simple(_ frame: [UInt8], original: UInt32? = nil) {
    block(3, octets(original ?? UInt32(frame.count)) + padded(frame))
  }

  mutating func statistics(interface: UInt32 = 0, options: [Option]) {
    block(5, octets(interface) + octets(UInt64(0)) + encoded(options))
  }

  /// A block of any type, whose body is padded.
  mutating func block(_ type: UInt32, _ body: [UInt8] = [], length: UInt32? = nil, again: UInt32? = nil) {
    let body = padded(body)
    let total = UInt32(body.count + 12)
    bytes += octets(type) + octets(length ?? total) + body + octets(again ?? total)
  }

  /// Only what a block begins with.
  mutating func header(_ type: UInt32, length: UInt32) {
    bytes += octets(type) + octets(length)
  }

  private func packet(_ frame: [UInt8], _ time: UInt64, _ captured: UInt32?, _ original: UInt32?) -> [UInt8] {
    let count = UInt32(frame.count)
    return octets(UInt32(truncatingIfNeeded: time >> 32)) + octets(UInt32(truncatingIfNeeded: time))
      + octets(captured ?? count) + octets(original ?? count) + padded(frame)
  }

  private func octets<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] { order.octets(value) }

  private func padded(_ contents: [UInt8]) -> [UInt8] {
    contents + [UInt8](repeating: 0, count: (4 - contents.count % 4) % 4)
  }

  private func encoded(_ options: [Option]) -> [UInt8] {
    options.flatMap { option in
      switch option {
      case .octets(let code, let value): octets(code) + octets(UInt16(value.count)) + padded(value)
      case .number(let code, let value): octets(code) + octets(UInt16(8)) + octets(value)
      case .lying(let code, let length, let value): octets(code) + octets(length) + padded(value)
      }
    }
  }
}
