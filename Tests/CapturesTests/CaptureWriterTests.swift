import Captures
import NetworkTypes
import Testing

@Suite struct CaptureWriterTests {
  private let time = Timestamp(nanoseconds: 1_700_000_000_123_456_789)

  /// The blocks of a little-endian file, which must be whole, aligned and of two equal lengths.
  private func blocks(_ bytes: [UInt8]) throws -> [(type: UInt32, body: [UInt8])] {
    func number(at place: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
    }
    var blocks: [(UInt32, [UInt8])] = []
    var place = 0
    while place < bytes.count {
      try #require(place % 4 == 0 && place + 12 <= bytes.count)
      let length = Int(number(at: place + 4))
      try #require(length >= 12 && length % 4 == 0 && place + length <= bytes.count)
      #expect(Int(number(at: place + length - 4)) == length)
      blocks.append((number(at: place), Array(bytes[(place + 8)..<(place + length - 4)])))
      place += length
    }
    return blocks
  }

  private func contains(_ bytes: [UInt8], _ part: [UInt8]) -> Bool {
    guard part.count <= bytes.count else { return false }
    return (0...bytes.count - part.count).contains { bytes[$0..<$0 + part.count].elementsEqual(part) }
  }

  private func option(_ code: UInt16, _ text: String) -> [UInt8] {
    ByteOrder.little.octets(code) + ByteOrder.little.octets(UInt16(text.utf8.count)) + Array(text.utf8)
  }

  @Test func `what was written is read`() throws {
    var writer = CaptureWriter(application: "kingpost", comments: ["of a test"])
    let interfaces = [
      CaptureInterface(
        linkType: .ethernet,
        snapLength: 96,
        name: "br-0",
        text: "the bridge",
        filter: "udp port 53",
        comments: ["one", "two"]
      ),
      CaptureInterface(linkType: .cooked2, name: "any"),
      CaptureInterface(linkType: .raw),
    ]
    let numbers = interfaces.map { writer.add($0) }
    #expect(numbers == [0, 1, 2])
    let frames: [[UInt8]] = [
      [], [1], [2, 3], [4, 5, 6], [7, 8, 9, 10], [UInt8](repeating: 11, count: 1500),
    ]
    for (index, frame) in frames.enumerated() {
      writer.write(
        frame.span,
        at: Timestamp(nanoseconds: time.nanoseconds + Int64(index)),
        interface: numbers[index % 3],
        originalLength: index == 3 ? 1514 : nil,
        direction: index == 4 ? .outbound : .unknown,
        comments: index == 5 ? ["never answered", "twice"] : []
      )
    }
    let capture = try ReadCapture(writer.takeBytes())
    #expect(capture.damage == nil)
    #expect(capture.skipped.malformed == 0)
    #expect(capture.interfaces.map(\.linkType) == interfaces.map(\.linkType))
    #expect(capture.interfaces.map(\.snapLength) == [96, 0, 0])
    #expect(capture.interfaces.map(\.name) == ["br-0", "any", nil])
    #expect(capture.interfaces.map(\.text) == ["the bridge", nil, nil])
    #expect(capture.interfaces.map(\.filter) == ["udp port 53", nil, nil])
    #expect(capture.interfaces.map(\.comments) == [["one", "two"], [], []])
    #expect(capture.frames.map(\.bytes) == frames)
    #expect(capture.frames.map(\.originalLength) == [0, 1, 2, 1514, 4, 1500])
    #expect(capture.frames.map(\.interface) == [0, 1, 2, 0, 1, 2])
    #expect(capture.frames.map(\.linkType) == [.ethernet, .cooked2, .raw, .ethernet, .cooked2, .raw])
    #expect(capture.frames.map(\.time?.nanoseconds) == (0..<6).map { time.nanoseconds + $0 })
  }

  @Test func `blocks are aligned, and say what they are`() throws {
    var writer = CaptureWriter(application: "kingpost")
    let interface = writer.add(CaptureInterface(linkType: .ethernet, name: "a"))
    for count in 0..<9 {
      let frame = [UInt8](repeating: 0xee, count: count)
      writer.write(frame.span, at: time, interface: interface, comments: count % 2 == 0 ? [] : ["odd"])
    }
    let bytes = writer.takeBytes()
    let blocks = try blocks(bytes)
    #expect(blocks.map(\.type) == [0x0a0d_0d0a, 1] + [UInt32](repeating: 6, count: 9))
    #expect(blocks[0].body.starts(with: [0x4d, 0x3c, 0x2b, 0x1a, 1, 0, 0, 0]))
    #expect(blocks[0].body[8..<16].allSatisfy { $0 == 0xff })
  }

