internal import Frames
internal import NetworkTypes
internal import Observation

/// A frame of the kind that nearly all are: a whole DNS message over UDP with one question, in an IP packet without
/// options, extension headers or fragments, and a name of ordinary characters. It is read in one go, a few times faster
/// than by the codecs; whatever is only a little different is left to them.
struct PlainFrame {
  private let isIPv6: Bool
  private let ip: Int
  private let udp: Int
  private let link: LinkType
  private let digest: UInt64
  private let type: UInt16

  /// Looks whether a frame is of this kind; nil if it isn't, or if anything about it is unusual.
  init?(_ frame: Span<UInt8>, linkType: LinkType) {
    let bytes = unsafe frame.bytes
    let etherType: UInt16
    switch linkType {
    case .ethernet:
      guard bytes.byteCount >= 14 else { return nil }
      etherType = bytes.bigEndian16(12)
      ip = 14
    case .cooked:
      guard bytes.byteCount >= 16 else { return nil }
      etherType = bytes.bigEndian16(14)
      ip = 16
    case .cooked2:
      guard bytes.byteCount >= 20 else { return nil }
      etherType = bytes.bigEndian16(0)
      ip = 20
    default: return nil
    }
    link = linkType
    // Where the datagram ends, by the packet's own length.
    let end: Int
    switch etherType {
    case 0x0800:
      // Version 4, five words, no fragment offset, no more fragments, UDP.
      guard bytes.byteCount >= ip + 28, bytes.byte(ip) == 0x45, bytes.bigEndian16(ip + 6) & 0x3fff == 0,
        bytes.byte(ip + 9) == 17
      else { return nil }
      isIPv6 = false
      udp = ip + 20
      end = ip + Int(bytes.bigEndian16(ip + 2))
    case 0x86dd:
      guard bytes.byteCount >= ip + 48, bytes.byte(ip) >> 4 == 6, bytes.byte(ip + 6) == 17 else { return nil }
      isIPv6 = true
      udp = ip + 40
      end = udp + Int(bytes.bigEndian16(ip + 4))
    default: return nil
    }
    let message = udp + 8
    guard end <= bytes.byteCount, end == udp + Int(bytes.bigEndian16(udp + 4)),
      bytes.bigEndian16(udp) == 53 || bytes.bigEndian16(udp + 2) == 53,
      // One question with a name of one octet and its type at least.
      end >= message + DNSHeader.size + 5, bytes.bigEndian16(message + 4) == 1
    else { return nil }
    guard let (digest, place) = Self.digest(frame, from: message + DNSHeader.size, to: end), place + 4 <= end
    else {
      return nil
    }
    self.digest = digest
    type = bytes.bigEndian16(place)
  }

  /// Whether a frame that may be cut off is of UDP or TCP with port 53, as far as its headers are plain.
  static func isDomain(_ frame: Span<UInt8>, linkType: LinkType) -> Bool {
    let bytes = unsafe frame.bytes
    let (ip, type): (Int, Int)
    switch linkType {
    case .ethernet: (ip, type) = (14, 12)
    case .cooked: (ip, type) = (16, 14)
    case .cooked2: (ip, type) = (20, 0)
    default: return false
    }
    guard bytes.byteCount >= ip + 20 else { return false }
    let (number, ports): (UInt8, Int)
    switch bytes.bigEndian16(type) {
    case 0x0800: (number, ports) = (bytes.byte(ip + 9), ip + 4 * Int(bytes.byte(ip) & 0xf))
    case 0x86dd: (number, ports) = (bytes.byte(ip + 6), ip + 40)
    default: return false
    }
    guard number == 17 || number == 6, bytes.byteCount >= ports + 4 else { return false }
    return bytes.bigEndian16(ports) == 53 || bytes.bigEndian16(ports + 2) == 53
  }

