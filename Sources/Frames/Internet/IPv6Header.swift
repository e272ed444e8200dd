public import NetworkTypes
public import WireFormat

/// An IPv6 header with its extension headers (RFC 8200, section 3; `struct ipv6hdr`, `linux/ipv6.h`).
///
/// ```
/// | version 4 bits, traffic class 8, flow label 20 | payload length 2 | next header 1 | hop limit 1 |
/// | source 16 | destination 16 | extension headers |
/// ```
public struct IPv6Header: Hashable, Sendable {
  /// More extension headers than this are not read.
  public static let maximumExtensions = 16

  /// Differentiated services (6 bits) and congestion notification (2).
  public var trafficClass: UInt8 = 0
  /// 20 bits.
  public var flowLabel: UInt32 = 0
  /// Length in bytes of extension headers and payload; 0 where the kernel left it to the network card.
  public var payloadLength: DerivedField<UInt16> = .computed
  /// How many more routers may pass the packet on.
  public var hopLimit: UInt8 = 64
  /// Who sent the packet.
  public var source: IPv6Address
  /// Whom it is for.
  public var destination: IPv6Address
  /// The extension headers in their order; nothing after a fragment header that isn't the first fragment's.
  public var extensions: [IPv6ExtensionHeader] = []
  /// What the payload is, after the extension headers.
  public var `protocol`: IPProtocol

  /// A header.
  public init(protocol: IPProtocol, source: IPv6Address, destination: IPv6Address) {
    self.protocol = `protocol`
    self.source = source
    self.destination = destination
  }

  /// Whether the packet is one of several fragments.
  public var isFragment: Bool {
    extensions.contains {
      if case .fragment(let offset, let more, _, _) = $0 { offset != 0 || more } else { false }
    }
  }

  /// Whether the payload's beginning is there: the packet is whole, or the first of several fragments.
  var isBeginning: Bool {
    extensions.allSatisfy { if case .fragment(let offset, _, _, _) = $0 { offset == 0 } else { true } }
  }

  /// Reads a header; `payloadCount(of:)` says how much of what follows is the packet's.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    try reader.require(40, field: "IPv6 header")
    let first = try reader.readBigEndian(UInt32.self)
    guard first >> 28 == 6 else {
      throw WireError(.invalidValue(UInt64(first >> 28)), offset: reader.offset - 4, field: "IPv6 version")
    }
    trafficClass = UInt8(truncatingIfNeeded: first >> 20)
    flowLabel = first & 0xfffff
    payloadLength = .stated(try reader.readBigEndian())
    var next = IPProtocol(rawValue: try reader.readByte())
    hopLimit = try reader.readByte()
    source = try reader.readIPv6Address(field: "IPv6 source")
    destination = try reader.readIPv6Address(field: "IPv6 destination")
    while let parsed = try IPv6ExtensionHeader.parse(next, &reader) {
      guard extensions.count < Self.maximumExtensions else {
        throw WireError(.tooDeep, offset: reader.offset, field: "IPv6 extension header")
      }
      extensions.append(parsed.header)
      next = parsed.next
      if case .fragment(let offset, _, _, _) = parsed.header, offset != 0 { break }
    }
    self.protocol = next
  }

  /// How many of `remaining` bytes after the headers are the packet's payload: the frame may have been padded,
  /// or cut off by the capture.
  public func payloadCount(of remaining: Int) -> Int {
    guard case .stated(let length) = payloadLength, length != 0 else { return remaining }
    return min(remaining, max(0, Int(length) - extensionsLength))
  }

  /// Writes the headers and what `payload` writes after them.
  public func write(to writer: inout ByteWriter, payload: (inout ByteWriter) -> Void) {
    let start = writer.count
    writer.writeBigEndian(6 << 28 | UInt32(trafficClass) << 20 | flowLabel & 0xfffff)
    writer.writeZeros(2)
    writer.write((extensions.first?.number ?? self.protocol).rawValue)
    writer.write(hopLimit)
    writer.write(source)
    writer.write(destination)
    for (index, header) in extensions.enumerated() {
      let next = index + 1 < extensions.count ? extensions[index + 1].number : self.protocol
      header.write(to: &writer, next: next)
    }
    payload(&writer)
    let length = payloadLength.value { UInt16(truncatingIfNeeded: writer.count - start - 40) }
    writer.patchBigEndian(length, at: start + 4)
  }

  /// The pseudo-header for the checksum of the payload. A routing header would replace the destination
  /// (RFC 8200, section 8.1); Linux containers have none.
  public var pseudoHeader: PseudoHeader {
    PseudoHeader(source: .v6(source), destination: .v6(destination), protocol: self.protocol)
  }

  private var extensionsLength: Int {
    if extensions.isEmpty { return 0 }
    var writer = ByteWriter()
    extensions.forEach { $0.write(to: &writer, next: self.protocol) }
    return writer.count
  }
}
