import Captures
import Testing

@Suite struct CompressionTests {
  private static let captures = [
    ("veth.pcap.gz", "veth.pcap", "gzip"), ("members.pcap.gz", "veth.pcap", "gzip"),
    ("frames.pcap.zst", "veth.pcap", "zstd"), ("several.pcapng.zst", "several.pcapng", "zstd"),
  ]

  @Test(arguments: captures)
  func `what is compressed is read as what isn't`(file: String, plain: String, program: String) throws {
    let expected = try ReadCapture(Fixture.bytes(plain))
    #expect(expected.frames.count >= 8)
    let packed = try Fixture.bytes(file)
    for capture in [try ReadCapture(packed), try ReadCapture(opening: Fixture.path(file))] {
      #expect(capture.frames == expected.frames)
      #expect(capture.interfaces == expected.interfaces)
      #expect(capture.compression == program)
      #expect(capture.damage == nil)
      #expect(capture.offset == expected.offset)
    }
    #expect(expected.compression == nil)
  }

  @Test(arguments: ["large.pcap.gz", "large.pcap.zst"])
  func `more than the buffer has room for is unpacked as it is read`(file: String) throws {
    let capture = try ReadCapture(Fixture.bytes(file))
    #expect(capture.frames == PcapBuilder.largeFrames(640))
    #expect(capture.damage == nil)
    #expect(capture.offset == 24 + 640 * 1016)
  }

  @Test func `what ends where the buffer is full has ended`() throws {
    // 262,144 octets, as many as are read at once.
    let capture = try ReadCapture(opening: Fixture.path("exact.pcap.gz"))
    #expect(capture.frames.count == 258)
    #expect(capture.frames.last?.bytes.count == 992)
    #expect(capture.damage == nil)
    #expect(capture.offset == 262_144)
  }

  @Test func `what the library still has when the file is at its end is read`() throws {
    let capture = try ReadCapture(Fixture.bytes("unchecked.pcap.zst"))
    #expect(capture.frames == PcapBuilder.largeFrames(300))
    #expect(capture.damage == nil)
  }

  @Test(arguments: ["veth.pcap.gz", "members.pcap.gz"], [1, 2, 512, 300_000])
  func `zeros after the last member are padding`(file: String, count: Int) throws {
    let capture = try ReadCapture(Fixture.bytes(file) + [UInt8](repeating: 0, count: count))
    #expect(capture.frames == (try ReadCapture(Fixture.bytes("veth.pcap"))).frames)
    #expect(capture.damage == nil)
  }

  @Test func `what follows the last member and is none is damage after the last frame`() throws {
    let capture = try ReadCapture(Fixture.bytes("veth.pcap.gz") + Array("no member".utf8))
    #expect(capture.frames == (try ReadCapture(Fixture.bytes("veth.pcap"))).frames)
    #expect(capture.damage?.reason.hasPrefix("the gzip data of capture is damaged") == true)
  }

