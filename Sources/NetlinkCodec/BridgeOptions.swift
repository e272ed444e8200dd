internal import WireFormat

/// Switches of a bridge that came later (`struct br_boolopt_multi`, `linux/if_bridge.h`): bit 0 no link-local
/// learning, 1 multicast snooping for each VLAN, 2 spanning trees for groups of VLANs (`BR_BOOLOPT_*`).
public struct BridgeOptions: Hashable, Sendable {
  /// The values.
  public let values: UInt32
  /// Which bits are known or, in requests, meant.
  public let mask: UInt32

  /// Values for the bits in `mask`.
  public init(values: UInt32, mask: UInt32) {
    self.values = values
    self.mask = mask
  }
}

extension BridgeOptions: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(8)
    values = try reader.readNative()
    mask = try reader.readNative()
  }

  func write(to writer: inout ByteWriter) {
    writer.writeNative(values)
    writer.writeNative(mask)
  }
}
