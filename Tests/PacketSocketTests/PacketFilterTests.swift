import Frames
import NetworkTypes
import PacketSocket
import Testing
import WireFormat

@Suite struct PacketFilterTests {
  let machine = FilterMachine(program: PacketFilter.nameResolution.instructions)

  /// A frame of 14 bytes of header with this type, and contents.
  func frame(_ type: UInt16, _ contents: (inout ByteWriter) -> Void) -> [UInt8] {
    var writer = ByteWriter()
    writer.writeZeros(12)
    writer.writeBigEndian(type)
    contents(&writer)
    return writer.bytes
  }

  func ports(_ source: UInt16, _ destination: UInt16) -> (inout ByteWriter) -> Void {
    { writer in
      writer.writeBigEndian(source)
      writer.writeBigEndian(destination)
      writer.writeZeros(16)
    }
  }

  func ipv4(
    _ number: UInt8,
    fragmentOffset: UInt16 = 0,
    options: [UInt8] = [],
    _ payload: @escaping (inout ByteWriter) -> Void
  ) -> [UInt8] {
    frame(0x0800) { writer in
      var header = IPv4Header(
        protocol: IPProtocol(rawValue: number),
        source: IPv4Address(10, 0, 0, 2),
        destination: IPv4Address(10, 0, 0, 1)
      )
      header.fragmentOffset = fragmentOffset
      header.options = options
      header.write(to: &writer, payload: payload)
    }
  }

  func ipv6(
    _ number: UInt8,
    extensions: [IPv6ExtensionHeader] = [],
    _ payload: @escaping (inout ByteWriter) -> Void
  ) -> [UInt8] {
    frame(0x86dd) { writer in
      let address = IPv6Address(1)
      var header = IPv6Header(protocol: IPProtocol(rawValue: number), source: address, destination: address)
      header.extensions = extensions
      header.write(to: &writer, payload: payload)
    }
  }

  @Test func `ARP is kept`() {
    #expect(machine.run(on: frame(0x0806) { $0.writeZeros(28) }) == 512)
  }

  @Test(arguments: [6, 17] as [UInt8])
  func `port 53 on either side is kept, over both families`(_ transport: UInt8) {
    #expect(machine.run(on: ipv4(transport, ports(40_000, 53))) == 512)
    #expect(machine.run(on: ipv4(transport, ports(53, 40_000))) == 512)
    #expect(machine.run(on: ipv6(transport, ports(40_000, 53))) == 512)
    #expect(machine.run(on: ipv6(transport, ports(53, 40_000))) == 512)
  }

  @Test(arguments: [6, 17] as [UInt8])
  func `other ports are passed over`(_ transport: UInt8) {
    #expect(machine.run(on: ipv4(transport, ports(40_000, 443))) == 0)
    #expect(machine.run(on: ipv6(transport, ports(40_000, 443))) == 0)
  }

  @Test func `IPv4 options move the ports`() {
    let options = [UInt8](repeating: 1, count: 8)
    #expect(machine.run(on: ipv4(17, options: options, ports(40_000, 53))) == 512)
    #expect(machine.run(on: ipv4(17, options: [0, 53, 0, 53], ports(40_000, 443))) == 0)
  }

  @Test func `the first fragment is kept and later ones are passed over`() {
    #expect(machine.run(on: ipv4(17, fragmentOffset: 185, ports(53, 53))) == 0)
    let first = IPv6ExtensionHeader.fragment(offset: 0, more: true, identification: 53)
    let later = IPv6ExtensionHeader.fragment(offset: 181, more: false, identification: 53)
    #expect(machine.run(on: ipv6(17, extensions: [first], ports(53, 40_000))) == 512)
    #expect(machine.run(on: ipv6(17, extensions: [first], ports(443, 40_000))) == 0)
    #expect(machine.run(on: ipv6(17, extensions: [later], ports(53, 53))) == 0)
  }

  @Test(arguments: 128...140 as ClosedRange<UInt8>)
  func `of ICMPv6, neighbour solicitations and advertisements are kept`(_ type: UInt8) {
    let kept = machine.run(
      on: ipv6(58) { writer in
        writer.write(type)
        writer.writeZeros(23)
      }
    )
    #expect(kept == (type == 135 || type == 136 ? 512 : 0))
  }

  @Test func `other protocols and short frames are passed over`() {
    #expect(machine.run(on: ipv4(1, ports(53, 53))) == 0)
    #expect(machine.run(on: ipv6(132, ports(53, 53))) == 0)
    #expect(machine.run(on: frame(0x88cc) { $0.writeZeros(60) }) == 0)
    let whole = ipv4(17, ports(40_000, 53))
    for length in 0..<38 { #expect(machine.run(on: Array(whole.prefix(length))) == 0) }
  }
}
