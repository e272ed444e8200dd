public import WireFormat

/// A VLAN tag (IEEE 802.1Q, clause 9): priority (3 bits), drop eligible (1), identifier (12).
public struct VLANTag: Hashable, Sendable {
  /// The tag's own type: `EtherType.vlan` or `EtherType.providerVLAN`.
  public var type: EtherType
  /// 0 to 7 (PCP).
  public var priority: UInt8
  /// Whether the frame may be dropped first (DEI).
  public var isDropEligible: Bool
  /// 0 to 4095 (VID); 0 means priority only.
  public var identifier: UInt16

  /// A tag.
  public init(
    _ identifier: UInt16,
    type: EtherType = .vlan,
    priority: UInt8 = 0,
    isDropEligible: Bool = false
  ) {
    self.type = type
    self.priority = priority
    self.isDropEligible = isDropEligible
    self.identifier = identifier
  }

  /// Reads a tag whose type has been read already.
  public init(of type: EtherType, parsing reader: inout ByteReader) throws(WireError) {
    let control = try reader.readBigEndian(UInt16.self, field: "VLAN tag")
    self.type = type
    priority = UInt8(control >> 13)
    isDropEligible = control & 0x1000 != 0
    identifier = control & 0xfff
  }

  /// Writes the type and the tag.
  public func write(to writer: inout ByteWriter) {
    writer.writeBigEndian(type.rawValue)
    writer.writeBigEndian(UInt16(priority & 7) << 13 | (isDropEligible ? 0x1000 : 0) | identifier & 0xfff)
  }
}
