import Captures
import NetworkTypes
import Testing

@Suite struct PcapTests {
  @Test(arguments: PcapBuilder.Kind.allCases, ByteOrder.allCases)
  func `frames come with their numbers, offsets and times`(kind: PcapBuilder.Kind, order: ByteOrder) throws {
    var file = PcapBuilder(kind, order)
    file.add([1, 2, 3], seconds: 1_700_000_000, fraction: 123_456)
    file.add([], seconds: 0, fraction: 0)
    let long = [UInt8](repeating: 9, count: 60)
    file.add(long, seconds: .max, fraction: 999_999, original: 1514)
    let capture = try ReadCapture(file.bytes)
    let (first, last) = (24 + kind.recordSize, 24 + 2 * kind.recordSize + 3)
    #expect(
      capture.frames == [
        ReadFrame(
          number: 1,
          offset: 24,
          time: Timestamp(nanoseconds: 1_700_000_000_000_000_000 + 123_456 * kind.unit),
          originalLength: 3,
          bytes: [1, 2, 3]
        ),
        ReadFrame(
          number: 2,
          offset: first + 3,
          time: Timestamp(nanoseconds: 0),
          originalLength: 0,
          bytes: []
        ),
        ReadFrame(
          number: 3,
          offset: last,
          time: Timestamp(nanoseconds: 4_294_967_295_000_000_000 + 999_999 * kind.unit),
          originalLength: 1514,
          bytes: long
        ),
      ]
    )
    #expect(capture.damage == nil)
    #expect(capture.compression == nil)
    #expect(capture.skipped.malformed == 0)
    #expect(capture.offset == file.bytes.count)
  }

  @Test(arguments: ByteOrder.allCases)
  func `the header says what the only interface is`(order: ByteOrder) throws {
    let capture = try ReadCapture(PcapBuilder(.microseconds, order, snapLength: 96, link: 276).bytes)
    #expect(capture.interfaces.count == 1)
    let interface = try #require(capture.interfaces.first)
    #expect(interface.linkType == .cooked2)
    #expect(interface.snapLength == 96)
    #expect(interface.name == nil)
    #expect(interface.lost == nil)
  }

  @Test(arguments: ByteOrder.allCases)
  func `what is said about checksums at frames' ends is no part of the link type`(order: ByteOrder) throws {
    var file = PcapBuilder(.microseconds, order, link: 0x5400_0071)
    file.add([1])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.interfaces.map(\.linkType) == [.cooked])
    #expect(capture.frames.map(\.linkType) == [.cooked])
  }

  @Test func `a file of a header alone has no frames, and is whole`() throws {
    let capture = try ReadCapture(PcapBuilder().bytes)
    #expect(capture.frames.isEmpty)
    #expect(capture.damage == nil)
    #expect(capture.offset == 24)
  }

  @Test func `a frame that is cut off in its header is damage`() throws {
    var file = PcapBuilder()
    file.add([1, 2, 3])
    let place = file.bytes.count
    file.add([4])
    let capture = try ReadCapture(Array(file.bytes[..<(place + 15)]))
    #expect(capture.frames.map(\.bytes) == [[1, 2, 3]])
    #expect(capture.damage?.offset == place)
    #expect(capture.damage?.reason == "a frame's header is cut off")
  }

  @Test func `a frame that is cut off in its data is damage`() throws {
    var file = PcapBuilder()
    file.add([1, 2, 3])
    let place = file.bytes.count
    file.add([4, 5, 6, 7])
    let capture = try ReadCapture(Array(file.bytes.dropLast()))
    #expect(capture.frames.map(\.bytes) == [[1, 2, 3]])
    #expect(capture.damage?.offset == place)
    #expect(capture.damage?.reason == "a frame is cut off: 3 of 4 octets are there")
  }

  @Test(arguments: PcapBuilder.Kind.allCases)
  func `wherever a file ends, what is before is read`(kind: PcapBuilder.Kind) throws {
    var file = PcapBuilder(kind)
    var boundaries = [file.bytes.count]
    for count in [0, 1, 17] {
      file.add([UInt8](repeating: 1, count: count))
      boundaries.append(file.bytes.count)
    }
    let whole = try ReadCapture(file.bytes).frames
    #expect(whole.count == 3)
    for count in 24...file.bytes.count {
      let capture = try ReadCapture(Array(file.bytes[..<count]))
      let complete = boundaries.filter { $0 <= count }
      #expect(capture.frames == Array(whole[..<(complete.count - 1)]))
      #expect(capture.damage?.offset == (complete.last == count ? nil : complete.last))
    }
    for count in 0..<24 {
      #expect(throws: CaptureError.self) { try ReadCapture(Array(file.bytes[..<count])) }
    }
  }

  @Test func `a length that can't be is damage`() throws {
    var file = PcapBuilder()
    file.add([1])
    file.add([2], captured: 0x7fff_ffff)
    file.add([3])
    let capture = try ReadCapture(file.bytes)
    #expect(capture.frames.map(\.bytes) == [[1]])
    #expect(capture.damage?.offset == 41)
    #expect(capture.damage?.reason == "a frame says that 2147483647 octets of it follow, of at most 262144")
  }

  @Test(arguments: [(UInt32(0), 262_144), (400_000, 400_000), (.max, 16_711_680)])
  func `a frame may be as long as the header says, and a bit`(snapLength: UInt32, limit: Int) throws {
    var file = PcapBuilder(snapLength: snapLength)
    file.add([1], captured: UInt32(limit))
    let possible = try ReadCapture(file.bytes)
    #expect(possible.damage?.reason == "a frame is cut off: 1 of \(limit) octets are there")
    file = PcapBuilder(snapLength: snapLength)
    file.add([1], captured: UInt32(limit + 1))
    let impossible = try ReadCapture(file.bytes)
    #expect(
      impossible.damage?.reason == "a frame says that \(limit + 1) octets of it follow, of at most \(limit)"
    )
  }

  @Test func `after its end a reader stays at its end`() throws {
    var file = PcapBuilder()
    file.add([1], captured: 2)
    var reader = try CaptureReader(file.bytes)
    let found = [reader.advance(), reader.advance()]
    #expect(found == [false, false])
    let damage = reader.damage
    #expect(damage?.offset == 24)
  }

  @Test func `before the first frame and after the last there is one without octets`() throws {
    var classic = PcapBuilder()
    classic.add([1, 2, 3])
    var blocks = PcapngBuilder()
    blocks.enhanced([1, 2, 3])
    for bytes in [classic.bytes, blocks.bytes] {
      var reader = try CaptureReader(bytes)
      var counts = [ReadFrame(reader.frame).bytes.count]
      while reader.advance() { counts.append(ReadFrame(reader.frame).bytes.count) }
      counts.append(ReadFrame(reader.frame).bytes.count)
      #expect(counts == [0, 3, 0])
    }
  }
}
