internal import WireFormat

/// When a neighbour entry was used and confirmed (`struct nda_cacheinfo`, `linux/neighbour.h`), in steps of
/// 10 ms before the message.
public struct NeighbourAges: Hashable, Sendable {
  /// Time since it was confirmed.
  public var sinceConfirmed: Duration = .zero
  /// Time since it was used.
  public var sinceUsed: Duration = .zero
  /// Time since it was changed.
  public var sinceUpdated: Duration = .zero
  /// How many parts of the kernel hold it.
  public var references: UInt32 = 0

  /// All zero.
  public init() {}
}

extension NeighbourAges: AttributeValue {
  init(attribute reader: inout ByteReader) throws(WireError) {
    try reader.requireExactly(16)
    sinceConfirmed = Duration(clock: UInt64(try reader.readNative(UInt32.self)))
    sinceUsed = Duration(clock: UInt64(try reader.readNative(UInt32.self)))
    sinceUpdated = Duration(clock: UInt64(try reader.readNative(UInt32.self)))
    references = try reader.readNative()
  }

  func write(to writer: inout ByteWriter) {
    writer.writeNative(sinceConfirmed.clock(as: UInt32.self))
    writer.writeNative(sinceUsed.clock(as: UInt32.self))
    writer.writeNative(sinceUpdated.clock(as: UInt32.self))
    writer.writeNative(references)
  }
}
