internal import WireFormat

/// An IPv6 extension header (RFC 8200, section 4).
public enum IPv6ExtensionHeader: Hashable, Sendable {
  /// Hop-by-hop options: everything after the length byte, 6 bytes or 8 more each.
  case hopByHopOptions([UInt8])
  /// Destination options, in the same form.
  case destinationOptions([UInt8])
  /// A routing header, in the same form.
  case routing([UInt8])
  /// An authentication header (RFC 4302): everything after the length byte, in units of 4 bytes.
  case authentication([UInt8])
  /// A fragment header. The offset is in units of 8 bytes; `reserved` holds the 8 and the 2 bits without
  /// meaning.
  case fragment(offset: UInt16, more: Bool, identification: UInt32, reserved: UInt16 = 0)

  /// The header's own number.
  public var number: IPProtocol {
    switch self {
    case .hopByHopOptions: .hopByHopOptions
    case .destinationOptions: .destinationOptions
    case .routing: .routing
    case .authentication: .authentication
    case .fragment: .fragment
    }
  }

  /// Reads the header with this number, and the number of the header after it; nil, and nothing is read, if
  /// the number is not an extension header's.
  static func parse(
    _ number: IPProtocol,
    _ reader: inout ByteReader
  ) throws(WireError) -> (header: IPv6ExtensionHeader, next: IPProtocol)? {
    let field = "IPv6 extension header"
    switch number {
    case .hopByHopOptions, .destinationOptions, .routing, .authentication:
      let next = IPProtocol(rawValue: try reader.peekByte(field: field))
      let length = Int(try reader.peekByte(at: 1, field: field))
      let total = number == .authentication ? (length + 2) * 4 : (length + 1) * 8
      try reader.require(total, field: field)
      try reader.skip(2)
      let contents = try reader.readBytes(total - 2)
      return switch number {
      case .hopByHopOptions: (.hopByHopOptions(contents), next)
      case .destinationOptions: (.destinationOptions(contents), next)
      case .routing: (.routing(contents), next)
      default: (.authentication(contents), next)
      }
    case .fragment:
      try reader.require(8, field: field)
      let next = IPProtocol(rawValue: try reader.readByte())
      let reserved = try reader.readByte()
      let bits = try reader.readBigEndian(UInt16.self)
      let header = IPv6ExtensionHeader.fragment(
        offset: bits >> 3,
        more: bits & 1 != 0,
        identification: try reader.readBigEndian(),
        reserved: UInt16(reserved) << 2 | bits >> 1 & 3
      )
      return (header, next)
    default:
      return nil
    }
  }

  /// Writes the header; contents of an impossible length are padded with zeros, which are empty options.
  func write(to writer: inout ByteWriter, next: IPProtocol) {
    writer.write(next.rawValue)
    switch self {
    case .hopByHopOptions(let contents), .destinationOptions(let contents), .routing(let contents):
      let total = min((contents.count + 2 + 7) / 8 * 8, 2048)
      writer.write(UInt8(max(total, 8) / 8 - 1))
      writePadded(contents, to: max(total, 8) - 2, &writer)
    case .authentication(let contents):
      let total = min((contents.count + 2 + 3) / 4 * 4, 1028)
      writer.write(UInt8(max(total, 8) / 4 - 2))
      writePadded(contents, to: max(total, 8) - 2, &writer)
    case .fragment(let offset, let more, let identification, let reserved):
      writer.write(UInt8(truncatingIfNeeded: reserved >> 2))
      writer.writeBigEndian(offset << 3 | (reserved & 3) << 1 | (more ? 1 : 0))
      writer.writeBigEndian(identification)
    }
  }

  private func writePadded(_ contents: [UInt8], to count: Int, _ writer: inout ByteWriter) {
    writer.write(contents.prefix(count))
    writer.writeZeros(max(0, count - contents.count))
  }
}
