public import NetworkTypes
public import WireFormat

/// An option of neighbour discovery (RFC 4861, section 4.6).
///
/// ```
/// | type 1 | length in units of 8 bytes 1 | data |
/// ```
public enum NeighbourOption: Hashable, Sendable {
  /// The sender's link address (type 1).
  case sourceLink(MACAddress)
  /// The target's link address (type 2).
  case targetLink(MACAddress)
  /// Any other option, as it came: 6 bytes or 8 more each.
  case unknown(type: UInt8, [UInt8])

  /// Reads an option.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let type = try reader.peekByte(field: "neighbour option")
    let length = Int(try reader.peekByte(at: 1, field: "neighbour option")) * 8
    guard length > 0 else {
      throw WireError(.invalidLength(0), offset: reader.offset + 1, field: "neighbour option")
    }
    try reader.require(length, field: "neighbour option")
    try reader.skip(2)
    switch (type, length) {
    case (1, 8): self = .sourceLink(try reader.readMACAddress(field: "link address"))
    case (2, 8): self = .targetLink(try reader.readMACAddress(field: "link address"))
    default: self = .unknown(type: type, try reader.readBytes(length - 2))
    }
  }

  /// Reads options to the reader's end.
  static func parseAll(_ reader: inout ByteReader) throws(WireError) -> [NeighbourOption] {
    var options: [NeighbourOption] = []
    while !reader.isAtEnd { options.append(try NeighbourOption(parsing: &reader)) }
    return options
  }

  /// Writes the option; data of an impossible length is padded with zeros.
  public func write(to writer: inout ByteWriter) {
    switch self {
    case .sourceLink(let address):
      writer.write([1, 1])
      writer.write(address)
    case .targetLink(let address):
      writer.write([2, 1])
      writer.write(address)
    case .unknown(let type, let data):
      let data = data.prefix(2038)
      let total = max(8, (data.count + 2 + 7) / 8 * 8)
      writer.write([type, UInt8(total / 8)])
      writer.write(data)
      writer.writeZeros(total - 2 - data.count)
    }
  }
}
