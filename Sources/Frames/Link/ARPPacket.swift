public import NetworkTypes
public import WireFormat

/// An ARP packet for IPv4 over Ethernet (RFC 826).
///
/// ```
/// | hardware type 2 | protocol type 2 | lengths 1+1 | operation 2 |
/// | sender link 6 | sender address 4 | target link 6 | target address 4 |
/// ```
public struct ARPPacket: Hashable, Sendable {
  /// What is done (`linux/if_arp.h`, `ARPOP_*`).
  public struct Operation: RawRepresentable, Hashable, Sendable {
    /// The number on the wire.
    public let rawValue: UInt16
    /// The operation with this number.
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    /// Who has the target address? The corresponding kernel constant is `ARPOP_REQUEST`.
    public static let request = Operation(rawValue: 1)
    /// The sender has its address. The corresponding kernel constant is `ARPOP_REPLY`.
    public static let reply = Operation(rawValue: 2)
  }

  /// What is done.
  public var operation: Operation
  /// The sender's link address.
  public var senderLink: MACAddress
  /// The sender's Internet address; 0.0.0.0 in a probe (RFC 5227).
  public var sender: IPv4Address
  /// The target's link address; without meaning in a request.
  public var targetLink: MACAddress
  /// The target's Internet address.
  public var target: IPv4Address

  /// A packet.
  public init(
    _ operation: Operation,
    senderLink: MACAddress,
    sender: IPv4Address,
    targetLink: MACAddress = .zero,
    target: IPv4Address
  ) {
    self.operation = operation
    self.senderLink = senderLink
    self.sender = sender
    self.targetLink = targetLink
    self.target = target
  }

  /// Whether the sender announces its own address (gratuitous ARP).
  public var isAnnouncement: Bool { sender == target }

  /// Reads a packet; other hardware and other protocols are an error.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let offset = reader.offset
    let kinds = try reader.readBigEndian(UInt32.self, field: "ARP types")
    let lengths = try reader.readBigEndian(UInt16.self, field: "ARP lengths")
    guard kinds == Self.types, lengths == Self.lengths else {
      throw WireError(
        .invalidValue(UInt64(kinds) << 16 | UInt64(lengths)),
        offset: offset,
        field: "ARP types"
      )
    }
    operation = Operation(rawValue: try reader.readBigEndian(field: "ARP operation"))
    senderLink = try reader.readMACAddress(field: "ARP sender")
    sender = try reader.readIPv4Address(field: "ARP sender")
    targetLink = try reader.readMACAddress(field: "ARP target")
    target = try reader.readIPv4Address(field: "ARP target")
  }

  /// Writes the packet.
  public func write(to writer: inout ByteWriter) {
    writer.writeBigEndian(Self.types)
    writer.writeBigEndian(Self.lengths)
    writer.writeBigEndian(operation.rawValue)
    writer.write(senderLink)
    writer.write(sender)
    writer.write(targetLink)
    writer.write(target)
  }

  /// `ARPHRD_ETHER` and `ETH_P_IP`.
  private static let types: UInt32 = 0x0001_0800
  /// Six octets a link address, four an Internet address.
  private static let lengths: UInt16 = 0x0604
}
