public import NetworkTypes
internal import WireFormat

/// A port that wants a group (`struct br_mdb_entry` and `MDBA_MDB_EATTR_*`, `linux/if_bridge.h`).
public struct MulticastEntry: Hashable, Sendable {
  /// The group: by what it is told.
  public enum Group: Hashable, Sendable {
    /// An Internet address.
    case internet(IPAddress)
    /// A link address, for what is neither IPv4 nor IPv6.
    case link(MACAddress)
  }

  /// The port; the bridge itself if the host wants the group.
  public var port = InterfaceIndex(0)
  /// 1 if it stays until it is deleted (`MDB_PERMANENT`), 0 if it ages.
  public var state: UInt8 = 0
  /// Flags (`MDB_FLAGS_*`): 1 offloaded, 2 leaves fast, 4 made by another entry that excludes, 8 blocked.
  public var flags: UInt8 = 0
  /// The VLAN; 0 for none.
  public var vlan: UInt16 = 0
  /// The group's address in 16 octets, as the kernel has it: shorter ones come first, then zeros.
  public var address: UInt128 = 0
  /// What the address is: an EtherType, or 0 for a link address.
  public var addressType: UInt16 = 0
  /// Its attributes, as they came: timer, source, who made it.
  public var unknown = UnknownAttributes()

  /// Nothing said.
  public init() {}

  /// The group; nil if the kind of its address is unknown.
  public var group: Group? {
    switch addressType {
    case 0x0800: .internet(.v4(IPv4Address(UInt32(truncatingIfNeeded: address >> 96))))
    case 0x86dd: .internet(.v6(IPv6Address(address)))
    case 0: .link(MACAddress(UInt64(truncatingIfNeeded: address >> 80)))
    default: nil
    }
  }
}

extension MulticastEntry {
  /// How many bytes `struct br_mdb_entry` takes.
  static let size = 28

  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.require(Self.size, field: "br_mdb_entry")
    port = InterfaceIndex(try reader.readNative())
    state = try reader.readByte()
    flags = try reader.readByte()
    vlan = try reader.readNative()
    address = try reader.readBigEndian()
    addressType = try reader.readBigEndian()
    try reader.skip(2)
    try reader.forEachRawAttribute { (type, value) throws(WireError) in
      try unknown.append(type, &value)
    }
  }

  func write(to writer: inout ByteWriter) {
    writer.writeNative(port.rawValue)
    writer.write(state)
    writer.write(flags)
    writer.writeNative(vlan)
    writer.writeBigEndian(address)
    writer.writeBigEndian(addressType)
    writer.writeZeros(2)
    unknown.write(to: &writer)
  }
}
