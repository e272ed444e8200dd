public import NetworkTypes
public import WireFormat

/// An IPv4 header (RFC 791, section 3.1; `struct iphdr`, `linux/ip.h`).
///
/// ```
/// | version 4 bits, header words 4 | service 1 | total length 2 |
/// | identification 2 | flags 3 bits, fragment offset 13 |
/// | time to live 1 | protocol 1 | checksum 2 | source 4 | destination 4 | options 0...40 |
/// ```
public struct IPv4Header: Hashable, Sendable {
  /// Differentiated services (6 bits) and congestion notification (2).
  public var service: UInt8 = 0
  /// Length in bytes of header and payload; 0 where the kernel left it to the network card.
  public var totalLength: DerivedField<UInt16> = .computed
  /// Which packet a fragment belongs to.
  public var identification: UInt16 = 0
  /// Flags (3 bits: reserved, don't fragment, more fragments).
  public var flags: Flags = .dontFragment
  /// Where the fragment begins, in units of 8 bytes (13 bits).
  public var fragmentOffset: UInt16 = 0
  /// How many more routers may pass the packet on.
  public var timeToLive: UInt8 = 64
  /// What the payload is.
  public var `protocol`: IPProtocol
  /// The header's checksum.
  public var checksum: DerivedField<UInt16> = .computed
  /// Who sent the packet.
  public var source: IPv4Address
  /// Whom it is for.
  public var destination: IPv4Address
  /// Options as they are on the wire, at most 40 bytes; padded with zeros to a multiple of four on writing.
  public var options: [UInt8] = []

  /// The flags of a packet.
  public struct Flags: OptionSet, Hashable, Sendable {
    /// The three bits.
    public let rawValue: UInt8
    /// Flags with these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// More fragments follow.
    public static let moreFragments = Flags(rawValue: 1)
    /// Routers must not fragment the packet.
    public static let dontFragment = Flags(rawValue: 2)
  }

  /// A header.
  public init(protocol: IPProtocol, source: IPv4Address, destination: IPv4Address) {
    self.protocol = `protocol`
    self.source = source
    self.destination = destination
  }

  /// Whether the packet is one of several fragments.
  public var isFragment: Bool { fragmentOffset != 0 || flags.contains(.moreFragments) }

  /// Reads a header; `payloadCount(of:)` says how much of what follows is the packet's.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let start = reader.offset
    let first = try reader.peekByte(field: "IPv4 version")
    let headerLength = Int(first & 0xf) * 4
    guard first >> 4 == 4 else {
      throw WireError(.invalidValue(UInt64(first >> 4)), offset: start, field: "IPv4 version")
    }
    guard headerLength >= 20 else {
      throw WireError(.invalidLength(headerLength), offset: start, field: "IPv4 header length")
    }
    try reader.require(headerLength, field: "IPv4 header")
    try reader.skip(1)
    service = try reader.readByte()
    let total = try reader.readBigEndian(UInt16.self)
    guard total == 0 || Int(total) >= headerLength else {
      throw WireError(.invalidLength(Int(total)), offset: start + 2, field: "IPv4 total length")
    }
    totalLength = .stated(total)
    identification = try reader.readBigEndian()
    let fragment = try reader.readBigEndian(UInt16.self)
    flags = Flags(rawValue: UInt8(fragment >> 13))
    fragmentOffset = fragment & 0x1fff
    timeToLive = try reader.readByte()
    self.protocol = IPProtocol(rawValue: try reader.readByte())
    checksum = .stated(try reader.readBigEndian())
    source = try reader.readIPv4Address(field: "IPv4 source")
    destination = try reader.readIPv4Address(field: "IPv4 destination")
    options = try reader.readBytes(headerLength - 20)
  }

  /// How many of `remaining` bytes after the header are the packet's payload: the frame may have been padded,
  /// or cut off by the capture.
  public func payloadCount(of remaining: Int) -> Int {
    guard case .stated(let total) = totalLength, total != 0 else { return remaining }
    return min(remaining, max(0, Int(total) - headerLength))
  }

  /// Writes the header and what `payload` writes after it.
  public func write(to writer: inout ByteWriter, payload: (inout ByteWriter) -> Void) {
    let start = writer.count
    writer.write(0x40 | UInt8(headerLength / 4))
    writer.write(service)
    writer.writeZeros(2)
    writer.writeBigEndian(identification)
    writer.writeBigEndian(UInt16(flags.rawValue & 7) << 13 | fragmentOffset & 0x1fff)
    writer.write(timeToLive)
    writer.write(self.protocol.rawValue)
    writer.writeZeros(2)
    writer.write(source)
    writer.write(destination)
    writer.write(options.prefix(40))
    writer.writeZeros(start + headerLength - writer.count)
    let end = writer.count
    payload(&writer)
    let total = totalLength.value { UInt16(truncatingIfNeeded: writer.count - start) }
    writer.patchBigEndian(total, at: start + 2)
    let sum = checksum.value {
      var sum = InternetChecksum()
      sum.add(writer.bytes.span.extracting(start..<end))
      return sum.value
    }
    writer.patchBigEndian(sum, at: start + 10)
  }

  /// The pseudo-header for the checksum of the payload.
  public var pseudoHeader: PseudoHeader {
    PseudoHeader(source: .v4(source), destination: .v4(destination), protocol: self.protocol)
  }

  /// Length in bytes of the header with its options.
  public var headerLength: Int { 20 + (min(options.count, 40) + 3) / 4 * 4 }
}
