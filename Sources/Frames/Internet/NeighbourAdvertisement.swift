public import NetworkTypes
public import WireFormat

/// The body of a neighbour advertisement, "this address is here" (RFC 4861, section 4.4).
///
/// ```
/// | router 1 bit, solicited 1, override 1, reserved 29 | target 16 | options |
/// ```
public struct NeighbourAdvertisement: Hashable, Sendable {
  /// Whether the sender is a router.
  public var isRouter: Bool
  /// Whether it answers a solicitation.
  public var isSolicited: Bool
  /// Whether it replaces what neighbours have cached.
  public var overrides: Bool
  /// The address that is announced.
  public var target: IPv6Address
  /// The options.
  public var options: [NeighbourOption]

  /// An advertisement.
  public init(
    target: IPv6Address,
    isRouter: Bool = false,
    isSolicited: Bool = false,
    overrides: Bool = true,
    options: [NeighbourOption] = []
  ) {
    self.target = target
    self.isRouter = isRouter
    self.isSolicited = isSolicited
    self.overrides = overrides
    self.options = options
  }

  /// The target's link address, if it is said.
  public var targetLink: MACAddress? {
    for case .targetLink(let address) in options { return address }
    return nil
  }

  /// Reads the body that follows the ICMPv6 header, to the reader's end.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    let flags = try reader.readBigEndian(UInt32.self, field: "neighbour advertisement")
    isRouter = flags & 0x8000_0000 != 0
    isSolicited = flags & 0x4000_0000 != 0
    overrides = flags & 0x2000_0000 != 0
    target = try reader.readIPv6Address(field: "neighbour advertisement")
    options = try NeighbourOption.parseAll(&reader)
  }

  /// Writes the body.
  public func write(to writer: inout ByteWriter) {
    let flags: UInt32 =
      (isRouter ? 0x8000_0000 : 0) | (isSolicited ? 0x4000_0000 : 0) | (overrides ? 0x2000_0000 : 0)
    writer.writeBigEndian(flags)
    writer.write(target)
    options.forEach { $0.write(to: &writer) }
  }
}
