import Captures
import NetworkTypes
import Testing

/// Blocks of more than 16 MiB, in files that have holes there.
@Suite struct LargeBlockTests {
  private static let limit = 1 << 24

  /// A file with a frame, a block that is all zeros behind its first length, and another frame.
  private func read(_ type: UInt32, length: Int, order: ByteOrder) throws -> ReadCapture {
    var file = PcapngBuilder(order)
    file.enhanced([1])
    let place = file.offset
    let temporary = try TemporaryFile(file.bytes + order.octets(type) + order.octets(UInt32(length)))
    try temporary.truncate(to: place + length - 4)
    try temporary.append(order.octets(UInt32(length)))
    let after = file.offset
    file.enhanced([2])
    try temporary.append(Array(file.bytes[after...]))
    return try ReadCapture(opening: temporary.path)
  }

  @Test(arguments: [UInt32(2), 3, 6], ByteOrder.allCases)
  func `packets in larger blocks are passed over and counted`(type: UInt32, order: ByteOrder) throws {
    let capture = try read(type, length: Self.limit + 4, order: order)
    #expect(capture.frames.map(\.bytes) == [[1], [2]])
    #expect(capture.frames.map(\.offset) == [48, 84 + Self.limit + 4])
    #expect(capture.frames.map(\.number) == [1, 2])
    #expect(capture.skipped.tooLarge == 1)
    #expect(capture.skipped.malformed == 0)
    #expect(capture.damage == nil)
  }

  @Test func `a packet in the largest block is read`() throws {
    let capture = try read(6, length: Self.limit, order: .little)
    // It says that it has no octets.
    #expect(capture.frames.map(\.bytes) == [[1], [], [2]])
    #expect(capture.skipped.tooLarge == 0)
  }

  @Test func `larger blocks without packets are passed over`() throws {
    let capture = try read(4, length: Self.limit + 8, order: .little)
    #expect(capture.frames.map(\.bytes) == [[1], [2]])
    #expect(capture.skipped.tooLarge == 0)
    #expect(capture.damage == nil)
  }

  @Test func `a larger interface's block is damage, or later packets would be another's`() throws {
    let capture = try read(1, length: Self.limit + 4, order: .little)
    #expect(capture.frames.map(\.bytes) == [[1]])
    #expect(capture.damage?.offset == 84)
    #expect(capture.damage?.reason.hasPrefix("a block of type 1, which describes what follows") == true)
  }

  @Test(arguments: [UInt32(4), 6])
  func `a larger block that is cut off is damage from its beginning on`(type: UInt32) throws {
    var file = PcapngBuilder()
    file.enhanced([1])
    let place = file.offset
    file.header(type, length: 0xffff_fffc)
    file.enhanced([2])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.frames.map(\.bytes) == [[1]])
    #expect(capture.damage?.offset == place)
    #expect(capture.damage?.reason == "a block of 4294967292 octets is cut off")
  }
}
