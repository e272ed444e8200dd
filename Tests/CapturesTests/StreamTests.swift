import Captures
import LinuxSystem
import NetworkTypes
import Testing

@Suite struct StreamTests {
  /// Sends each piece only after all frames of the one before were read; `counts` says how many each completes.
  private func expectFrames(_ counts: [Int], whenSending pieces: [[UInt8]]) throws -> [ReadFrame] {
    let writer = try PipeWriter(pieces)
    writer.start()
    var reader = try CaptureReader(reading: writer.reading.rawValue, name: "pipe")
    var frames: [ReadFrame] = []
    for (index, count) in counts.enumerated() {
      for _ in 0..<count {
        let found = reader.advance()
        #expect(found)
        if found { frames.append(ReadFrame(reader.frame)) }
      }
      #expect(writer.begun == index + 1)
      writer.goOn()
    }
    let (found, damage) = (reader.advance(), reader.damage)
    #expect(!found)
    #expect(damage == nil)
    writer.waitForEnd()
    #expect(!writer.isLate)
    return frames
  }

  @Test func `a pipe's frames come as they arrive, in pcap`() throws {
    var file = PcapBuilder()
    var (pieces, sent): ([[UInt8]], Int) = ([], 0)
    for number: UInt8 in 1...4 {
      file.add([UInt8](repeating: number, count: Int(number) * 100))
      pieces.append(Array(file.bytes[sent...]))
      sent = file.bytes.count
    }
    let frames = try expectFrames([1, 1, 1, 1], whenSending: pieces)
    #expect(frames == (try ReadCapture(file.bytes)).frames)
  }

  @Test func `a pipe's frames come as they arrive, in pcapng`() throws {
    var file = PcapngBuilder()
    var (pieces, sent): ([[UInt8]], Int) = ([], 0)
    for number: UInt8 in 1...4 {
      file.enhanced([UInt8](repeating: number, count: Int(number) * 100))
      // What comes before the next packet mustn't be waited for.
      pieces.append(Array(file.bytes[sent...]))
      sent = file.offset
      file.statistics(options: [.number(5, 1)])
    }
    let frames = try expectFrames([1, 1, 1, 1], whenSending: pieces)
    #expect(frames.map(\.bytes.count) == [100, 200, 300, 400])
    #expect(frames.map(\.bytes.first) == [1, 2, 3, 4])
  }

