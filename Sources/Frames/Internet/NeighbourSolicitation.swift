public import NetworkTypes
public import WireFormat

/// The body of a neighbour solicitation, "who has this address?" (RFC 4861, section 4.3).
///
/// ```
/// | reserved 4 | target 16 | options |
/// ```
public struct NeighbourSolicitation: Hashable, Sendable {
  /// The address that is asked for.
  public var target: IPv6Address
  /// The options.
  public var options: [NeighbourOption]

  /// A solicitation.
  public init(target: IPv6Address, options: [NeighbourOption] = []) {
    self.target = target
    self.options = options
  }

  /// The sender's link address, if it is said.
  public var sourceLink: MACAddress? {
    for case .sourceLink(let address) in options { return address }
    return nil
  }

  /// Reads the body that follows the ICMPv6 header, to the reader's end.
  public init(parsing reader: inout ByteReader) throws(WireError) {
    try reader.skip(4, field: "neighbour solicitation")
    target = try reader.readIPv6Address(field: "neighbour solicitation")
    options = try NeighbourOption.parseAll(&reader)
  }

  /// Writes the body.
  public func write(to writer: inout ByteWriter) {
    writer.writeZeros(4)
    writer.write(target)
    options.forEach { $0.write(to: &writer) }
  }
}
