import Frames
import NetworkTypes
import Testing
import WireFormat

@Suite struct RecordedFrameTests {
  @Test func `the recording has what it should`() {
    #expect(RecordedFrame.all.count > 40)
    #expect(RecordedFrame.all.allSatisfy { $0.bytes.count >= 42 })
  }

  @Test(arguments: RecordedFrame.all) func `what is read is what tshark reads`(frame: RecordedFrame) throws {
    let decoded = try EthernetFrame(frame.bytes)
    let ours = try Fields(decoded).values
    // tshark goes on into what an ICMP error quotes, and prints both packets' fields.
    let isError = frame.fields["icmp.type"] == "3" || frame.fields["icmpv6.type"] == "1"
    var theirs = frame.fields
    if isError {
      theirs = theirs.filter { ours[$0.key] != nil }.mapValues { String($0.prefix { $0 != "," }) }
    }
    // tshark prints the size in decimal or, depending on the dissector, in hexadecimal.
    if let size = theirs["dns.rr.udp_payload_size"], size.hasPrefix("0x") {
      theirs["dns.rr.udp_payload_size"] = Int(size.dropFirst(2), radix: 16).map(String.init)
    }
    // tshark reads the transport's header in a first fragment; we leave fragments alone.
    if case .other = decoded.transport { theirs = theirs.filter { !$0.key.hasPrefix("udp.") } }
    #expect(ours == theirs)
  }

  @Test(arguments: RecordedFrame.all) func `decoding and encoding changes nothing`(frame: RecordedFrame)
    throws
  {
    let decoded = try EthernetFrame(frame.bytes)
    #expect(decoded.encoded == frame.bytes)
    #expect(
      decoded.recomputed.encoded == frame.bytes,
      "lengths and checksums are computed as the kernel does"
    )
  }

  @Test(arguments: RecordedFrame.all) func `no frame that was cut off traps`(frame: RecordedFrame) throws {
    for count in 0..<frame.bytes.count {
      let cut = Array(frame.bytes[..<count])
      guard let decoded = try? EthernetFrame(cut) else {
        #expect(count < 22)
        continue
      }
      #expect(decoded.encoded == cut)
      if let dns = decoded.dns { _ = try? DNSMessage(dns) }
    }
  }

  @Test func `cut off DNS messages are errors that say where`() throws {
    var messages = 0
    for frame in RecordedFrame.all {
      guard let dns = try EthernetFrame(frame.bytes).dns else { continue }
      messages += 1
      for count in 0..<dns.count {
        let cut = Array(dns[..<count])
        var thrown: WireError?
        do { _ = try DNSMessage(cut) } catch let error as WireError { thrown = error }
        #expect(try #require(thrown).offset <= count)
      }
    }
    let recorded = RecordedFrame.all.filter {
      $0.fields["dns.id"] != nil && [$0.fields["udp.srcport"], $0.fields["udp.dstport"]].contains("53")
    }
    #expect(messages == recorded.count)
    #expect(messages >= 20)
  }

  @Test func `DNS messages keep their meaning, and their digest agrees`() throws {
    for frame in RecordedFrame.all {
      guard let dns = try EthernetFrame(frame.bytes).dns else { continue }
      let message = try DNSMessage(dns)
      let encoded = message.encoded
      #expect(try DNSMessage(encoded) == message)
      #expect(encoded.count <= dns.count, "names are compressed as well as real programs do")
      var reader = ByteReader(dns.span)
      let digest = try DNSDigest(parsing: &reader)
      #expect(digest.header.identifier == message.identifier)
      #expect(digest.header.flags == message.flags)
      #expect(digest.question == message.questions.first?.name.digest)
      #expect(digest.type == message.questions.first?.type)
    }
  }

  @Test func `ICMP errors tell whose packet met them`() throws {
    var flows: Set<String> = []
    for frame in RecordedFrame.all {
      guard case .icmp(let header, let body) = try EthernetFrame(frame.bytes).transport,
        header.type == (frame.fields["ipv6.src"] == nil ? 3 : 1)
      else { continue }
      var reader = ByteReader(body.span)
      let flow = try #require(try ICMPError(parsing: &reader).flow)
      #expect(flow.protocol == .udp)
      flows.insert("\(flow.source.address) \(flow.destination)")
    }
    #expect(
      flows == [
        "10.9.0.1 10.9.0.2:9", "10.9.0.1 10.9.0.2:5353", "fd09::1 [fd09::2]:5353", "fd09::1 [fd09::2]:9",
      ]
    )
  }

  @Test(arguments: [UInt16(0), 9]) func `only a first fragment's quotation has ports`(offset: UInt16) throws {
    let addresses = (IPv4Address(0x0a09_0001), IPv4Address(0x0a09_0002))
    var fragment = IPv4Header(protocol: .udp, source: addresses.0, destination: addresses.1)
    fragment.flags = .moreFragments
    fragment.fragmentOffset = offset
    var later = IPv6Header(protocol: .udp, source: IPv6Address(1), destination: IPv6Address(2))
    later.extensions = [.fragment(offset: offset, more: true, identification: 1)]
    let ports: [UInt8] = [0x14, 0xe9, 0x00, 0x35, 0, 0, 0, 0]
    for write in [fragment.write, later.write] as [(inout ByteWriter, (inout ByteWriter) -> Void) -> Void] {
      var writer = ByteWriter()
      write(&writer) { $0.write(ports) }
      let flow = try #require(ICMPError(quoted: writer.bytes).flow)
      #expect(flow.source.port == (offset == 0 ? 5353 : 0))
      #expect(flow.destination.port == (offset == 0 ? 53 : 0))
    }
  }

  @Test func `fragments are known as such`() throws {
    var offsets: [String: [Int]] = [:]
    for frame in RecordedFrame.all {
      switch try EthernetFrame(frame.bytes).content {
      case .ipv4(let header, .other) where header.isFragment:
        offsets["v4", default: []].append(Int(header.fragmentOffset) * 8)
      case .ipv6(let header, .other) where header.isFragment:
        guard case .fragment(let offset, _, _, _) = header.extensions.first else { continue }
        offsets["v6", default: []].append(Int(offset) * 8)
      default: break
      }
    }
    #expect(offsets == ["v4": [0, 1480], "v6": [0, 1448]])
  }

  @Test func `broken bytes never trap, and what they decode to stays the same`() throws {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    func next(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    var decodedFrames = 0
    for frame in RecordedFrame.all {
      for _ in 0..<200 {
        var bytes = frame.bytes
        for _ in 0...next(4) { bytes[next(bytes.count)] = UInt8(next(256)) }
        guard let decoded = try? EthernetFrame(bytes) else { continue }
        decodedFrames += 1
        #expect(try EthernetFrame(decoded.encoded) == decoded)
        guard let dns = decoded.dns, let message = try? DNSMessage(dns) else { continue }
        #expect(try DNSMessage(message.encoded) == message)
      }
    }
    #expect(decodedFrames > 10_000)
  }
}
