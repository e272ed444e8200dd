import Captures
import LinuxSystem
import NetworkTypes
import Testing

/// What tshark prints of a frame (Fixtures/README.md).
struct GoldenFrame: Equatable {
  let number: Int
  let time: String
  let length: Int
  let capturedLength: Int
  var interface: String?
  let octets: String

  /// A line of a golden file.
  init(_ line: Substring) throws {
    let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
    try #require(fields.count == 6)
    number = try #require(Int(fields[0]))
    time = String(fields[1])
    length = try #require(Int(fields[2]))
    capturedLength = try #require(Int(fields[3]))
    interface = fields[4].isEmpty || fields[4] == "unknown" ? nil : String(fields[4])
    octets = String(fields[5])
  }

  /// The same of a frame that we read.
  init(_ frame: ReadFrame, of interfaces: [CaptureInterface]) throws {
    number = frame.number
    let nanoseconds = try #require(frame.time).nanoseconds
    let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    time = "\(seconds).\(String(1_000_000_000 + rest).dropFirst())"
    length = frame.originalLength
    capturedLength = frame.bytes.count
    interface = interfaces[frame.interface].name
    octets = frame.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// What tshark prints of a fixture, or of the one that was compressed.
  static func all(of file: String) throws -> [GoldenFrame] {
    let plain = file.split(separator: ".").prefix(2).joined(separator: ".")
    return try TextFile.read(Fixture.path(plain + ".golden")).split(separator: "\n").map(GoldenFrame.init)
  }
}

@Suite struct RecordedCapturesTests {
  private static let files = [
    "any.pcap", "converted.pcapng", "cooked.pcap", "dumped.pcap", "merged.pcapng", "modified.pcap",
    "named.pcapng", "nano.pcap", "nsec.pcap", "sections.pcapng", "several.pcapng", "several.pcapng.zst",
    "swapped-nano.pcap", "swapped.pcap", "veth.pcap", "veth.pcap.gz",
  ]

  @Test(arguments: files) func `frames are what tshark says`(file: String) throws {
    var golden = try GoldenFrame.all(of: file)
    #expect(golden.count >= 8)
    if file == "sections.pcapng" {
      // tshark 4.0 takes the interface's name of the first section, where the second one has none.
      for index in 18..<golden.count { golden[index].interface = nil }
    }
    let capture = try ReadCapture(opening: Fixture.path(file))
    #expect(capture.frames.count == golden.count)
    for (frame, expected) in zip(capture.frames, golden) {
      #expect(try GoldenFrame(frame, of: capture.interfaces) == expected)
    }
    #expect(capture.damage == nil)
    #expect(capture.skipped.malformed == 0)
    #expect(capture.skipped.tooLarge == 0)
  }

  @Test(
    arguments: [
      ("any.pcap", [.cooked2]), ("cooked.pcap", [.cooked]), ("merged.pcapng", [.ethernet, .cooked2]),
      ("nano.pcap", [.ethernet]), ("several.pcapng", [.ethernet, .ethernet, .cooked]),
      ("sections.pcapng", [.ethernet, .ethernet, .cooked, .ethernet]), ("swapped.pcap", [.ethernet]),
    ] as [(String, [LinkType])]
  )
  func `link types are those that were recorded`(file: String, types: [LinkType]) throws {
    let capture = try ReadCapture(opening: Fixture.path(file))
    #expect(capture.interfaces.map(\.linkType) == types)
    #expect(Set(capture.frames.map(\.linkType)) == Set(types))
  }

  @Test func `what dumpcap says of its interfaces is read`() throws {
    let interfaces = try ReadCapture(opening: Fixture.path("several.pcapng")).interfaces
    #expect(interfaces.map(\.name) == ["kpv0", "lo", "any"])
    #expect(interfaces.map(\.text) == [nil, "Loopback", "all of them"])
    #expect(interfaces.map(\.filter) == ["udp port 53", nil, nil])
    #expect(interfaces.map(\.snapLength) == [80, 262_144, 262_144])
    // It lost nothing, and said so.
    #expect(interfaces.map(\.lost) == [0, 0, 0])
  }

  @Test(arguments: ["modified.pcap", "nsec.pcap", "swapped.pcap", "converted.pcapng", "named.pcapng"])
  func `a capture that was converted has the same frames`(file: String) throws {
    let frames = try ReadCapture(opening: Fixture.path(file)).frames
    let originals = try ReadCapture(opening: Fixture.path("veth.pcap")).frames
    #expect(frames.map(\.bytes) == originals.map(\.bytes))
    #expect(frames.map(\.time) == originals.map(\.time))
  }

  @Test func `frames are where their records begin`() throws {
    let frames = try ReadCapture(opening: Fixture.path("veth.pcap")).frames
    var place = 24
    for frame in frames {
      #expect(frame.offset == place)
      place += 16 + frame.bytes.count
    }
    #expect(place == (try Fixture.bytes("veth.pcap")).count)
  }
}
