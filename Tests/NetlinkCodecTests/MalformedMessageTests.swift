import NetlinkCodec
import Testing
import WireFormat

@Suite struct MalformedMessageTests {
  private func link(attributes: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeNative(UInt32(32 + attributes.count))
    writer.writeNative(UInt16(16))
    writer.writeZeros(26)
    writer.write(attributes)
    return writer.bytes
  }

  private func failure(_ bytes: [UInt8]) -> WireError? {
    #expect(throws: WireError.self) { try NetlinkMessage.decodeAll(bytes) }
  }

  @Test func `a message of no length is an error, not a loop`() {
    #expect(failure([UInt8](repeating: 0, count: 16))?.reason == .invalidLength(0))
  }

  @Test func `a message longer than what came is an error`() {
    var bytes = link(attributes: [])
    bytes[0] = 33
    #expect(failure(bytes) == WireError(.invalidLength(33), offset: 0, field: "nlmsghdr"))
  }

  @Test func `an attribute shorter than its header or longer than its message is an error`() {
    #expect(
      failure(link(attributes: [3, 0, 4, 0])) == WireError(.invalidLength(3), offset: 32, field: "nlattr 4")
    )
    #expect(
      failure(link(attributes: [9, 0, 4, 0, 1, 2, 3, 4]))
        == WireError(.invalidLength(9), offset: 32, field: "nlattr 4")
    )
  }

  @Test func `a number of the wrong size is an error`() {
    #expect(failure(link(attributes: [6, 0, 4, 0, 1, 2, 0, 0]))?.offset == 36)
  }

  @Test func `an address of another size is kept as it came`() throws {
    let bytes = link(attributes: [8, 0, 1, 0, 1, 2, 3, 4])
    let message = try #require(try NetlinkMessage.decodeAll(bytes).first)
    guard case .link(let link) = message.body else {
      Issue.record("no link")
      return
    }
    #expect(link.address == nil)
    #expect(link.unknown.all == [UnknownAttribute(type: 1, value: [1, 2, 3, 4])])
    #expect(link.unknown[1] == [1, 2, 3, 4])
    #expect(try rows(message.encoded()) == rows(bytes))
  }

  @Test func `veths within veths are refused`() {
    func peer(_ contents: [UInt8]) -> [UInt8] {
      func attribute(_ type: UInt8, _ value: [UInt8]) -> [UInt8] {
        [UInt8(value.count + 4), 0, type, 0] + value
      }
      let header = [UInt8](repeating: 0, count: 16)
      let kind = attribute(1, Array("veth".utf8))
      return attribute(18, kind + attribute(2, attribute(1, header + contents)))
    }
    #expect(failure(link(attributes: peer(peer([]))))?.reason == .tooDeep)
    #expect(throws: Never.self) { try NetlinkMessage.decodeAll(link(attributes: peer([]))) }
  }

  @Test func `an attribute too long to be written is an error`() {
    var unknown = UnknownAttributes()
    let value = [UInt8](repeating: 0, count: 65_532)
    #expect(throws: WireError.self) { try unknown.append(UnknownAttribute(type: 1, value: value)) }
    var link = Link()
    link.kind = .other(name: "large", data: value)
    let message = NetlinkMessage(header: NetlinkHeader(type: .newLink), body: .link(link))
    #expect(throws: WireError.self) { try message.encoded() }
  }

  @Test func `counters that other kernels have or lack are kept`() throws {
    for count in [23, 24, 25, 27] {
      var writer = ByteWriter()
      writer.writeNative(UInt16(4 + 8 * count))
      writer.writeNative(UInt16(23))
      for number in 0..<count { writer.writeNative(UInt64(number)) }
      let bytes = link(attributes: writer.bytes)
      let message = try #require(try NetlinkMessage.decodeAll(bytes).first)
      #expect(try rows(message.encoded()) == rows(bytes))
      guard case .link(let link) = message.body else {
        Issue.record("no link")
        return
      }
      #expect(link.statistics?.sentCompressed == 22)
      #expect(link.statistics?.otherHostDropped == (count > 24 ? 24 : nil))
      #expect(link.statistics?.further == (count > 25 ? [25, 26] : []))
    }
  }
}
