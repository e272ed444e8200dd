internal import WireFormat

/// Use and expiry of a route (`struct rta_cacheinfo`, `linux/rtnetlink.h`).
public struct RouteCacheInformation: Hashable, Sendable {
  /// How many parts of the kernel hold it (`rta_clntref`).
  public var references: UInt32 = 0
  /// Time since it was used, in hundredths of a second (`rta_lastuse`).
  public var lastUse: UInt32 = 0
  /// Time until it expires, in hundredths of a second; 0 for never (`rta_expires`).
  public var expires: UInt32 = 0
  /// Why it can't be used, as an error number (`rta_error`).
  public var error: UInt32 = 0
  /// How often it was used (`rta_used`).
  public var used: UInt32 = 0
  /// Not used any more (`rta_id`).
  public var identifier: UInt32 = 0
  /// Not used any more (`rta_ts`).
  public var timestamp: UInt32 = 0
  /// Not used any more (`rta_tsage`).
  public var timestampAge: UInt32 = 0

  /// All zero.
  public init() {}
}

extension RouteCacheInformation: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(32)
    references = try reader.readNative()
    lastUse = try reader.readNative()
    expires = try reader.readNative()
    error = try reader.readNative()
    used = try reader.readNative()
    identifier = try reader.readNative()
    timestamp = try reader.readNative()
    timestampAge = try reader.readNative()
  }

  func write(to writer: inout ByteWriter) {
    writer.writeNative(references)
    writer.writeNative(lastUse)
    writer.writeNative(expires)
    writer.writeNative(error)
    writer.writeNative(used)
    writer.writeNative(identifier)
    writer.writeNative(timestamp)
    writer.writeNative(timestampAge)
  }
}