  @Test(arguments: [("members.pcap.gz", [0x1f, 0x8b, 8]), ("frames.pcap.zst", [0x28, 0xb5, 0x2f, 0xfd])])
  func `a pipe's frames come as what they are compressed in arrives`(file: String, magic: [UInt8]) throws {
    let packed = try Fixture.bytes(file)
    let second = try #require(
      (1..<packed.count - magic.count).first { Array(packed[$0..<$0 + magic.count]) == magic }
    )
    let pieces = [Array(packed[..<second]), Array(packed[second...])]
    let frames = try expectFrames([4, 4], whenSending: pieces)
    #expect(frames == (try ReadCapture(Fixture.bytes("veth.pcap"))).frames)
  }

  @Test(arguments: [
    "veth.pcap", "swapped.pcap", "modified.pcap", "several.pcapng", "sections.pcapng", "veth.pcap.gz",
    "members.pcap.gz", "several.pcapng.zst", "large.pcap.gz", "large.pcap.zst",
  ])
  func `how a pipe is cut into pieces changes nothing`(file: String) throws {
    let bytes = try Fixture.bytes(file)
    let writer = try PipeWriter(oddPieces(bytes, [1, 2, 3, 5, 7, 11, 13, 17, 101]))
    writer.goOnToEnd()
    writer.start()
    let capture = try ReadCapture(reading: writer.reading.rawValue)
    writer.waitForEnd()
    let whole = try ReadCapture(bytes)
    #expect(capture.frames == whole.frames)
    #expect(capture.interfaces == whole.interfaces)
    #expect(capture.damage == nil)
  }

  @Test func `a pipe may carry more than any buffer has room for`() throws {
    let writer = try PipeWriter(oddPieces(PcapBuilder.large(640), [65_537, 9, 4096, 30_001]))
    writer.goOnToEnd()
    writer.start()
    let capture = try ReadCapture(reading: writer.reading.rawValue)
    writer.waitForEnd()
    #expect(capture.frames == PcapBuilder.largeFrames(640))
    #expect(capture.damage == nil)
  }

  private func oddPieces(_ bytes: [UInt8], _ sizes: [Int]) -> [[UInt8]] {
    var (pieces, place): ([[UInt8]], Int) = ([], 0)
    while place < bytes.count {
      let end = min(bytes.count, place + sizes[pieces.count % sizes.count])
      pieces.append(Array(bytes[place..<end]))
      place = end
    }
    return pieces
  }

  @Test func `frames that straddle what is read at once are whole`() throws {
    let capture = try ReadCapture(PcapBuilder.large(640))
    #expect(capture.frames == PcapBuilder.largeFrames(640))
    #expect(capture.offset == 24 + 640 * 1016)
    var file = PcapngBuilder()
    var expected: [[UInt8]] = []
    for index in 0..<1000 {
      expected.append([UInt8](repeating: UInt8(index % 251), count: index * 37 % 1500))
      file.enhanced(expected[index])
    }
    #expect(file.offset > 2 << 18)
    #expect(try ReadCapture(file.bytes).frames.map(\.bytes) == expected)
  }

  @Test func `frames that are larger than what is read at once are whole`() throws {
    let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 % 251) }
    var file = PcapngBuilder()
    for frame in [[1], large, [2], large, large, [3]] { file.enhanced(frame) }
    let capture = try ReadCapture(file.bytes)
    #expect(capture.frames.map(\.bytes) == [[1], large, [2], large, large, [3]])
    #expect(capture.frames.map(\.number) == Array(1...6))
    #expect(capture.damage == nil)
    var classic = PcapBuilder()
    for frame in [[1], Array(large[..<262_144]), [2]] { classic.add(frame) }
    #expect(try ReadCapture(classic.bytes).frames.map(\.bytes.count) == [1, 262_144, 1])
  }

  @Test func `a file that is truncated while it is read ends there`() throws {
    let file = try TemporaryFile(PcapBuilder.large(640))
    var reader = try CaptureReader(opening: file.path)
    let found = reader.advance()
    #expect(found)
    let first = ReadFrame(reader.frame)
    try file.truncate(to: 24 + 400 * 1016 + 100)
    let rest = ReadCapture(rest: reader)
    #expect([first] + rest.frames == PcapBuilder.largeFrames(400))
    #expect(rest.damage?.offset == 24 + 400 * 1016)
    #expect(rest.damage?.reason == "a frame is cut off: 84 of 1000 octets are there")
  }

  @Test func `a file may grow while it is read`() throws {
    var contents = PcapBuilder()
    contents.add([1])
    let file = try TemporaryFile(contents.bytes)
    let before = contents.bytes.count
    contents.add([2, 3])
    var reader = try CaptureReader(opening: file.path)
    let found = reader.advance()
    #expect(found)
    try file.append(Array(contents.bytes[before...]))
    let rest = ReadCapture(rest: reader)
    #expect(rest.frames.map(\.bytes) == [[2, 3]])
    #expect(rest.damage == nil)
  }

  @Test func `what can't be opened or read is an error`() throws {
    let missing = #expect(throws: CaptureError.self) { try ReadCapture(opening: "/nonexistent/capture") }
    #expect(missing?.code == .input)
    #expect(missing?.message == "open /nonexistent/capture: No such file or directory")
    let folder = #expect(throws: CaptureError.self) { try ReadCapture(opening: "/") }
    #expect(folder?.code == .input)
    #expect(folder?.message == "read /: Is a directory")
    let closed = #expect(throws: CaptureError.self) { try ReadCapture(reading: -1) }
    #expect(closed?.message == "read descriptor: Bad file descriptor")
  }
}
