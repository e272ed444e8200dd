import Captures
import NetworkTypes
import Testing

@Suite struct PcapngDamageTests {
  /// A file with one good frame, to which a test adds what is bad, and then a frame that mustn't be read.
  private func expectDamage(
    _ reason: String,
    at distance: Int = 0,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ spoil: (inout PcapngBuilder) -> Void
  ) throws {
    for order in ByteOrder.allCases {
      var file = PcapngBuilder(order)
      file.enhanced([1])
      let place = file.offset
      spoil(&file)
      file.enhanced([2])
      let capture = try ReadCapture(file.bytes)
      #expect(capture.frames.map(\.bytes) == [[1]], sourceLocation: sourceLocation)
      #expect(capture.damage?.offset == place + distance, sourceLocation: sourceLocation)
      #expect(capture.damage?.reason == reason, sourceLocation: sourceLocation)
    }
  }

  @Test(arguments: [UInt32(0), 4, 8, 11, 13, 34, 35, 0xffff_fffd])
  func `a length that no block can have is damage, not a loop`(length: UInt32) throws {
    try expectDamage("a block of type 6 says that it has \(length) octets") {
      $0.block(6, [UInt8](repeating: 0, count: 24), length: length)
    }
  }

  @Test func `a second length that differs is damage`() throws {
    try expectDamage("a block of type 4 says that it has 16 octets, and at its end 20") {
      $0.block(4, [1, 2, 3, 4], again: 20)
    }
  }

  @Test func `a block that is longer than the file is damage`() throws {
    // The block's own 16 octets and the 36 of the frame after it are there.
    try expectDamage("a block of type 4 is cut off: 52 of 4096 octets are there") {
      $0.block(4, [1, 2, 3, 4], length: 4096)
    }
  }

  @Test func `a section in no byte order is damage`() throws {
    for order in ByteOrder.allCases {
      try expectDamage(
        "a section says its byte order by 0x\(order == .little ? "1020304" : "4030201"), which is none"
      ) {
        $0.section(order, magic: 0x0102_0304)
      }
    }
  }

  @Test func `a file that begins with a section in no byte order has no frames`() throws {
    var file = PcapngBuilder()
    file.enhanced([1])
    var bytes = file.bytes
    bytes[8] = 0
    let capture = try ReadCapture(bytes)
    #expect(capture.frames.isEmpty)
    #expect(capture.damage?.offset == 0)
    #expect(capture.damage?.reason == "a section says its byte order by 0x1a2b3c00, which is none")
  }

  @Test(arguments: [UInt16(0), 2, 0x0100])
  func `a section of another version is damage`(version: UInt16) throws {
    try expectDamage("a section is of version \(version); 1 is known") {
      $0.section(.big, version: version)
    }
  }

  @Test func `headers without room for what they must say are damage`() throws {
    try expectDamage("a section's header has 24 octets, of at least 28") {
      $0.block(0x0a0d_0d0a, $0.order.octets(UInt32(0x1a2b_3c4d)) + [0, 1, 0, 0, 0, 0, 0, 0])
    }
    try expectDamage("an interface's block has 16 octets, of at least 20") { $0.block(1, [1, 0, 0, 0]) }
  }

  @Test(arguments: [(UInt8(20), "14"), (0x7f, "7f"), (0xc0, "c0"), (0xff, "ff")])
  func `times in units that are too fine are damage`(resolution: UInt8, text: String) throws {
    try expectDamage("an interface's times have the resolution 0x\(text), which is too fine") {
      $0.interface(options: [.resolution(resolution)])
    }
  }

  @Test func `wherever a file ends, what is before is read`() throws {
    for order in ByteOrder.allCases {
      var file = PcapngBuilder(order)
      file.interface(options: [.name("eth0"), .comment("odd"), .end])
      var (boundaries, frames) = ([0, 28, 48, file.offset], [0, 0, 0, 0])
      for (index, count) in [0, 1, 18].enumerated() {
        file.enhanced([UInt8](repeating: 1, count: count), interface: 1)
        boundaries.append(file.offset)
        frames.append(index + 1)
      }
      let whole = try ReadCapture(file.bytes).frames
      for count in 4...file.bytes.count {
        let capture = try ReadCapture(Array(file.bytes[..<count]))
        let last = try #require(boundaries.lastIndex { $0 <= count })
        #expect(capture.frames == Array(whole[..<frames[last]]))
        #expect(capture.damage?.offset == (boundaries[last] == count ? nil : boundaries[last]))
      }
    }
  }