  /// FNV-1a over a name in lower case with dots between the labels, and what follows the name; nil if it is compressed,
  /// too long, or has a character that isn't a letter, a digit, a hyphen or an underscore.
  private static func digest(_ frame: Span<UInt8>, from start: Int, to end: Int) -> (UInt64, Int)? {
    var digest: UInt64 = 0xcbf2_9ce4_8422_2325
    var place = start
    while place < end {
      let count = Int(frame[place])
      place += 1
      if count == 0 { return place - start <= DNSName.maximumLength ? (digest, place) : nil }
      guard count <= DNSName.maximumLabelLength, place + count < end else { return nil }
      if place - 1 > start { digest = (digest ^ 0x2e) &* 0x100_0000_01b3 }
      for index in place..<place + count {
        let folded = folded(frame[index])
        if folded == 0 { return nil }
        digest = (digest ^ UInt64(folded)) &* 0x100_0000_01b3
      }
      place += count
    }
    return nil
  }

  /// An ordinary character in lower case; 0 for others.
  @inline(__always)
  private static func folded(_ byte: UInt8) -> UInt8 {
    let lower = byte | 0x20
    if lower &- 0x61 < 26 { return lower }
    return byte &- 0x30 < 10 || byte == 0x2d || byte == 0x5f ? byte : 0
  }

  /// The sighting of the frame that this was made from.
  func sighting(
    of frame: Span<UInt8>,
    at time: Timestamp,
    interface: InterfaceIndex?,
    packetType: Sighting.PacketType?
  ) -> Sighting {
    let bytes = unsafe frame.bytes
    let source: IPAddress
    let destination: IPAddress
    if isIPv6 {
      source = .v6(bytes.address6(ip + 8))
      destination = .v6(bytes.address6(ip + 24))
    } else {
      source = .v4(IPv4Address(bytes.bigEndian32(ip + 12)))
      destination = .v4(IPv4Address(bytes.bigEndian32(ip + 16)))
    }
    let message = udp + 8
    let flags = bytes.bigEndian16(message + 2)
    let content = Sighting.Message(
      source: SocketAddress(source, port: bytes.bigEndian16(udp)),
      destination: SocketAddress(destination, port: bytes.bigEndian16(udp + 2)),
      transaction: bytes.bigEndian16(message),
      isResponse: flags & 0x8000 != 0,
      responseCode: flags & 0xf,
      question: digest,
      type: type,
      transport: .udp,
      nameOffset: Int32(truncatingIfNeeded: message + DNSHeader.size)
    )
    var place = interface ?? InterfaceIndex(0)
    var taken = packetType
    var linkSource: MACAddress?
    var linkDestination: MACAddress?
    switch link {
    case .cooked:
      taken = Sighting.PacketType(rawValue: UInt8(clamping: bytes.bigEndian16(0)))
      if bytes.bigEndian16(4) == 6 { linkSource = bytes.link(6) }
    case .cooked2:
      if interface == nil { place = InterfaceIndex(bytes.bigEndian32(4)) }
      taken = Sighting.PacketType(rawValue: bytes.byte(10))
      if bytes.byte(11) == 6 { linkSource = bytes.link(12) }
    default:
      linkDestination = bytes.link(0)
      linkSource = bytes.link(6)
    }
    return Sighting(
      time: time,
      interface: place,
      packetType: taken,
      linkSource: linkSource,
      linkDestination: linkDestination,
      content: .dns(content)
    )
  }
}

extension RawSpan {
  @inline(__always)
  fileprivate func byte(_ place: Int) -> UInt8 { unsafe unsafeLoad(fromByteOffset: place, as: UInt8.self) }

  @inline(__always)
  fileprivate func bigEndian16(_ place: Int) -> UInt16 {
    UInt16(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: place, as: UInt16.self))
  }

  @inline(__always)
  fileprivate func bigEndian32(_ place: Int) -> UInt32 {
    UInt32(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: place, as: UInt32.self))
  }

  @inline(__always)
  fileprivate func link(_ place: Int) -> MACAddress {
    MACAddress(UInt64(bigEndian16(place)) << 32 | UInt64(bigEndian32(place + 2)))
  }

  @inline(__always)
  fileprivate func address6(_ place: Int) -> IPv6Address {
    IPv6Address(UInt128(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: place, as: UInt128.self)))
  }
}