  @Test(arguments: [UInt8(0x50), 0x5f])
  func `frames of zstd that are to be passed over are`(kind: UInt8) throws {
    let frame = [kind, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let capture = try ReadCapture(frame + Fixture.bytes("frames.pcap.zst") + frame)
    #expect(capture.compression == "zstd")
    #expect(capture.frames == (try ReadCapture(Fixture.bytes("veth.pcap"))).frames)
    #expect(capture.damage == nil)
  }

  @Test func `compressed files one after the other are one, with as many sections`() throws {
    let packed = try Fixture.bytes("several.pcapng.zst")
    let capture = try ReadCapture(packed + packed)
    #expect(capture.frames.count == 36)
    #expect(capture.interfaces.map(\.name) == ["kpv0", "lo", "any", "kpv0", "lo", "any"])
    #expect(capture.frames[18...].map(\.bytes) == capture.frames[..<18].map(\.bytes))
    #expect(capture.damage == nil)
  }

  @Test(arguments: captures)
  func `wherever compressed data is cut off, what could be unpacked is read`(
    file: String,
    plain: String,
    program: String
  ) throws {
    let expected = try ReadCapture(Fixture.bytes(plain)).frames
    let packed = try Fixture.bytes(file)
    // A file of several members may end after each.
    let ends = Self.starts(of: program, in: packed).dropFirst()
    var counts: [Int] = []
    for count in 4..<packed.count {
      let reason = "the \(program) data of capture is cut off"
      do {
        let capture = try ReadCapture(Array(packed[..<count]))
        #expect(capture.frames == Array(expected.prefix(capture.frames.count)))
        #expect(capture.compression == program)
        #expect((capture.damage?.reason == reason) != ends.contains(count), "\(count)")
        #expect(capture.damage != nil)
        counts.append(capture.frames.count)
      } catch let error as CaptureError {
        #expect(error.code == .input)
        #expect(error.message == reason)
      }
    }
    #expect(counts == counts.sorted())
    #expect(counts.last.map { $0 >= 4 } == true)
  }

  @Test(arguments: [("large.pcap.gz", "gzip", 300), ("large.pcap.zst", "zstd", 250)])
  func `half a file's data has its frames`(file: String, program: String, least: Int) throws {
    let packed = try Fixture.bytes(file)
    let capture = try ReadCapture(Array(packed[..<(packed.count / 2)]))
    #expect(capture.frames.count >= least)
    #expect(capture.frames.count < 640)
    #expect(capture.frames == PcapBuilder.largeFrames(capture.frames.count))
    #expect(capture.damage?.reason == "the \(program) data of capture is cut off")
    #expect(capture.damage?.offset == 24 + capture.frames.count * 1016)
  }

  @Test(arguments: [("veth.pcap.gz", 8), ("large.pcap.gz", 640)])
  func `a wrong checksum of gzip is damage after the last frame`(file: String, count: Int) throws {
    var packed = try Fixture.bytes(file)
    packed[packed.count - 8] ^= 1
    let capture = try ReadCapture(packed)
    #expect(capture.frames.count == count)
    #expect(capture.damage?.reason == "the gzip data of capture is damaged (zlib says -3)")
    #expect(capture.damage?.offset == capture.offset)
  }

  @Test func `a wrong checksum of zstd is damage after the last frame`() throws {
    var packed = try Fixture.bytes("large.pcap.zst")
    packed[packed.count - 1] ^= 1
    let capture = try ReadCapture(packed)
    #expect(capture.frames == PcapBuilder.largeFrames(640))
    let reason = try #require(capture.damage?.reason)
    #expect(reason.hasPrefix("the zstd data of capture is damaged: "))
    #expect(reason.contains("checksum"))
  }

  @Test(arguments: [("members.pcap.gz", "gzip"), ("frames.pcap.zst", "zstd")])
  func `a damaged second part leaves the first`(file: String, program: String) throws {
    let whole = try ReadCapture(Fixture.bytes("veth.pcap")).frames
    var packed = try Fixture.bytes(file)
    let starts = Self.starts(of: program, in: packed)
    #expect(starts.count == 2)
    packed[try #require(starts.last) + 1] ^= 0xff
    let capture = try ReadCapture(packed)
    // The first part ends within the fifth frame.
    #expect(capture.frames == Array(whole.prefix(4)))
    #expect(capture.damage?.reason.hasPrefix("the \(program) data of capture is damaged") == true)
    #expect(capture.damage?.offset == whole[4].offset)
  }

  @Test(arguments: ["veth.pcap.gz", "members.pcap.gz", "frames.pcap.zst", "large.pcap.gz", "large.pcap.zst"])
  func `no broken octet traps or loops`(file: String) throws {
    let packed = try Fixture.bytes(file)
    let step = max(1, packed.count / 60)
    for place in stride(from: 0, to: packed.count, by: step) {
      var broken = packed
      broken[place] ^= 0xff
      guard let capture = try? ReadCapture(broken) else { continue }
      #expect(capture.frames.count <= 640)
    }
  }

  @Test func `a compressed file that is no capture is none`() throws {
    let text = try Fixture.bytes("text.gz")
    let error = #expect(throws: CaptureError.self) { try ReadCapture(text, name: "text.gz") }
    #expect(error?.code == .notACapture)
    #expect(error?.message == "text.gz is no capture (pcap or pcapng)")
  }

  /// Where the members of gzip or the frames of zstd begin.
  private static func starts(of program: String, in packed: [UInt8]) -> [Int] {
    let magic: [UInt8] = program == "gzip" ? [0x1f, 0x8b, 8, 0] : [0x28, 0xb5, 0x2f, 0xfd]
    return (0..<packed.count - 4).filter { Array(packed[$0..<$0 + 4]) == magic }
  }
}
