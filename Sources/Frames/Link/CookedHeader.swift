public import NetworkTypes
public import WireFormat

/// The header that Linux puts before packets in captures of all interfaces, in its first and second form
/// (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html and LINKTYPE_LINUX_SLL2.html).
///
/// ```
/// | packet type 2 | hardware type 2 | address length 2 | address 8 | protocol 2 |
/// | protocol 2 | reserved 2 | interface 4 | hardware type 2 | packet type 1 | address length 1 | address 8 |
/// ```
public struct CookedHeader: Hashable, Sendable {
  /// What the kernel took the frame for: 0 for this host, 1 broadcast, 2 multicast, 3 for another host, 4 sent by this
  /// host (`linux/if_packet.h`, `PACKET_*`).
  public var packetType: UInt16
  /// The interface's kind (`linux/if_arp.h`, `ARPHRD_*`).
  public var hardwareType: UInt16
  /// The sender's link address: of a frame that this host sent, its own. Nil if it isn't six octets long.
  public var source: MACAddress?
  /// What follows the header.
  public var type: EtherType
  /// The interface's number; nil in the first form, which hasn't it.
  public var interface: InterfaceIndex?

  /// A header; with an interface's number in the second form.
  public init(
    packetType: UInt16,
    hardwareType: UInt16 = 1,
    source: MACAddress?,
    type: EtherType,
    interface: InterfaceIndex? = nil
  ) {
    self.packetType = packetType
    self.hardwareType = hardwareType
    self.source = source
    self.type = type
    self.interface = interface
  }

  /// Reads a header of the first form.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    try reader.require(16, field: "cooked header")
    packetType = try reader.readBigEndian()
    hardwareType = try reader.readBigEndian()
    let length = try reader.readBigEndian(UInt16.self)
    source = try Self.address(UInt8(clamping: length), &reader)
    type = EtherType(rawValue: try reader.readBigEndian())
    interface = nil
  }

  /// Reads a header of the second form.
  public init(parsingSecondForm reader: inout ByteReader) throws(WireError) {
    try reader.require(20, field: "cooked header")
    type = EtherType(rawValue: try reader.readBigEndian())
    try reader.skip(2)
    interface = InterfaceIndex(try reader.readBigEndian())
    hardwareType = try reader.readBigEndian()
    packetType = UInt16(try reader.readByte())
    let length = try reader.readByte()
    source = try Self.address(length, &reader)
  }

  private static func address(_ length: UInt8, _ reader: inout ByteReader) throws(WireError) -> MACAddress? {
    let address = try reader.readMACAddress(field: "cooked header's address")
    try reader.skip(2)
    return length == 6 ? address : nil
  }

  /// Writes the header: in the second form if there is an interface.
  public func write(to writer: inout ByteWriter) {
    let length: UInt8 = source == nil ? 0 : 6
    if let interface {
      writer.writeBigEndian(type.rawValue)
      writer.writeZeros(2)
      writer.writeBigEndian(interface.rawValue)
      writer.writeBigEndian(hardwareType)
      writer.write(UInt8(truncatingIfNeeded: packetType))
      writer.write(length)
    } else {
      writer.writeBigEndian(packetType)
      writer.writeBigEndian(hardwareType)
      writer.writeBigEndian(UInt16(length))
    }
    writer.write(source ?? .zero)
    writer.writeZeros(2)
    if interface == nil { writer.writeBigEndian(type.rawValue) }
  }
}
