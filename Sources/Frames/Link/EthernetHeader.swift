public import NetworkTypes
public import WireFormat

/// An Ethernet header (IEEE 802.3) with its VLAN tags (IEEE 802.1Q, 802.1ad).
///
/// ```
/// | destination 6 | source 6 | (tag type 2, tag 2)* | type 2 |
/// ```
public struct EthernetHeader: Hashable, Sendable {
  /// More tags than this are not read.
  public static let maximumTags = 8

  /// Whom the frame is for.
  public var destination: MACAddress
  /// Who sent it.
  public var source: MACAddress
  /// The tags, outermost first.
  public var tags: [VLANTag]
  /// What follows the header.
  public var type: EtherType

  /// A header.
  public init(destination: MACAddress, source: MACAddress, tags: [VLANTag] = [], type: EtherType) {
    self.destination = destination
    self.source = source
    self.tags = tags
    self.type = type
  }

  /// Reads a header; the frame's payload is what the reader has left.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    destination = try reader.readMACAddress(field: "Ethernet destination")
    source = try reader.readMACAddress(field: "Ethernet source")
    tags = []
    type = EtherType(rawValue: try reader.readBigEndian(field: "EtherType"))
    while type == .vlan || type == .providerVLAN {
      guard tags.count < Self.maximumTags else {
        throw WireError(.tooDeep, offset: reader.offset, field: "VLAN tag")
      }
      tags.append(try VLANTag(of: type, parsing: &reader))
      type = EtherType(rawValue: try reader.readBigEndian(field: "EtherType"))
    }
  }

  /// Writes the header.
  public func write(to writer: inout ByteWriter) {
    writer.write(destination)
    writer.write(source)
    tags.forEach { $0.write(to: &writer) }
    writer.writeBigEndian(type.rawValue)
  }
}
