internal import WireFormat

/// How long an address is valid (`struct ifa_cacheinfo`, `linux/if_addr.h`).
public struct AddressLifetime: Hashable, Sendable {
  /// Seconds for which new connections may use it; all bits set for ever.
  public var preferred: UInt32
  /// Seconds for which it is valid; all bits set for ever.
  public var valid: UInt32
  /// When it was made, in hundredths of a second since the system's start.
  public var created: UInt32 = 0
  /// When it was changed last, in hundredths of a second since the system's start.
  public var updated: UInt32 = 0

  /// A lifetime in seconds.
  public init(preferred: UInt32 = .max, valid: UInt32 = .max) {
    self.preferred = preferred
    self.valid = valid
  }
}

extension AddressLifetime: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(16)
    preferred = try reader.readNative()
    valid = try reader.readNative()
    created = try reader.readNative()
    updated = try reader.readNative()
  }

  func write(to writer: inout ByteWriter) {
    writer.writeNative(preferred)
    writer.writeNative(valid)
    writer.writeNative(created)
    writer.writeNative(updated)
  }
}