  @Test func `options that don't fit end the options, and nothing else`() throws {
    for order in ByteOrder.allCases {
      var file = PcapngBuilder(order, interface: false)
      file.interface(
        options: [.name("eth0"), .lying(3, length: 9, Array("eightoct".utf8)), .comment("unread")]
      )
      file.interface(options: [.lying(2, length: .max, []), .resolution(9)])
      // Too short for what they are: a resolution of no octets, an offset of four, a filter that isn't said to be text.
      file.interface(options: [.octets(9, []), .octets(14, [1, 2, 3, 4]), .octets(11, []), .octets(11, [0])])
      for index in 0..<3 { file.enhanced([UInt8(index)], interface: UInt32(index), time: 1) }
      let capture = try ReadCapture(file.bytes)
      #expect(capture.interfaces.map(\.name) == ["eth0", nil, nil])
      #expect(capture.interfaces.map(\.filter) == [nil, nil, ""])
      // Of the first one nine octets are said to be text: the last is the following option's.
      #expect(capture.interfaces.map(\.text) == [order == .little ? "eightoct\u{1}" : "eightoct", nil, nil])
      #expect(capture.frames.map(\.bytes) == [[0], [1], [2]])
      #expect(capture.frames.map(\.time?.nanoseconds) == [1000, 1000, 1000])
      #expect(capture.damage == nil)
    }
  }

  @Test func `packets that contradict themselves are passed over and counted`() throws {
    for order in ByteOrder.allCases {
      var file = PcapngBuilder(order, interface: false)
      file.simple([1])
      file.interface(snapLength: 8)
      file.enhanced([2], interface: 1)
      file.enhanced([3], interface: .max)
      file.enhanced([4], captured: 5)
      file.enhanced([5], captured: .max)
      file.obsolete([6], interface: 1)
      file.obsolete([7], captured: 5)
      file.simple([8], original: 5)
      file.block(6)
      file.block(6, [UInt8](repeating: 0, count: 16))
      file.block(2, [UInt8](repeating: 0, count: 16))
      file.block(3)
      let place = file.offset
      file.enhanced([9])
      let capture = try ReadCapture(file.bytes)
      #expect(capture.skipped.malformed == 12)
      #expect(capture.skipped.tooLarge == 0)
      #expect(capture.frames.map(\.bytes) == [[9]])
      #expect(capture.frames.map(\.number) == [1])
      #expect(capture.frames.map(\.offset) == [place])
      #expect(capture.damage == nil)
    }
  }

  @Test func `a frame as long as its block has room for is read`() throws {
    var file = PcapngBuilder()
    file.enhanced([1], captured: 4)
    file.obsolete([2], captured: 4)
    file.simple([3], original: 4)
    let capture = try ReadCapture(file.bytes)
    #expect(capture.frames.map(\.bytes) == [[1, 0, 0, 0], [2, 0, 0, 0], [3, 0, 0, 0]])
    #expect(capture.skipped.malformed == 0)
  }

  @Test func `a section's interfaces aren't those of the one before`() throws {
    var file = PcapngBuilder(.little)
    file.interface()
    file.section(.big)
    file.enhanced([1], interface: 0)
    file.simple([2])
    file.interface()
    file.enhanced([3], interface: 1)
    file.enhanced([4], interface: 0)
    let capture = try ReadCapture(file.bytes)
    #expect(capture.skipped.malformed == 3)
    #expect(capture.frames.map(\.bytes) == [[4]])
    #expect(capture.frames.map(\.interface) == [2])
  }

  @Test func `more interfaces than 65,536 are damage`() throws {
    var file = PcapngBuilder(interface: false)
    let before = file.offset
    file.interface()
    let block = file.bytes[before...]
    for count in [65_536, 65_537] {
      let bytes = file.bytes[..<before] + repeatElement(block, count: count).joined()
      let capture = try ReadCapture(Array(bytes))
      #expect(capture.interfaces.count == 65_536)
      #expect(capture.damage?.offset == (count == 65_536 ? nil : before + 65_536 * 20))
    }
  }

  @Test func `broken bytes never trap`() throws {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let names = ["several.pcapng", "sections.pcapng", "nano.pcap", "modified.pcap"]
    let files = try names.map(Fixture.bytes)
    var frames = 0
    for round in 0..<400 {
      var bytes = files[round % files.count]
      for _ in 0...next(6) { bytes[next(bytes.count)] = UInt8(next(256)) }
      guard let capture = try? ReadCapture(bytes) else { continue }
      frames += capture.frames.count
      #expect(capture.offset <= bytes.count)
      #expect(capture.damage.map { $0.offset <= bytes.count } ?? true)
    }
    #expect(frames > 1000)
  }
}
