public import NetworkTypes
internal import WireFormat

/// A bridge in a spanning tree (`struct ifla_bridge_id`, `linux/if_link.h`; IEEE 802.1D section 9.2.5).
public struct BridgeIdentifier: Hashable, Sendable {
  /// The priority; smaller wins.
  public let priority: UInt16
  /// The bridge's address, which decides between equal priorities.
  public let address: MACAddress

  /// An identifier from its parts.
  public init(priority: UInt16, address: MACAddress) {
    self.priority = priority
    self.address = address
  }
}

extension BridgeIdentifier: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(8)
    priority = try reader.readBigEndian()
    address = try MACAddress(attribute: &reader)
  }

  func write(to writer: inout ByteWriter) {
    writer.writeBigEndian(priority)
    address.write(to: &writer)
  }
}
