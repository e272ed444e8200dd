import Captures
import NetworkTypes
import Testing

@Suite struct PcapngTests {
  @Test(arguments: ByteOrder.allCases)
  func `each kind of packet has its frame`(order: ByteOrder) throws {
    var file = PcapngBuilder(order, interface: false)
    file.interface(snapLength: 4)
    file.interface(link: 101)
    let enhanced = file.offset
    file.enhanced([1, 2, 3, 4, 5], interface: 1, time: 0x1_0000_0002, original: 60)
    let simple = file.offset
    file.simple([6, 7, 8, 9], original: 1500)
    let short = file.offset
    file.simple([10, 11, 12])
    let obsolete = file.offset
    file.obsolete([13], interface: 1, time: 3, original: 2)
    let capture = try ReadCapture(file.bytes)
    #expect(
      capture.frames == [
        ReadFrame(
          number: 1,
          offset: enhanced,
          time: Timestamp(nanoseconds: 0x1_0000_0002 * 1000),
          interface: 1,
          linkType: .raw,
          originalLength: 60,
          bytes: [1, 2, 3, 4, 5]
        ),
        ReadFrame(number: 2, offset: simple, time: nil, originalLength: 1500, bytes: [6, 7, 8, 9]),
        ReadFrame(number: 3, offset: short, time: nil, originalLength: 3, bytes: [10, 11, 12]),
        ReadFrame(
          number: 4,
          offset: obsolete,
          time: Timestamp(nanoseconds: 3000),
          interface: 1,
          linkType: .raw,
          originalLength: 2,
          bytes: [13]
        ),
      ]
    )
    #expect(capture.damage == nil)
    #expect(capture.skipped.malformed == 0)
    #expect(capture.skipped.tooLarge == 0)
    #expect(capture.offset == file.bytes.count)
  }

  @Test func `a packet's options are no part of its frame`() throws {
    var file = PcapngBuilder()
    file.enhanced([1, 2, 3], options: [.comment("odd"), .end])
    file.enhanced([4])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.frames.map(\.bytes) == [[1, 2, 3], [4]])
  }

  @Test func `sections have byte orders and interfaces of their own`() throws {
    var file = PcapngBuilder(.little)
    file.interface(link: 113, options: [.name("second")])
    file.enhanced([1], interface: 1)
    file.section(.big)
    file.interface(link: 276, options: [.name("third"), .resolution(9)])
    file.enhanced([2], interface: 0, time: 5)
    file.section(.little)
    file.interface(link: 228, options: [.name("fourth")])
    file.enhanced([3], interface: 0, time: 5)
    file.simple([4])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.interfaces.map(\.name) == [nil, "second", "third", "fourth"])
    #expect(capture.interfaces.map(\.linkType) == [.ethernet, .cooked, .cooked2, .ipv4])
    #expect(capture.frames.map(\.interface) == [1, 2, 3, 3])
    #expect(capture.frames.map(\.linkType) == [.cooked, .cooked2, .ipv4, .ipv4])
    #expect(capture.frames.map(\.time?.nanoseconds) == [0, 5, 5000, nil])
    #expect(capture.damage == nil)
  }

  @Test(arguments: ByteOrder.allCases)
  func `an interface is what its options say`(order: ByteOrder) throws {
    var file = PcapngBuilder(order, interface: false)
    let options: [PcapngBuilder.Option] = [
      .comment("one"), .name("br-0123456789ab"), .description("the bridge"), .comment("two"),
      .filter("udp port 53"), .octets(12, Array("Linux".utf8)), .end, .name("too late"),
    ]
    file.interface(link: 1, snapLength: 262_144, options: options)
    // A filter of another kind than text, and names that other writers end with a zero or leave empty.
    file.interface(options: [.octets(11, [1, 2, 3]), .name("eth0\0"), .description("")])
    let capture = try ReadCapture(file.bytes)
    let (first, second) = (try #require(capture.interfaces.first), try #require(capture.interfaces.last))
    #expect(first.name == "br-0123456789ab")
    #expect(first.text == "the bridge")
    #expect(first.filter == "udp port 53")
    #expect(first.comments == ["one", "two"])
    #expect(first.snapLength == 262_144)
    #expect(second.name == "eth0")
    #expect(second.text?.isEmpty == true)
    #expect(second.filter == nil)
    #expect(second.comments.isEmpty)
  }

  @Test func `text that is no UTF-8 is repaired`() throws {
    var file = PcapngBuilder(interface: false)
    file.interface(options: [.octets(2, [0x61, 0xff, 0x62])])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.interfaces.map(\.name) == ["a\u{fffd}b"])
  }

  @Test(
    arguments: [
      (0, 1_700_000_000, 1_700_000_000_000_000_000),
      (3, 1_700_000_000_123, 1_700_000_000_123_000_000),
      (6, 1_700_000_000_123_456, 1_700_000_000_123_456_000),
      (9, 1_700_000_000_123_456_789, 1_700_000_000_123_456_789),
      (12, 1_700_000_000_123_456_789, 1_700_000_000_123_456),
      (0x94, 1_700_000_000 << 20 | 1 << 19, 1_700_000_000_500_000_000),
      (0x80, 1_700_000_000, 1_700_000_000_000_000_000),
    ] as [(UInt8, UInt64, Int64)],
    ByteOrder.allCases
  )
  func `times are in the unit that the interface says`(
    time: (resolution: UInt8, units: UInt64, nanoseconds: Int64),
    order: ByteOrder
  ) throws {
    var file = PcapngBuilder(order, interface: false)
    file.interface(options: [.resolution(time.resolution)])
    file.enhanced([1], time: time.units)
    file.obsolete([1], time: time.units)
    let capture = try ReadCapture(file.bytes)
    let nanoseconds = capture.frames.map(\.time?.nanoseconds)
    #expect(nanoseconds == [time.nanoseconds, time.nanoseconds])
  }

  @Test(
    arguments: [
      (1_700_000_000, 1_700_000_000_000_005_000), (-1, -999_995_000), (0, 5000),
    ] as [(Int64, Int64)],
    ByteOrder.allCases
  )
  func `times begin where the interface says`(
    time: (offset: Int64, nanoseconds: Int64),
    order: ByteOrder
  ) throws {
    var file = PcapngBuilder(order, interface: false)
    file.interface(options: [.timeOffset(time.offset)])
    file.enhanced([1], time: 5)
    let capture = try ReadCapture(file.bytes)
    #expect(capture.frames.map(\.time?.nanoseconds) == [max(0, time.nanoseconds)])
  }

  @Test(arguments: ByteOrder.allCases)
  func `blocks that have no frames are passed over`(order: ByteOrder) throws {
    var file = PcapngBuilder(order)
    // Names, the journal, secrets, custom blocks that are and aren't copied, and what nobody knows.
    let types: [UInt32] = [4, 9, 10, 0xbad, 0x4000_0bad, 0x8000_1234, 0]
    for type in types {
      file.block(type, [1, 2, 3, 4, 5])
      file.block(type)
      file.enhanced([UInt8(truncatingIfNeeded: type)])
    }
    let capture = try ReadCapture(file.bytes)
    #expect(capture.frames.map(\.number) == Array(1...types.count))
    #expect(capture.frames.map(\.bytes) == types.map { [UInt8(truncatingIfNeeded: $0)] })
    #expect(capture.skipped.malformed == 0)
    #expect(capture.damage == nil)
  }

  @Test(arguments: ByteOrder.allCases)
  func `statistics say what an interface lost`(order: ByteOrder) throws {
    var file = PcapngBuilder(order)
    file.interface()
    file.interface()
    file.statistics(interface: 0, options: [.number(4, 100), .number(5, 3), .number(7, 4)])
    file.statistics(interface: 1, options: [.number(5, 1)])
    file.statistics(interface: 1, options: [.number(5, 2), .end, .number(5, 50)])
    // Neither of these says anything of loss; the last is of an interface that nothing describes.
    file.statistics(interface: 1, options: [.number(4, 100), .octets(5, [1, 0, 0, 0])])
    file.statistics(interface: 2, options: [])
    file.statistics(interface: 3, options: [.number(5, 9)])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.interfaces.map(\.lost) == [7, 2, nil])
    #expect(capture.damage == nil)
  }

  @Test func `losses that don't fit do no harm`() throws {
    var file = PcapngBuilder()
    file.statistics(options: [.number(5, .max), .number(7, .max)])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.interfaces.first?.lost != nil)
    #expect(capture.damage == nil)
  }

  @Test func `statistics are of their own section's interface`() throws {
    var file = PcapngBuilder(.little)
    file.section(.big)
    file.interface()
    file.statistics(interface: 0, options: [.number(5, 6)])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.interfaces.map(\.lost) == [nil, 6])
  }

  @Test func `interfaces are known when their blocks were read`() throws {
    var file = PcapngBuilder()
    file.enhanced([1])
    file.interface()
    file.enhanced([2], interface: 1)
    var reader = try CaptureReader(file.bytes)
    var counts = [reader.interfaceCount]
    while reader.advance() { counts.append(reader.interfaceCount) }
    #expect(counts == [0, 1, 2])
  }
}