  @Test func `comments, directions and the application are in the file`() throws {
    var writer = CaptureWriter(application: "kingpost 1.0", comments: ["of the section"])
    let interface = writer.add(CaptureInterface(linkType: .ethernet, comments: ["of the interface"]))
    let frame: [UInt8] = [1, 2, 3, 4]
    writer.write(
      frame.span,
      at: time,
      interface: interface,
      direction: .inbound,
      comments: ["of the frame", "über"]
    )
    writer.write(frame.span, at: time, interface: interface, direction: .outbound)
    writer.write(frame.span, at: time, interface: interface)
    let blocks = try blocks(writer.takeBytes()).map(\.body)
    #expect(contains(blocks[0], option(1, "of the section")))
    #expect(contains(blocks[0], option(4, "kingpost 1.0")))
    #expect(contains(blocks[1], option(1, "of the interface")))
    // if_tsresol: nanoseconds.
    #expect(contains(blocks[1], [9, 0, 1, 0, 9]))
    #expect(contains(blocks[2], option(1, "of the frame")))
    #expect(contains(blocks[2], option(1, "über")))
    #expect(contains(blocks[2], [2, 0, 4, 0, 1, 0, 0, 0]))
    #expect(contains(blocks[3], [2, 0, 4, 0, 2, 0, 0, 0]))
    // A frame of which nothing is said has no options: 20 octets and its own.
    #expect(blocks[4].count == 24)
  }

  @Test func `bytes are taken as often as is convenient`() throws {
    func write(taking: Bool) -> [UInt8] {
      var writer = CaptureWriter(application: "kingpost")
      var bytes = taking ? writer.takeBytes() : []
      let interface = writer.add(CaptureInterface(linkType: .ethernet))
      for number: UInt8 in 0..<5 {
        if taking { bytes += writer.takeBytes() }
        #expect((writer.pendingCount == 0) == taking)
        writer.write([number].span, at: time, interface: interface)
      }
      #expect(writer.pendingCount > 0)
      bytes += writer.takeBytes()
      #expect(writer.pendingCount == 0)
      #expect(writer.takeBytes() == [])
      return bytes
    }
    let bytes = write(taking: false)
    #expect(write(taking: true) == bytes)
    #expect(try ReadCapture(bytes).frames.map(\.bytes) == [[0], [1], [2], [3], [4]])
  }

  @Test(arguments: [("é", ""), ("e\u{301}", "e"), ("👧", ""), ("xx", "x")])
  func `text that is too long is cut at a code point's end`(character: String, kept: String) throws {
    // The character's last octet is one more than fits, and a few follow.
    let room = String(repeating: "x", count: 65_536 - character.utf8.count)
    let expected = room + kept
    let text = room + character + "more"
    var writer = CaptureWriter(application: text, comments: [text])
    let interface = writer.add(
      CaptureInterface(linkType: .ethernet, name: text, text: text, comments: [text])
    )
    writer.write([1].span, at: time, interface: interface, comments: [text])
    let bytes = writer.takeBytes()
    _ = try blocks(bytes)
    let capture = try ReadCapture(bytes)
    let read = try #require(capture.interfaces.first)
    #expect(read.name == expected)
    #expect(read.text == expected)
    #expect(read.comments == [expected])
    #expect(capture.frames.map(\.bytes) == [[1]])
  }

  @Test func `text that just fits is whole`() throws {
    let text = String(repeating: "x", count: 65_535)
    var writer = CaptureWriter(application: "kingpost")
    _ = writer.add(CaptureInterface(linkType: .ethernet, name: text))
    #expect(try ReadCapture(writer.takeBytes()).interfaces.map(\.name) == [text])
  }

  @Test func `a filter that is too long is cut as well`() throws {
    // Before a filter is an octet that says what it is.
    let text = String(repeating: "x", count: 65_533) + "é"
    var writer = CaptureWriter(application: "kingpost")
    _ = writer.add(CaptureInterface(linkType: .ethernet, filter: text))
    let read = try ReadCapture(writer.takeBytes()).interfaces
    #expect(read.map(\.filter) == [String(repeating: "x", count: 65_533)])
  }

  @Test func `what can't be said is said as well as it can`() throws {
    var writer = CaptureWriter(application: "")
    let interface = writer.add(CaptureInterface(linkType: .ethernet))
    let frame: [UInt8] = [1, 2, 3]
    writer.write(frame.span, at: Timestamp(nanoseconds: -1), interface: interface, originalLength: 2)
    writer.write(frame.span, at: Timestamp(nanoseconds: .max), interface: interface, originalLength: .max)
    let capture = try ReadCapture(writer.takeBytes())
    // Neither times before 1970, nor lengths of fewer octets than there are or of more than 32 bits.
    #expect(capture.frames.map(\.time?.nanoseconds) == [0, 1 << 62])
    #expect(capture.frames.map(\.originalLength) == [3, Int(UInt32.max)])
  }
}
