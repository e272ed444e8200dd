import Frames
import NetworkTypes
import Testing
import WireFormat

@Suite struct CookedHeaderTests {
  static let link = MACAddress(0x0242_ac12_0002)

  /// As `tcpdump -i any -y LINUX_SLL` writes a frame that this host sent.
  static let first: [UInt8] = [
    0, 4, 0, 1, 0, 6, 0x02, 0x42, 0xac, 0x12, 0, 2, 0, 0, 0x08, 0,
  ]
  /// As `tcpdump -i any` writes the same frame, sent by interface 7.
  static let second: [UInt8] = [
    0x08, 0, 0, 0, 0, 0, 0, 7, 0, 1, 4, 6, 0x02, 0x42, 0xac, 0x12, 0, 2, 0, 0,
  ]

  @Test func `the first form is read and written`() throws {
    var reader = ByteReader(Self.first.span)
    let header = try CookedHeader(parsing: &reader)
    #expect(header == CookedHeader(packetType: 4, source: Self.link, type: .ipv4))
    let isAtEnd = reader.isAtEnd
    #expect(isAtEnd)
    var writer = ByteWriter()
    header.write(to: &writer)
    #expect(writer.bytes == Self.first)
  }

  @Test func `the second form is read and written`() throws {
    var reader = ByteReader(Self.second.span)
    let header = try CookedHeader(parsingSecondForm: &reader)
    let expected = CookedHeader(
      packetType: 4,
      source: Self.link,
      type: .ipv4,
      interface: InterfaceIndex(7)
    )
    #expect(header == expected)
    let isAtEnd = reader.isAtEnd
    #expect(isAtEnd)
    var writer = ByteWriter()
    header.write(to: &writer)
    #expect(writer.bytes == Self.second)
  }

  @Test func `an address that isn't six octets long is none`() throws {
    var tunnel = Self.first
    tunnel[5] = 4
    var reader = ByteReader(tunnel.span)
    #expect(try CookedHeader(parsing: &reader).source == nil)
  }

  @Test(arguments: 0..<16)
  func `a header that is cut off is an error`(count: Int) {
    #expect(throws: WireError.self) {
      var reader = ByteReader(Self.first.span.extracting(first: count))
      _ = try CookedHeader(parsing: &reader)
    }
    #expect(throws: WireError.self) {
      var reader = ByteReader(Self.second.span.extracting(first: count + 4))
      _ = try CookedHeader(parsingSecondForm: &reader)
    }
  }
}
