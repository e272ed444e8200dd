import Captures
import Testing

@Suite struct ForeignFormatTests {
  private func error(_ bytes: [UInt8]) -> CaptureError? {
    #expect(throws: CaptureError.self) { try ReadCapture(bytes, name: "file") }
  }

  @Test func `an empty file is no capture`() {
    #expect(error([]) == CaptureError(.notACapture, "file is empty"))
  }

  @Test func `less than four octets are no capture`() {
    #expect(error([0x0a]) == CaptureError(.notACapture, "file is too short to be a capture"))
    #expect(error([0xd4, 0xc3, 0xb2]) == CaptureError(.notACapture, "file is too short to be a capture"))
    #expect(error([0x1f, 0x8b]) == CaptureError(.notACapture, "file is too short to be a capture"))
  }

  @Test(arguments: ["text", "This text is long enough for a header, and is no capture.\n"])
  func `text is no capture`(text: String) {
    #expect(error(Array(text.utf8)) == CaptureError(.notACapture, "file is no capture (pcap or pcapng)"))
  }

  @Test(
    arguments: [
      ([0x04, 0x22, 0x4d, 0x18], "compressed by lz4", "unpack it first: lz4 -dc FILE | kingpost trace -"),
      ([0xfd, 0x37, 0x7a, 0x58], "compressed by xz", "unpack it first: xz -dc FILE | kingpost trace -"),
      (
        [0x42, 0x5a, 0x68, 0x31], "compressed by bzip2", "unpack it first: bzip2 -dc FILE | kingpost trace -"
      ),
      (
        [0x42, 0x5a, 0x68, 0x39], "compressed by bzip2", "unpack it first: bzip2 -dc FILE | kingpost trace -"
      ),
      ([0x50, 0x4b, 0x03, 0x04], "a zip archive", "unpack it first"),
      (Array("snoop\0\0\0".utf8), "a snoop capture", "convert it first: editcap -F pcapng FILE NEW.pcapng"),
      (
        Array("GMBU".utf8), "a Network Monitor capture",
        "convert it first: editcap -F pcapng FILE NEW.pcapng"
      ),
    ] as [([UInt8], String, String)],
    [0, 4, 100]
  )
  func `other formats are named, with what to do`(
    format: (magic: [UInt8], name: String, advice: String),
    count: Int
  ) {
    let found = error(format.magic + [UInt8](repeating: 0, count: count))
    #expect(found?.code == .notACapture)
    #expect(found?.message == "file is \(format.name)")
    #expect(found?.advice == format.advice)
    #expect(found?.description == "file is \(format.name); \(format.advice)")
  }

  @Test(arguments: PcapBuilder.Kind.allCases, ByteOrder.allCases)
  func `a pcap file that is cut off in its header is named as such`(
    kind: PcapBuilder.Kind,
    order: ByteOrder
  ) throws {
    let bytes = PcapBuilder(kind, order).bytes
    for count in 4..<24 {
      let found = try #require(error(Array(bytes[..<count])))
      #expect(found.code == .notACapture)
      #expect(found.message.hasPrefix("file is cut off within the header of a pcap file"))
    }
  }

  @Test func `an error without advice is its message`() {
    #expect(CaptureError(.input, "file is bad").description == "file is bad")
  }
}
